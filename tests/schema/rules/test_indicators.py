from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.calendar import AcademicYear
from schema.rules.exact import NegativeCount
from schema.rules.exits import STANDARD_EXIT_REASONS, Exit
from schema.rules.gpa import Gpa, summarise_term
from schema.rules.indicators import (
    Figure,
    PupilZeros,
    Stay,
    count_students,
    measure_change,
    measure_dropout,
    measure_low_attendance,
    measure_low_gpax,
    measure_many_zeros,
)
from tests.schema.rules.strategies import grade

YEAR = AcademicYear(2561)
REASONS = {reason.code: reason for reason in STANDARD_EXIT_REASONS}


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_rate_is_the_fraction_to_four_decimals(count: int, denominator: int) -> None:
    rate = Figure(count, denominator).rate
    assert rate is not None
    error = Fraction(rate) - Fraction(count, denominator)
    assert -Fraction(1, 20_000) < error <= Fraction(1, 20_000)


def test_a_rate_rounds_an_exact_half_up_and_over_nobody_is_none() -> None:
    assert Figure(1, 20_000).rate == Decimal("0.0001")
    assert Figure(0, 0).rate is None


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(NegativeCount):
        Figure(-1, 10)


@pytest.mark.parametrize(
    ("first", "last", "change"),
    [(400, 300, "-0.2500"), (100, 20, "-0.8000"), (3, 4, "0.3333"), (5, 5, "0.0000"), (0, 7, None), (0, 0, None)],
)
def test_change_is_measured_from_the_first_year(first: int, last: int, change: str | None) -> None:
    assert measure_change(first, last) == (None if change is None else Decimal(change))


def test_the_change_of_a_mean_is_measured_alike() -> None:
    assert measure_change(Decimal("8.5714"), Decimal("2.0000")) == Decimal("-0.7667")


def test_students_are_counted_on_the_census_day_once_each() -> None:
    census = date(2018, 6, 10)
    stays = [
        Stay("there", date(2018, 5, 16)),
        Stay("twice", date(2018, 5, 16)),
        Stay("twice", date(2018, 6, 1)),
        Stay("joins that day", census),
        Stay("gone that day", date(2018, 5, 16), census),
        Stay("gone the day after", date(2018, 5, 16), date(2018, 6, 11)),
        Stay("joins later", date(2018, 6, 11)),
    ]
    assert count_students(stays, YEAR) == 4


def test_low_gpax_is_strict_exact_and_over_those_who_have_one() -> None:
    at_threshold, just_under = Gpa(600, 200), Gpa(1198, 400)
    assert just_under.value == Fraction("1.4975")
    assert measure_low_gpax([at_threshold, just_under, None]) == Figure(1, 2)


@pytest.mark.parametrize(("zeros", "pending", "counted"), [(4, 0, 1), (3, 0, 0), (3, 2, 0), (0, 9, 0)])
def test_more_than_three_zeros_is_strict_and_pending_results_are_none(zeros: int, pending: int, counted: int) -> None:
    result = summarise_term([grade(1, "0")] * zeros + [grade(1, "ร")] * pending)
    measured = measure_many_zeros({"school": [PupilZeros(result.zeros, result.zeros)]})
    assert measured.outstanding == measured.ever == Figure(counted, 1)


def test_ever_and_outstanding_zeros_are_told_apart_and_averaged_over_schools() -> None:
    measured = measure_many_zeros(
        {"one": [PupilZeros(5, 0), PupilZeros(4, 4), PupilZeros(0, 0)], "two": [PupilZeros(6, 3)], "empty": []}
    )
    assert (measured.ever, measured.outstanding) == (Figure(3, 4), Figure(1, 4))
    assert (measured.school_mean_ever, measured.school_mean_outstanding) == (Decimal(1), Decimal("0.3333"))


def test_without_schools_there_is_no_mean() -> None:
    assert measure_many_zeros({}).school_mean_ever is None


def test_five_dropouts_of_a_thousand_are_half_a_per_cent() -> None:
    reasons = ["TRANSFERRED"] * 12 + ["DIED"] + ["UNTRACEABLE"] * 3 + ["RESIGNED"] * 2
    exits = [Exit(f"pupil {n}", REASONS[code], date(2018, 9, 1)) for n, code in enumerate(reasons)]
    dropout = measure_dropout(exits, 1_000, YEAR)
    assert dropout == Figure(5, 1_000)
    assert dropout.rate == Decimal("0.0050")


def test_low_attendance_is_under_80_per_cent_of_planned_hours() -> None:
    assert measure_low_attendance([(32, 40), (31, 40), (0, 0), (0, 10)]) == Figure(2, 3)
