from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.checking import Refusal, defaults_of, references_needed, refusals_of, siblings_needed
from schema.identity import Account
from schema.tables.learning import GradeCode, Subject
from schema.tables.places import School, Term

SUBJECT = {
    "school_id": 1,
    "code": "ท21101",
    "name": "Thai 1",
    "name_th": "ภาษาไทย 1",
    "credits": Decimal("1.5"),
    "kind": "BASIC",
    "curriculum_id": 1,
    "learning_area_id": 1,
    "grade_level_id": 7,
}
REFERENCES: dict[str, dict[str, Any] | None] = {
    "grade_level_id": {"code": "ม.1", "stage": "LOWER_SECONDARY"},
    "learning_area_id": {"letters": "ท", "curriculum_id": 1},
}


def refused(values: dict[str, Any], **references: dict[str, Any] | None) -> list[tuple[str | None, str]]:
    found = refusals_of(Subject, {**SUBJECT, **values}, {**REFERENCES, **references})
    return [(refusal.field, refusal.code) for refusal in found]


def test_a_sound_row_is_not_refused() -> None:
    assert refused({}) == []


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    assert refused({"code": "ท24101", "credits": Decimal("0.3"), "name": None, "kind": "MAIN"}) == [
        ("name", "REQUIRED"),
        ("credits", "OFF_STEP"),
        ("kind", "UNKNOWN_CHOICE"),
    ]
    assert refused({"code": "ท24101", "credits": Decimal("0.3")}) == [
        ("credits", "OFF_STEP"),
        ("code", "SUBJECT_CODE_REFUSED"),
    ]


def test_a_rule_is_not_asked_of_values_that_are_wrong_by_themselves() -> None:
    assert refused({"code": "ท24101\x00"}) == [("code", "CONTROL_CHARACTER")]


def test_a_row_that_refers_to_nothing_is_refused() -> None:
    assert refused({}, grade_level_id=None) == [("grade_level_id", "NO_SUCH_ROW")]
    assert refused({}, school_id=None) == [("school_id", "NO_SUCH_ROW")]
    missing = refusals_of(Subject, SUBJECT, {"grade_level_id": REFERENCES["grade_level_id"]})
    assert [refusal.field for refusal in missing] == ["learning_area_id"]


def test_a_column_that_there_is_not_is_refused() -> None:
    assert refused({"colour": "red"}) == [("colour", "UNKNOWN_COLUMN")]


def test_what_has_a_default_may_be_left_out_and_not_be_emptied() -> None:
    school = {"code": "3083000001", "name": "School", "name_th": "โรงเรียน", "municipality_id": 1}
    assert defaults_of(School) == {"fraction_policy": "CUT_OFF"}
    assert refusals_of(School, school) == ()
    (refusal,) = refusals_of(School, {**school, "fraction_policy": None})
    assert refusal.code == "REQUIRED"


def test_a_table_says_what_its_rules_must_see_besides_the_row() -> None:
    assert references_needed(Subject) == {
        "grade_level_id": ("code", "stage"),
        "learning_area_id": ("letters", "curriculum_id"),
    }
    assert siblings_needed(Subject) == ()
    assert siblings_needed(Term) == (("academic_year_id",),)
    assert siblings_needed(GradeCode) == ((),)


def test_a_rule_is_shown_its_own_siblings_alone() -> None:
    def term(year: int, number: int) -> dict[str, Any]:
        days = {"starts_on": date(2018, 6, 1), "ends_on": date(2018, 7, 1)}
        return {"academic_year_id": year, "number": number, **days}

    year: dict[str, dict[str, Any]] = {"academic_year_id": {"be_year": 2561}}
    assert refusals_of(Term, term(1, 1), year, [term(2, 2)]) == ()
    (refusal,) = refusals_of(Term, term(1, 1), year, [term(2, 2), term(1, 2)])
    assert refusal.code == "TERM_REFUSED"


def test_tables_of_identities_are_checked_alike() -> None:
    values = {"username": "somchai", "password_hash": "hash", "role": "king", "teacher_id": None, "is_active": "yes"}
    found = {refusal.field: refusal.code for refusal in refusals_of(Account, values)}
    assert found == {"role": "UNKNOWN_CHOICE", "is_active": "WRONG_TYPE", "created_at": "REQUIRED"}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*SUBJECT, "other"]),
        st.one_of(st.none(), st.text(), st.integers(), st.decimals(), st.floats(), st.booleans(), st.dates()),
    )
)
def test_whatever_stands_in_a_row_it_is_refused_and_never_fails(values: dict[str, Any]) -> None:
    for refusal in refusals_of(Subject, {**SUBJECT, **values}, REFERENCES):
        assert isinstance(refusal, Refusal)
        assert refusal.message.endswith(".")
        assert refusal.message_th


@pytest.mark.parametrize("field", ["message", "message_th"])
def test_a_refusal_names_its_column_in_both_languages(field: str) -> None:
    (refusal,) = refusals_of(Subject, {**SUBJECT, "grade_level_id": None}, REFERENCES)
    assert ("grade level" if field == "message" else "ระดับชั้น") in getattr(refusal, field)
