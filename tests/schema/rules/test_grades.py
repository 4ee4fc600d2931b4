from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.grades import (
    STANDARD_GRADE_CODES,
    FractionPolicy,
    GradeCode,
    ScoreOutOfRange,
    ScoreWithoutGrade,
    UnknownGradeCode,
    find_grade_code,
    grade_score,
)

scores = st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize(
    ("label", "least"), [("4", 80), ("3.5", 75), ("3", 70), ("2.5", 65), ("2", 60), ("1.5", 55), ("1", 50), ("0", 0)]
)
def test_each_grade_begins_at_its_least_score(label: str, least: int) -> None:
    assert grade_score(least).label == label
    if least:
        assert grade_score(least - 1).label != label


def test_a_fractional_score_is_cut_off_unless_the_school_rounds_it() -> None:
    assert grade_score(Decimal("79.5")).label == "3.5"
    assert grade_score(Decimal("79.5"), fractions=FractionPolicy.HALF_UP).label == "4"
    assert grade_score(Decimal("79.49"), fractions=FractionPolicy.HALF_UP).label == "3.5"
    assert grade_score(Decimal("78.5"), fractions=FractionPolicy.HALF_UP).label == "3.5"
    assert grade_score(Decimal("49.5"), fractions=FractionPolicy.HALF_UP).label == "1"


@given(scores, scores, st.sampled_from(FractionPolicy))
def test_a_better_score_never_earns_a_worse_grade(one: Decimal, other: Decimal, fractions: FractionPolicy) -> None:
    low, high = sorted((one, other))
    assert grade_score(low, fractions=fractions).half_points <= grade_score(high, fractions=fractions).half_points


@given(scores, st.permutations(STANDARD_GRADE_CODES))
def test_the_order_of_the_table_does_not_matter(score: Decimal, shuffled: list[GradeCode]) -> None:
    assert grade_score(score, shuffled) == grade_score(score)


@pytest.mark.parametrize("score", ["-0.01", "100.01", "NaN", "Infinity"])
def test_a_score_outside_0_to_100_is_refused(score: str) -> None:
    with pytest.raises(ScoreOutOfRange, match="enter the score again"):
        grade_score(Decimal(score))


def test_a_table_without_a_zero_says_that_one_is_missing() -> None:
    with pytest.raises(ScoreWithoutGrade, match="Add one"):
        grade_score(3, [code for code in STANDARD_GRADE_CODES if not code.is_zero])


@pytest.mark.parametrize(
    ("label", "attempted", "earned", "gpa", "graduation"),
    [
        ("4", True, True, True, True),
        ("1", True, True, True, True),
        ("0", True, False, True, False),
        ("ร", False, False, False, False),
        ("มส", False, False, False, False),
        ("ผ", False, False, False, True),
        ("มผ", False, False, False, False),
    ],
)
def test_each_code_counts_where_the_regulation_says(
    label: str,
    *,
    attempted: bool,
    earned: bool,
    gpa: bool,
    graduation: bool,
) -> None:
    code = find_grade_code(label)
    flags = (code.counts_attempted, code.counts_earned, code.counts_gpa, code.counts_graduation)
    assert flags == (attempted, earned, gpa, graduation)


def test_a_code_is_found_by_its_key_and_by_its_label() -> None:
    assert find_grade_code("MS") is find_grade_code("มส")
    with pytest.raises(UnknownGradeCode, match="Use one of: 4, "):
        find_grade_code("A")


def test_keys_and_labels_are_unique_and_keys_are_ascii() -> None:
    assert len({code.code for code in STANDARD_GRADE_CODES}) == len(STANDARD_GRADE_CODES)
    assert len({code.label for code in STANDARD_GRADE_CODES}) == len(STANDARD_GRADE_CODES)
    assert all(code.code.isascii() for code in STANDARD_GRADE_CODES)
