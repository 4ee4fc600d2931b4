"""What still runs of an operation that is over takes no connection: nobody would give it back."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from hub.database import Address, Database, PoolUsage
from hub.database.snapshot import SnapshotLeftError
from schema.graph import GraphContext
from tests.hub.tiny import ECHO
from tests.schema.asking import whole_schema
from tests.small_city import SmallCity


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database of one connection."""
    opened = await Database.open(Address.parse(url), readers=1)
    yield opened
    await opened.close()


async def still_answers(database: Database) -> None:
    async with asyncio.timeout(10), database.snapshot() as reader:
        assert await reader.read(ECHO[database.dialect], ["still"], alone=True) is not None


async def test_a_read_after_the_end_is_refused(database: Database) -> None:
    async with database.snapshot() as reader:
        pass
    with pytest.raises(SnapshotLeftError):
        await reader.read(ECHO[database.dialect], ["late"], alone=False)
    with pytest.raises(SnapshotLeftError):
        await reader.records("SELECT 1", [])
    await still_answers(database)


async def test_a_read_that_waited_for_a_connection_until_the_end_gives_it_back(database: Database) -> None:
    async with database.snapshot() as busy:
        await busy.read(ECHO[database.dialect], ["busy"], alone=True)
        async with database.snapshot() as reader:
            late = asyncio.create_task(reader.read(ECHO[database.dialect], ["late"], alone=False))
            await asyncio.sleep(0.05)
    with pytest.raises(SnapshotLeftError):
        await late
    await still_answers(database)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        # One is refused before anything runs, the others while the first field is about to be read.
        ("query ($ids: [ID!] = []) { schools { totalCount } nodes(ids: $ids) { id } }", {"ids": None}),
        ("{ schools { totalCount } students(first: 5000) { totalCount } }", {}),
        ("{ schools { totalCount } indicators(years: [2999]) { year } }", {}),
    ],
)
async def test_an_operation_that_fails_by_one_field_leaves_no_connection_behind(
    small_city: SmallCity, query: str, variables: dict[str, object]
) -> None:
    database = await Database.open(Address.parse(small_city.url), readers=1)
    try:
        for _ in range(3):
            async with asyncio.timeout(10), database.snapshot() as reader:
                result = await whole_schema().execute(query, variables, context_value=GraphContext(reader))
            assert result.errors
            await asyncio.sleep(0)
            await still_answers(database)
        async with asyncio.timeout(10):
            while database.usage != PoolUsage(1, 0):  # noqa: ASYNC110 - a connection comes back behind the scene
                await asyncio.sleep(0.01)
    finally:
        await database.close()
