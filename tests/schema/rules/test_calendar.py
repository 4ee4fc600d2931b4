from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.calendar import (
    AcademicYear,
    CalendarPolicy,
    TermDates,
    TermNumber,
    TermRefused,
    YearOutOfRange,
    check_terms,
    find_academic_year,
    find_term,
    to_buddhist_year,
)

YEAR = AcademicYear(2561)
FIRST = TermDates(TermNumber.FIRST, date(2018, 5, 16), date(2018, 10, 11))
SECOND = TermDates(TermNumber.SECOND, date(2018, 11, 1), date(2019, 4, 1))
SUMMER = TermDates(TermNumber.SUMMER, date(2019, 4, 2), date(2019, 5, 15))
years = st.integers(2400, 3000).map(AcademicYear)


def test_year_2569_runs_from_16_may_2026_to_15_may_2027() -> None:
    year = AcademicYear(2569)
    assert (year.starts, year.ends) == (date(2026, 5, 16), date(2027, 5, 15))


def test_one_roster_names_a_year_by_the_common_year_it_ends_in() -> None:
    assert AcademicYear(2569).school_year == 2027


def test_pupils_are_counted_on_10_june() -> None:
    assert YEAR.census_day == date(2018, 6, 10)


def test_the_15th_of_may_still_belongs_to_the_old_year() -> None:
    assert find_academic_year(date(2019, 5, 15)) == YEAR
    assert find_academic_year(date(2019, 5, 16)) == AcademicYear(2562)


def test_the_buddhist_year_is_543_ahead() -> None:
    assert to_buddhist_year(2018) == 2561


@given(st.dates(date(1900, 1, 1), date(2400, 1, 1)))
def test_every_day_lies_in_the_year_found_for_it(day: date) -> None:
    assert find_academic_year(day).contains(day)


@given(years)
def test_a_year_is_found_again_from_its_first_last_and_census_day(year: AcademicYear) -> None:
    assert (
        find_academic_year(year.starts) == find_academic_year(year.ends) == find_academic_year(year.census_day) == year
    )


@given(years)
def test_each_year_begins_the_day_after_the_last_ends(year: AcademicYear) -> None:
    assert AcademicYear(year.be_year + 1).starts == year.ends + timedelta(days=1)


@pytest.mark.parametrize("be_year", [0, 543, 10542, 2**63])
def test_a_year_no_date_can_hold_is_refused(be_year: int) -> None:
    with pytest.raises(YearOutOfRange, match="Give a year such as 2561"):
        AcademicYear(be_year)


def test_the_days_of_the_year_are_settings() -> None:
    year = AcademicYear(2561, CalendarPolicy(start=(6, 1), census=(7, 1)))
    assert (year.starts, year.ends, year.census_day) == (date(2018, 6, 1), date(2019, 5, 31), date(2018, 7, 1))


def test_terms_come_back_in_the_order_of_time() -> None:
    assert check_terms(YEAR, [SUMMER, FIRST, SECOND]) == (FIRST, SECOND, SUMMER)


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ([FIRST, TermDates(TermNumber.SECOND, date(2018, 10, 11), date(2019, 4, 1))], "overlaps term 1"),
        ([TermDates(TermNumber.FIRST, date(2018, 5, 15), date(2018, 10, 11))], "lies outside"),
        ([TermDates(TermNumber.FIRST, date(2018, 10, 11), date(2018, 5, 16))], "ends before it starts"),
        ([TermDates(TermNumber.SECOND, FIRST.starts, FIRST.ends), SUMMER, FIRST], "overlaps"),
        ([FIRST, TermDates(TermNumber.FIRST, SECOND.starts, SECOND.ends)], "starts after term 1"),
    ],
)
def test_terms_that_contradict_are_refused_with_the_reason(terms: list[TermDates], reason: str) -> None:
    with pytest.raises(TermRefused, match=reason):
        check_terms(YEAR, terms)


def test_a_day_in_the_holidays_has_no_term() -> None:
    assert find_term(date(2018, 10, 20), [FIRST, SECOND]) is None
    assert find_term(FIRST.ends, [FIRST, SECOND]) is FIRST
