"""Change between years: a signed fraction of the indicators' figures, for the city and for each school."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from schema.model.changes import signed_fraction
from schema.rules.indicators import measure_change
from tests.engines import Client
from tests.schema.asking import Asker
from tests.small_city import SmallCity


async def _years(ask: Asker, figures: str) -> list[Any]:
    years: list[Any] = (await ask.data(f"{{ indicators {{ year {figures} }} }}"))["indicators"]
    return years


async def test_a_change_is_since_the_year_before_unless_one_is_named(ask: Asker) -> None:
    first, second, third = await _years(ask, "lowGpax { count change named: change(since: 2559) }")
    counts = [year["lowGpax"]["count"] for year in (first, second, third)]
    assert first["lowGpax"]["change"] is None
    assert first["lowGpax"]["named"] == 0
    assert second["lowGpax"]["change"] == second["lowGpax"]["named"] == measure_change(counts[0], counts[1])
    assert third["lowGpax"]["change"] == measure_change(counts[1], counts[2])
    assert third["lowGpax"]["named"] == measure_change(counts[0], counts[2])


async def test_there_is_no_change_from_zero_nor_from_a_year_without_pupils(ask: Asker) -> None:
    _, second, third = await _years(
        ask, "overThreeZeros { ever everChange gone: everChange(since: 2500) outstandingChange } dropout { change }"
    )
    assert (second["overThreeZeros"]["ever"], second["overThreeZeros"]["everChange"]) == (1, None)
    assert second["overThreeZeros"]["gone"] is None
    # One in 2560, none in 2561: all of them gone.
    assert third["overThreeZeros"]["everChange"] == third["dropout"]["change"] == -1
    assert third["overThreeZeros"]["outstandingChange"] is None


async def test_a_school_changes_by_its_own_figures(ask: Asker) -> None:
    *_, third = await _years(ask, "schools { school { code } overThreeZeros { everChange } dropout { change } }")
    assert [
        (s["school"]["code"], s["overThreeZeros"]["everChange"], s["dropout"]["change"]) for s in third["schools"]
    ] == [
        ("3083000001", None, None),
        ("3083000002", -1, -1),
    ]


async def test_a_mean_changes_by_the_exact_means(ask: Asker) -> None:
    *_, third = await _years(ask, "overThreeZeros { schoolMeanEver schoolMeanEverChange schoolMeanOutstandingChange }")
    assert third["overThreeZeros"] == {
        "schoolMeanEver": 0,
        "schoolMeanEverChange": -1,
        "schoolMeanOutstandingChange": None,
    }


@pytest.mark.parametrize("year", [2399, 3000, -1])
async def test_a_year_out_of_bounds_is_refused_by_its_path(ask: Asker, year: int) -> None:
    error = await ask.error(f"{{ indicators {{ schools {{ dropout {{ change(since: {year}) }} }} }} }}")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "indicators.schools.dropout.change(since:)" in error["message"]


async def test_a_half_goes_away_from_zero_both_ways_and_on_both_engines(small_city: SmallCity) -> None:
    pairs = [(0, 1), (1, 0), (3, 4), (4, 3), (7, 7), (1, 3), (20001, 20000), (19999, 20000), (19997, 20000), (2, 30000)]
    async with Client.connect(small_city.url) as client:
        for latest, base in pairs:
            sql = signed_fraction(f"CAST({latest} AS BIGINT)", f"CAST({base} AS BIGINT)")
            ((told,),) = await client.rows(f"SELECT {sql}")
            expected = measure_change(Fraction(base), Fraction(latest))
            assert (None if told is None else Decimal(str(told))) == expected, (latest, base)
