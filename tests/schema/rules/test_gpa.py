from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.gpa import (
    CreditedGrade,
    TermResult,
    calculate_gpa,
    calculate_gpax,
    combine_terms,
    summarise_term,
)
from schema.rules.grades import GradeKind
from tests.schema.rules.strategies import grade, grade_lists


@given(grade_lists)
def test_the_average_equals_the_fraction_computed_plainly(grades: list[CreditedGrade]) -> None:
    counted = [
        (Fraction(entry.half_credits, 2), entry.code.points) for entry in grades if entry.code.points is not None
    ]
    gpa = calculate_gpa(grades)
    if not counted:
        assert gpa is None
    else:
        assert gpa is not None
        points = sum(credits_ * Fraction(points) for credits_, points in counted)
        assert gpa.value == points / sum(credits_ for credits_, _ in counted)


@given(grade_lists)
def test_the_shown_average_is_cut_off_and_never_rounded(grades: list[CreditedGrade]) -> None:
    gpa = calculate_gpa(grades)
    if gpa is not None:
        assert 0 <= gpa.value - Fraction(gpa.shown) < Fraction(1, 100)
        assert gpa.shown.as_tuple().exponent == -2


@given(grade_lists, st.randoms(use_true_random=False))
def test_the_order_of_registrations_does_not_matter(grades: list[CreditedGrade], random: Random) -> None:
    shuffled = sorted(grades, key=lambda _: random.random())
    assert summarise_term(shuffled) == summarise_term(grades)


@given(st.lists(grade_lists, max_size=6))
def test_the_gpax_is_the_average_over_all_registrations_of_the_stage(terms: list[list[CreditedGrade]]) -> None:
    together = [entry for term in terms for entry in term]
    assert combine_terms(summarise_term(term) for term in terms) == summarise_term(together)
    assert calculate_gpax(terms) == calculate_gpa(together)


def test_the_gpax_is_not_the_mean_of_term_averages() -> None:
    gpax = calculate_gpax([[grade(1, "4")], [grade(3, "0")]])
    assert gpax is not None
    assert gpax.value == 1


@pytest.mark.parametrize("label", ["ร", "มส", "ผ", "มผ"])
def test_without_counting_credits_there_is_no_average(label: str) -> None:
    assert calculate_gpa([grade(1, label)]) is None
    assert calculate_gpa([]) is None


def test_an_average_of_zero_is_an_average() -> None:
    assert str(calculate_gpa([grade(1, "0")])) == "0.00"


def test_an_average_exactly_at_the_threshold_is_not_below_it() -> None:
    gpa = calculate_gpa([grade(2, "1.5")])
    assert gpa is not None
    assert not gpa.is_below(Decimal("1.5"))


@given(grade_lists)
def test_earned_never_exceeds_attempted_nor_attempted_registered(grades: list[CreditedGrade]) -> None:
    result = summarise_term(grades)
    assert 0 <= result.earned <= result.attempted <= result.registered
    assert result.zeros + result.pending <= result.registrations


def test_a_term_of_every_kind_is_summed_by_the_flags() -> None:
    result = summarise_term(
        [grade(1, "4"), grade("1.5", "0"), grade(2, "ร"), grade("0.5", "มส"), grade(1, "ผ"), grade(1, "มผ")]
    )
    assert result == TermResult(
        registrations=4,
        registered_half_credits=10,
        attempted_half_credits=5,
        earned_half_credits=2,
        gpa_half_credits=5,
        quarter_points=16,
        zeros=1,
        pending=2,
    )
    assert (result.registered, result.attempted, result.earned, result.points) == (
        Decimal(5),
        Decimal("2.5"),
        Decimal(1),
        Decimal(4),
    )


@given(grade_lists)
def test_activities_change_nothing(grades: list[CreditedGrade]) -> None:
    without = [entry for entry in grades if entry.code.kind is not GradeKind.ACTIVITY]
    assert summarise_term(grades) == summarise_term(without)
