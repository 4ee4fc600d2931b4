"""The ten worked examples of the domain, numbers verbatim."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from schema.rules.attendance import AttendanceBand, judge_attendance
from schema.rules.calendar import AcademicYear
from schema.rules.completion import judge_completion
from schema.rules.gpa import calculate_gpa, calculate_gpax, combine_terms, summarise_term
from schema.rules.grades import find_grade_code, grade_score
from schema.rules.indicators import measure_low_gpax
from schema.rules.refusals import ResultNotAllowed
from schema.rules.regrading import EventKind, Registration, ResultEvent, derive_state
from tests.schema.rules.strategies import grade

EXAMPLE_THREE = [
    grade("1.5", "2"),
    grade("1.5", "0"),
    grade("1.5", "1.5"),
    grade("1.5", "2"),
    grade("0.5", "4"),
    grade("1", "3"),
    grade("1", "1"),
]


@pytest.mark.parametrize(("score", "label"), [(80, "4"), (79, "3.5"), (50, "1"), (49, "0")])
def test_example_1_a_score_earns_the_grade_whose_least_score_it_reaches(score: int, label: str) -> None:
    assert grade_score(score).label == label


def test_example_2_the_average_is_29_over_13_and_shows_2_23() -> None:
    gpa = calculate_gpa([grade(4, "3"), grade(3, "2"), grade(4, "1"), grade(2, "3.5")])
    assert gpa is not None
    assert gpa.value == Fraction(29, 13)
    assert gpa.shown == Decimal("2.23")


def test_example_3_a_zero_counts_in_the_average() -> None:
    result = summarise_term(EXAMPLE_THREE)
    assert (result.points, result.gpa_credits) == (Decimal("14.25"), Decimal("8.5"))
    assert str(result.gpa) == "1.67"


def test_example_3_leaving_the_zero_out_would_give_2_03() -> None:
    without = calculate_gpa([entry for entry in EXAMPLE_THREE if not entry.code.is_zero])
    assert str(without) == "2.03"


def test_example_4_the_zero_resat_to_1_lifts_the_average_and_stays_ever_a_zero() -> None:
    first = ResultEvent(EventKind.INITIAL, find_grade_code("0"), date(2018, 10, 1))
    resit = ResultEvent(EventKind.RESIT, find_grade_code("1"), date(2018, 11, 15))
    state = derive_state([first, resit], Registration(AcademicYear(2561), 1))
    assert state is not None
    assert state.ever_zero
    assert not state.is_zero
    result = summarise_term([*EXAMPLE_THREE[:1], grade("1.5", state.current.label), *EXAMPLE_THREE[2:]])
    assert (result.points, result.gpa_credits) == (Decimal("15.75"), Decimal("8.5"))
    assert str(result.gpa) == "1.85"


def test_example_4_a_resit_to_2_is_refused() -> None:
    first = ResultEvent(EventKind.INITIAL, find_grade_code("0"), date(2018, 10, 1))
    resit = ResultEvent(EventKind.RESIT, find_grade_code("2"), date(2018, 11, 15))
    with pytest.raises(ResultNotAllowed, match=r"cannot give 2\. Give a grade from 0 to 1"):
        derive_state([first, resit], Registration(AcademicYear(2561), 1))


def test_example_5_the_gpax_is_35_over_25_and_flagged_where_the_mean_of_terms_is_not() -> None:
    terms = [[grade(15, "1")], [grade(10, "2")]]
    gpax = calculate_gpax(terms)
    assert gpax is not None
    assert gpax.value == Fraction(35, 25)
    assert gpax.shown == Decimal("1.40")
    assert measure_low_gpax([gpax]).count == 1
    means = [gpa.value for term in terms if (gpa := calculate_gpa(term))]
    assert sum(means) / 2 == Fraction("1.50")


def test_example_6_an_average_of_1_4975_shows_1_49_and_is_flagged() -> None:
    terms = [[grade("40", "1.5"), grade("40", "1.5"), grade("40", "1.5"), grade("40", "1.5")], [grade("39", "1.5")]]
    result = combine_terms(summarise_term(term) for term in [*terms, [grade("1", "1")]])
    assert (result.points, result.gpa_credits) == (Decimal("299.5"), Decimal(200))
    assert result.gpa is not None
    assert result.gpa.value == Fraction("1.4975")
    assert result.gpa.shown == Decimal("1.49")
    assert measure_low_gpax([result.gpa]).count == 1


def test_example_7_a_pending_result_is_registered_and_neither_earned_nor_averaged() -> None:
    result = summarise_term([grade(1, "4"), grade(1, "ร"), grade(1, "2")])
    assert str(result.gpa) == "3.00"
    assert (result.points, result.gpa_credits) == (Decimal(6), Decimal(2))
    assert (result.registered, result.earned, result.pending) == (Decimal(3), Decimal(2), 1)


@pytest.mark.parametrize(
    ("attended", "band"),
    [(32, AttendanceBand.EXAM), (31, AttendanceBand.REMEDIAL), (23, AttendanceBand.REPEAT)],
)
def test_example_8_attendance_of_40_hours_decides_exam_remedial_or_repeat(attended: int, band: AttendanceBand) -> None:
    assert judge_attendance(attended, 40) is band


@pytest.mark.parametrize(("label", "allowed"), [("0", True), ("1", True), ("1.5", False), ("4", False)])
def test_example_8_remedial_work_gives_1_at_most(label: str, allowed: bool) -> None:  # noqa: FBT001 - a table's column
    registration = Registration(AcademicYear(2561), 1, judge_attendance(31, 40))
    events = [
        ResultEvent(EventKind.INITIAL, find_grade_code("มส"), date(2018, 10, 1)),
        ResultEvent(EventKind.RESOLVE, find_grade_code(label), date(2018, 11, 1)),
    ]
    if allowed:
        state = derive_state(events, registration)
        assert state is not None
        assert state.current.label == label
    else:
        with pytest.raises(ResultNotAllowed):
            derive_state(events, registration)


def test_example_9_primary_weights_stand_in_place_of_credits() -> None:
    weights = [6, 6, 3, 2, 2, 2, 2, 2]
    grades = ["3", "2.5", "3", "4", "4", "3.5", "3", "2"]
    result = summarise_term(grade(weight, label) for weight, label in zip(weights, grades, strict=True))
    assert (result.points, result.gpa_credits) == (Decimal(75), Decimal(25))
    assert str(result.gpa) == "3.00"


def test_example_10_lower_secondary_is_complete_with_66_basic_and_11_additional_credits() -> None:
    assert not judge_completion(66, 10).is_complete
    assert judge_completion(66, 11).is_complete
