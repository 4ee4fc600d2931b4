from datetime import date

import pytest

from tests.engines import Client, Refusal
from tests.small_city import SmallCity

_TERM = "INSERT INTO term (academic_year_id, number, starts_on, ends_on) VALUES ($1, 3, $2, $3)"
_ENROLLMENT = (
    "INSERT INTO school_enrollment (student_id, school_id, academic_year_id, grade_level_id, entry_on, exit_on)"
    " SELECT $1, min(school.id), $2, 13, $3, $4 FROM school"
)


async def test_a_term_may_not_begin_on_the_last_day_of_another(city_database: Client, own_city: SmallCity) -> None:
    with pytest.raises(Refusal, match="terms of an academic year may not overlap"):
        await city_database.run(_TERM, own_city.years[2560], date(2018, 3, 31), date(2018, 5, 1))


async def test_a_term_may_begin_on_the_day_after_another(city_database: Client, own_city: SmallCity) -> None:
    await city_database.run(_TERM, own_city.years[2560], date(2018, 4, 1), date(2018, 5, 1))


async def test_terms_of_two_years_do_not_concern_each_other(city_database: Client, own_city: SmallCity) -> None:
    await city_database.run(_TERM, own_city.years[2560], date(2016, 6, 1), date(2016, 7, 1))


async def test_a_term_may_not_be_moved_onto_another(city_database: Client, own_city: SmallCity) -> None:
    with pytest.raises(Refusal, match="terms of an academic year may not overlap"):
        await city_database.run("UPDATE term SET ends_on = '2018-12-31' WHERE id = $1", own_city.terms[2561, 1])


async def test_a_pupil_may_enroll_on_the_day_of_leaving(city_database: Client, own_city: SmallCity) -> None:
    wira, year = own_city.students["wira"], own_city.years[2560]
    await city_database.run(_ENROLLMENT, wira, year, date(2017, 8, 31), None)


async def test_a_pupil_may_not_enroll_before_leaving(city_database: Client, own_city: SmallCity) -> None:
    wira, year = own_city.students["wira"], own_city.years[2560]
    with pytest.raises(Refusal, match="enrollments of a pupil may not overlap: set exit_on"):
        await city_database.run(_ENROLLMENT, wira, year, date(2017, 8, 30), None)


async def test_an_enrollment_may_not_be_stretched_over_the_next(city_database: Client, own_city: SmallCity) -> None:
    with pytest.raises(Refusal, match="enrollments of a pupil may not overlap"):
        await city_database.run(
            "UPDATE school_enrollment SET exit_on = '2017-11-02' WHERE student_id = $1 AND exit_on = '2017-11-01'",
            own_city.students["aree"],
        )


async def test_an_enrollment_that_ends_on_the_day_it_began_overlaps_nothing(
    city_database: Client, own_city: SmallCity
) -> None:
    day = date(2017, 6, 1)
    await city_database.run(_ENROLLMENT, own_city.students["wira"], own_city.years[2560], day, day)
