from datetime import date

import pytest

from schema.rules.calendar import AcademicYear
from schema.rules.exits import STANDARD_EXIT_REASONS, Exit, ReentryBeforeExit, find_dropouts

YEAR = AcademicYear(2561)
REASONS = {reason.code: reason for reason in STANDARD_EXIT_REASONS}


@pytest.mark.parametrize(
    ("code", "drops_out"),
    [
        ("GRADUATED", False),
        ("TRANSFERRED", False),
        ("DIED", False),
        ("UNTRACEABLE", True),
        ("RESIGNED", True),
        ("OVER_AGE", True),
    ],
)
def test_the_reason_decides_what_is_dropping_out(*, code: str, drops_out: bool) -> None:
    dropouts = find_dropouts([Exit("somchai", REASONS[code], date(2018, 9, 1))], YEAR)
    assert bool(dropouts) is drops_out


@pytest.mark.parametrize(
    ("reentered_on", "drops_out"), [(date(2019, 5, 15), False), (date(2019, 5, 16), True), (None, True)]
)
def test_a_pupil_back_by_the_years_end_is_no_dropout(*, reentered_on: date | None, drops_out: bool) -> None:
    exit_ = Exit("somchai", REASONS["RESIGNED"], date(2018, 9, 1), reentered_on)
    assert bool(find_dropouts([exit_], YEAR)) is drops_out


def test_exits_of_other_years_do_not_count() -> None:
    days = (date(2018, 5, 15), date(2019, 5, 16))
    assert not find_dropouts([Exit("somchai", REASONS["RESIGNED"], day) for day in days], YEAR)


def test_a_pupil_who_leaves_twice_drops_out_once() -> None:
    exits = [Exit("somchai", REASONS["RESIGNED"], date(2018, 7, day)) for day in (1, 2)]
    assert find_dropouts(exits, YEAR) == {"somchai"}


def test_coming_back_before_leaving_is_refused() -> None:
    with pytest.raises(ReentryBeforeExit, match="Correct one of the two days"):
        Exit("somchai", REASONS["RESIGNED"], date(2018, 9, 2), date(2018, 9, 1))
