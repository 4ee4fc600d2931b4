from decimal import Decimal
from typing import Any

from tests.engines import Client
from tests.small_city import SmallCity

_YEARS = (
    "SELECT y.be_year, school_id, l.code, zeros, zeros_ever, gpax_credits, gpax_points FROM student_year"
    " JOIN academic_year AS y ON y.id = academic_year_id JOIN grade_level AS l ON l.id = grade_level_id"
    " WHERE student_id = $1 ORDER BY y.be_year"
)


async def _years(city: SmallCity, pupil: str) -> list[tuple[Any, ...]]:
    async with Client.connect(city.url) as client:
        return await client.rows(_YEARS, city.students[pupil])


async def test_credits_and_points_add_up_over_the_years_of_a_stage(small_city: SmallCity) -> None:
    city = small_city.schools["CITY"]
    assert await _years(small_city, "chujai") == [
        (2559, city, "ม.1", 0, 1, Decimal("4.5"), Decimal("5.25")),
        (2560, city, "ม.2", 0, 0, 6, Decimal("7.5")),
        (2561, city, "ม.3", 0, 0, Decimal("7.5"), Decimal("10.5")),
    ]


async def test_lower_and_upper_secondary_are_added_apart(small_city: SmallCity) -> None:
    city = small_city.schools["CITY"]
    assert await _years(small_city, "kamol") == [
        (2560, city, "ม.3", 0, 0, Decimal("1.5"), Decimal("1.5")),
        (2561, city, "ม.4", 0, 0, 1, 4),
    ]


async def test_a_pupil_who_moved_counts_where_enrolled_on_the_census_day(small_city: SmallCity) -> None:
    assert [row[:3] for row in await _years(small_city, "aree")] == [
        (2560, small_city.schools["WAT"], "ป.6"),
        (2561, small_city.schools["CITY"], "ม.1"),
    ]


async def test_a_pupil_enrolled_after_the_census_does_not_count(small_city: SmallCity) -> None:
    assert await _years(small_city, "eka") == []


async def test_a_pupil_who_left_after_the_census_counts(small_city: SmallCity) -> None:
    city = small_city.schools["CITY"]
    assert await _years(small_city, "wira") == [(2560, city, "ม.1", 3, 5, Decimal("6.5"), 3)]


async def test_a_pupil_without_grades_has_no_credits(small_city: SmallCity) -> None:
    assert await _years(small_city, "manee") == [(2561, small_city.schools["WAT"], "อ.3", 0, 0, 0, 0)]
    assert await _years(small_city, "fa") == [(2561, small_city.schools["CITY"], "ม.1", 0, 0, 0, 0)]


async def test_a_pupil_who_leaves_on_the_census_day_does_not_count(own_city: SmallCity) -> None:
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE academic_year SET census_on = '2017-08-31' WHERE be_year = 2560")
    assert await _years(own_city, "wira") == []
