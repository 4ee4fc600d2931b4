from decimal import Decimal
from typing import Any

import pytest

from schema.rules.rows import Candidate, Refusal, RowRule
from schema.rules.rows.learning import AREA_LETTERS_APART, CODE_AGREES, FLAGS_AGREE, ONE_SCALE

M1 = {"code": "ม.1", "stage": "LOWER_SECONDARY"}
K3 = {"code": "อ.3", "stage": "KINDERGARTEN"}
THAI = {"letters": "ท", "curriculum_id": 1}
LANGUAGES = {"letters": "อ ญ จ ก", "curriculum_id": 1}
ACTIVITIES = {"letters": "ก", "curriculum_id": 1}


def subject(code: str, level: dict[str, Any], area: dict[str, Any], kind: str = "BASIC") -> list[Refusal]:
    values = {"code": code, "kind": kind, "curriculum_id": 1, "grade_level_id": 1, "learning_area_id": 1}
    return list(CODE_AGREES.check(Candidate(values, {"grade_level_id": level, "learning_area_id": area})))


def check(rule: RowRule, values: dict[str, Any], *siblings: dict[str, Any]) -> list[Refusal]:
    return list(rule.check(Candidate(values, {}, siblings)))


@pytest.mark.parametrize(
    ("code", "area", "kind"),
    [
        ("ท21101", THAI, "BASIC"),
        ("ท21201", THAI, "ADDITIONAL"),
        ("ท20201", THAI, "ADDITIONAL"),
        ("ก21201", LANGUAGES, "ADDITIONAL"),
        ("ก21901", ACTIVITIES, "ACTIVITY"),
        ("ก20901", ACTIVITIES, "ACTIVITY"),
    ],
)
def test_a_code_that_agrees_with_level_kind_and_area_is_taken(code: str, area: dict[str, Any], kind: str) -> None:
    assert subject(code, M1, area, kind) == []


@pytest.mark.parametrize(
    ("row", "refused", "said"),
    [
        (("ท24101", M1, THAI, "BASIC"), "SUBJECT_CODE_REFUSED", "year in the stage, 1 to 3"),
        (("ค21101", M1, THAI, "BASIC"), "SUBJECT_CODE_REFUSED", "its letter is one of ท"),
        (("ท22101", M1, THAI, "BASIC"), "CODE_OF_ANOTHER_LEVEL", "a code of ม.2"),
        (("ท11101", M1, THAI, "BASIC"), "CODE_OF_ANOTHER_LEVEL", "a code of ป.1"),
        (("ท10201", M1, THAI, "ADDITIONAL"), "CODE_OF_ANOTHER_LEVEL", "a code of primary"),
        (("ท11101", K3, THAI, "BASIC"), "CODE_OF_ANOTHER_LEVEL", "but the grade level is อ.3"),
        (("ท21201", M1, THAI, "BASIC"), "CODE_OF_ANOTHER_KIND", "an additional subject's code by its third digit, 2"),
        (("ท21101", M1, THAI, "ADDITIONAL"), "CODE_OF_ANOTHER_KIND", "a basic subject's code"),
        (("ท21101", M1, THAI, "ACTIVITY"), "SUBJECT_CODE_REFUSED", "of an activity's is 9"),
        (("ก21901", M1, ACTIVITIES, "BASIC"), "SUBJECT_CODE_REFUSED", "1 basic or 2 additional"),
        (("ท21101", M1, {**THAI, "curriculum_id": 2}, "BASIC"), "AREA_OF_ANOTHER_CURRICULUM", "not of the subject's"),
    ],
)
def test_a_code_at_odds_with_its_row_is_refused_with_what_is_wrong(
    row: tuple[str, dict[str, Any], dict[str, Any], str], refused: str, said: str
) -> None:
    (refusal,) = subject(*row)
    assert refusal.code == refused
    assert said in refusal.message
    assert refusal.message_th != refusal.message


@pytest.mark.parametrize(("letters", "count"), [("อ ญ จ", 0), ("ท", 0), ("อญ", 1), ("อ  ญ", 1), ("อ อ", 1), ("1", 1)])
def test_the_letters_of_an_area_stand_apart(letters: str, count: int) -> None:
    assert len(check(AREA_LETTERS_APART, {"letters": letters})) == count


def flags(**changed: object) -> dict[str, Any]:
    sound = {
        "points": Decimal(4),
        "min_score": Decimal(80),
        "counts_as_attempted": True,
        "counts_as_earned": True,
        "counts_in_gpa": True,
        "is_pending": False,
    }
    return {**sound, **changed}


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"points": None}, ["points"]),
        ({"points": None, "counts_in_gpa": False}, []),
        ({"counts_as_attempted": False}, ["counts_as_attempted"]),
        ({"is_pending": True}, ["is_pending"]),
    ],
)
def test_what_a_grade_code_counts_for_does_not_contradict_itself(changed: dict[str, Any], fields: list[str]) -> None:
    assert [refusal.field for refusal in check(FLAGS_AGREE, flags(**changed))] == fields


def scale(label: str, least: int | None, points: str | None) -> dict[str, Any]:
    return {
        "label": label,
        "min_score": None if least is None else Decimal(least),
        "points": None if points is None else Decimal(points),
    }


def test_a_score_earns_one_grade_code() -> None:
    (refusal,) = check(ONE_SCALE, scale("3", 80, "3"), scale("4", 80, "4"), scale("ร", None, None))
    assert (refusal.field, refusal.code) == ("min_score", "SCORE_TAKEN")


def test_a_better_score_earns_no_fewer_points() -> None:
    (refusal,) = check(ONE_SCALE, scale("3", 90, "3"), scale("4", 80, "4"), scale("2", 60, "2"))
    assert (refusal.field, refusal.code) == ("points", "POINTS_AGAINST_SCORE")
    assert check(ONE_SCALE, scale("3", 70, "3"), scale("4", 80, "4"), scale("ร", None, None)) == []
    assert check(ONE_SCALE, scale("มส", None, None), scale("4", 80, "4")) == []
