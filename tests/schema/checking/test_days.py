from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.checking.days import day_of, in_common_era

DAY = date(2018, 5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "2018-05-06",
        "2561-05-06",
        "2018-5-6",
        "6/5/2018",
        "6/5/2561",
        "06/05/2561",
        "6-5-2561",
        "6.5.2561",
        "๖/๕/๒๕๖๑",
        "6 พ.ค. 2561",
        "6 พค 2561",
        "6 พฤษภาคม 2561",
        "6 พฤษภาคม พ.ศ. 2561",
        "๖ พฤษภาคม ๒๕๖๑",
        "2018-05-06 00:00:00",
        "2018-05-06T00:00:00",
        "6/5/2561 0:00:00",
    ],
)
def test_a_day_is_read_as_thai_offices_and_sheets_write_it(text: str) -> None:
    assert day_of(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["31/02/2561", "6/13/2561", "6/5/61", "6/5-2561", "2561", "43226", "6 May 2018", "0/0/0000", "", "6/5/2561 12:30"],
)
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert day_of(text) is None


def test_a_leap_day_is_one_of_the_common_year() -> None:
    assert day_of("29/2/2563") == date(2020, 2, 29)
    assert day_of("29/2/2562") is None


def test_a_sheets_own_date_may_be_of_the_buddhist_era() -> None:
    assert in_common_era(date(2561, 5, 6)) == DAY
    assert in_common_era(DAY) == DAY
    assert in_common_era(date(2400, 2, 29)) is None


@settings(deadline=None)
@given(st.dates(max_value=date(2399, 12, 31)))
def test_a_day_in_iso_reads_back(day: date) -> None:
    assert day_of(day.isoformat()) == day


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert isinstance(day_of(text), date | None)
