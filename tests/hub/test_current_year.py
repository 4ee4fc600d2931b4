from pathlib import Path

import pytest

from hub.current_year import complaint
from hub.database import Address, Database
from tests.hub.serving import served
from tests.hub.test_graph import SERVE
from tests.small_city import SmallCity


async def complained(url: str, year: int | None) -> str | None:
    database = await Database.open(Address.parse(url), readers=1)
    try:
        return await complaint(database, year)
    finally:
        await database.close()


@pytest.mark.parametrize("year", [None, 2561])
async def test_a_year_of_the_calendar_is_well(small_city: SmallCity, year: int | None) -> None:
    assert await complained(small_city.url, year) is None


async def test_a_year_outside_the_calendar_says_which_there_are(small_city: SmallCity) -> None:
    told = await complained(small_city.url, 2500)
    assert told is not None
    assert "HUB_CURRENT_YEAR is 2500" in told
    assert "2561" in told


async def test_a_database_without_years_says_so(engine_url: str) -> None:
    assert "has none yet" in (await complained(engine_url, 2561) or "")


def test_the_service_says_it_when_it_starts(small_city: SmallCity, tmp_path: Path) -> None:
    settings = {"HUB_DATABASE_URL": small_city.url, "HUB_CURRENT_YEAR": "2500"}
    with served(SERVE, tmp_path, settings) as server:
        pass
    assert "hub: HUB_CURRENT_YEAR is 2500" in server.log.read_text()
