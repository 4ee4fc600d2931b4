from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from schema.checking import label_of, refusal_of_value, written_columns
from schema.tables.declaration import Row
from schema.tables.learning import GradeCode, GradeLevel, Subject
from schema.tables.places import AcademicYear


def column(model: type[Row], name: str) -> Any:  # noqa: ANN401 - a column of any type
    return model.__table__.columns[name]


@pytest.mark.parametrize(
    ("model", "name", "value"),
    [
        (Subject, "name_th", "ก" * 200),
        (Subject, "name", "Thai, “applied” (2)"),
        (Subject, "kind", "ACTIVITY"),
        (Subject, "credits", Decimal("1.5")),
        (Subject, "credits", Decimal("1.50")),
        (Subject, "credits", 40),
        (Subject, "school_id", 7),
        (GradeCode, "points", None),
        (GradeCode, "min_score", Decimal("79.99")),
        (GradeCode, "is_pending", False),
        (GradeLevel, "ordinal", 99),
        (AcademicYear, "starts_on", date(2018, 5, 16)),
    ],
)
def test_a_value_within_its_declaration_is_taken(model: type[Row], name: str, value: object) -> None:
    assert refusal_of_value(column(model, name), value) is None


@pytest.mark.parametrize(
    ("model", "name", "value", "code"),
    [
        (Subject, "name", None, "REQUIRED"),
        (Subject, "name", "", "EMPTY"),
        (Subject, "name", "n" * 201, "TOO_LONG"),
        (Subject, "name", "a\x00b", "CONTROL_CHARACTER"),
        (Subject, "name", "a\nb", "CONTROL_CHARACTER"),
        (Subject, "name", "a\u200bb", "CONTROL_CHARACTER"),
        (Subject, "name", "a\u202eb", "CONTROL_CHARACTER"),
        (Subject, "name", "a\ud800b", "CONTROL_CHARACTER"),
        (Subject, "name", " a", "BLANKS_AROUND"),
        (Subject, "name", "a\u00a0", "BLANKS_AROUND"),
        (Subject, "name", 5, "WRONG_TYPE"),
        (Subject, "kind", "basic", "UNKNOWN_CHOICE"),
        (Subject, "credits", Decimal("0.3"), "OFF_STEP"),
        (Subject, "credits", Decimal("40.5"), "OUT_OF_RANGE"),
        (Subject, "credits", Decimal("-0.5"), "OUT_OF_RANGE"),
        (Subject, "credits", Decimal("1e999"), "OUT_OF_RANGE"),
        (Subject, "credits", Decimal("1e-999"), "OFF_STEP"),
        (Subject, "credits", Decimal("NaN"), "WRONG_TYPE"),
        (Subject, "credits", Decimal("Infinity"), "WRONG_TYPE"),
        (Subject, "credits", 1.5, "WRONG_TYPE"),
        (Subject, "credits", True, "WRONG_TYPE"),
        (Subject, "school_id", "7", "WRONG_TYPE"),
        (Subject, "school_id", 2**63, "WRONG_TYPE"),
        (GradeCode, "is_pending", 1, "WRONG_TYPE"),
        (GradeLevel, "ordinal", 100, "OUT_OF_RANGE"),
        (GradeLevel, "ordinal", True, "WRONG_TYPE"),
        (AcademicYear, "starts_on", "2018-05-16", "WRONG_TYPE"),
        (AcademicYear, "starts_on", datetime(2018, 5, 16, tzinfo=UTC), "WRONG_TYPE"),
    ],
)
def test_a_value_outside_its_declaration_is_refused(model: type[Row], name: str, value: object, code: str) -> None:
    refusal = refusal_of_value(column(model, name), value)
    assert refusal is not None
    assert (refusal.field, refusal.code) == (name, code)


def test_columns_have_names_that_people_read() -> None:
    labels = [label_of(column) for column in written_columns(Subject)]
    assert labels == [
        "school",
        "code",
        "name",
        "name in Thai",
        "credits",
        "kind",
        "curriculum",
        "learning area",
        "grade level",
    ]
