from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.checking import Language, Refusal, text_of, value_of_text, written_columns
from schema.tables.declaration import Row, tables
from schema.tables.learning import GradeCode, GradeLevel, Subject
from schema.tables.places import AcademicYear


def column(model: type[Row], name: str) -> Any:  # noqa: ANN401 - a column of any type
    return model.__table__.columns[name]


@pytest.mark.parametrize(
    ("model", "name", "text", "value"),
    [
        (Subject, "name", "  Thai 1 ", "Thai 1"),
        (Subject, "name", " ", None),
        (Subject, "credits", "1.5", Decimal("1.5")),
        (Subject, "credits", "๑.๕", Decimal("1.5")),
        (Subject, "kind", "BASIC", "BASIC"),
        (Subject, "kind", "Basic", "BASIC"),
        (Subject, "kind", "พื้นฐาน", "BASIC"),
        (GradeLevel, "stage", "lower secondary", "LOWER_SECONDARY"),
        (GradeLevel, "stage", "มัธยมศึกษาตอนต้น", "LOWER_SECONDARY"),
        (GradeLevel, "ordinal", "12", 12),
        (GradeLevel, "ordinal", "12.0", 12),
        (GradeLevel, "ordinal", "๑๒", 12),
        (GradeCode, "is_pending", "ใช่", True),
        (GradeCode, "is_pending", "ไม่ใช่", False),
        (GradeCode, "is_pending", "TRUE", True),
        (GradeCode, "is_pending", "no", False),
        (GradeCode, "is_pending", "0", False),
        (AcademicYear, "starts_on", "16/5/2561", date(2018, 5, 16)),
    ],
)
def test_a_text_says_a_value(model: type[Row], name: str, text: str, value: object) -> None:
    found = value_of_text(column(model, name), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("model", "name", "text", "code"),
    [
        (Subject, "credits", "1e999", "WRONG_TYPE"),
        (Subject, "credits", "1,5", "WRONG_TYPE"),
        (Subject, "credits", "NaN", "WRONG_TYPE"),
        (Subject, "credits", "Infinity", "WRONG_TYPE"),
        (Subject, "credits", "9" * 5000, "WRONG_TYPE"),
        (Subject, "kind", "main", "UNKNOWN_CHOICE"),
        (GradeLevel, "ordinal", "1.5", "WRONG_TYPE"),
        (GradeLevel, "ordinal", "9" * 5000, "WRONG_TYPE"),
        (GradeCode, "is_pending", "perhaps", "WRONG_TYPE"),
        (AcademicYear, "starts_on", "31/02/2561", "WRONG_TYPE"),
    ],
)
def test_a_text_that_says_no_value_is_refused(model: type[Row], name: str, text: str, code: str) -> None:
    found = value_of_text(column(model, name), text)
    assert isinstance(found, Refusal)
    assert (found.field, found.code) == (name, code)


@pytest.mark.parametrize("language", Language)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_value_reads_back_from_its_text(language: Language, data: st.DataObject) -> None:
    strategies: dict[type, st.SearchStrategy[Any]] = {
        str: st.text("abcกขคเแำ่ -/", min_size=1).filter(lambda text: text == text.strip()),
        int: st.integers(-(2**63), 2**63 - 1),
        Decimal: st.decimals(-100, 100, places=2),
        bool: st.booleans(),
        date: st.dates(max_value=date(2399, 12, 31)),
    }
    for model in tables():
        for each in written_columns(model):
            kind = each.type.python_type
            choices = each.info["hub"].choices
            if kind in strategies:
                strategy = st.sampled_from([c.value for c in choices]) if choices else strategies[kind]
                value = data.draw(strategy)
                assert value_of_text(each, text_of(each, value, language)) == value


def test_values_are_written_in_the_readers_language() -> None:
    assert text_of(column(Subject, "kind"), "BASIC", Language.THAI) == "พื้นฐาน"
    assert text_of(column(Subject, "kind"), "BASIC", Language.ENGLISH) == "BASIC"
    assert text_of(column(GradeCode, "is_pending"), True, Language.THAI) == "ใช่"  # noqa: FBT003 - the value
    assert text_of(column(GradeCode, "is_pending"), False, Language.ENGLISH) == "no"  # noqa: FBT003 - the value
    assert text_of(column(Subject, "credits"), Decimal("1.50")) == "1.5"
    assert text_of(column(Subject, "credits"), Decimal(10)) == "10"
    assert text_of(column(AcademicYear, "starts_on"), date(2018, 5, 16)) == "2018-05-16"
    assert text_of(column(GradeCode, "points"), None) == ""
