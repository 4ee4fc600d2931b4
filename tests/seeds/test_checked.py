from typing import Any

import pytest

from schema.checking import Declared, Refusal, references_needed, refusals_of, value_of_stored
from schema.tables.declaration import Kind, Row, tables
from seeds import world
from seeds.reference.levels import LEVELS
from seeds.reference.tables import AREAS
from seeds.rows import COLUMNS, Ids
from seeds.subjects import offer_subjects
from tests.seeds.rows import Made

REFERENCE_TABLES = [model for model in tables() if model.about.kind is Kind.REFERENCE]
SUBJECT = next(model for model in tables() if model.__name__ == "Subject")


def rows_of(made: Made, model: type[Row]) -> list[dict[str, Any]]:
    """The rows of a table, as Python values."""
    columns = [model.__table__.columns[name] for name in COLUMNS[model.__table__.name]]
    return [
        {column.name: value_of_stored(column, value) for column, value in zip(columns, row, strict=True)}
        for row in made.rows[model.__table__.name]
    ]


def referred_model(model: Declared, column: str) -> type[Row]:
    (key,) = model.__table__.columns[column].foreign_keys
    return next(other for other in tables() if other.__table__ is key.column.table)


@pytest.mark.parametrize("model", REFERENCE_TABLES, ids=lambda model: model.__table__.name)
def test_every_row_that_is_seeded_passes_the_rules(small_city_rows: Made, model: type[Row]) -> None:
    rows = rows_of(small_city_rows, model)
    referred = {
        name: {row["id"]: row for row in rows_of(small_city_rows, referred_model(model, name))}
        for name in references_needed(model)
    }
    small = len(rows) <= 100
    refused = [
        (row, found)
        for row in rows
        if (
            found := refusals_of(
                model,
                row,
                {name: those.get(row[name]) for name, those in referred.items()},
                [other for other in rows if other is not row] if small else (),
            )
        )
    ]
    assert rows
    assert refused == []


def test_every_subject_of_every_school_passes_the_rules() -> None:
    letters = {letter: " ".join(those) for _, _, _, those in AREAS for letter in those}
    refused: list[Refusal] = []
    for school in range(len(world.SCHOOLS)):
        offer = offer_subjects(school, Ids())
        for subject in [*offer.courses, *(each for choice in offer.choices for each in choice.subjects)]:
            level, course = LEVELS[subject.level], subject.course
            columns = SUBJECT.__table__.columns
            values = {
                "school_id": 1,
                "code": subject.code,
                "name": course.name,
                "name_th": course.name_th,
                "credits": value_of_stored(columns["credits"], course.credits),
                "kind": course.kind.value,
                "curriculum_id": 1,
                "learning_area_id": 1,
                "grade_level_id": 1,
            }
            references: dict[str, dict[str, Any]] = {
                "grade_level_id": {"code": level.code, "stage": level.stage.value},
                "learning_area_id": {"letters": letters[course.letter], "curriculum_id": 1},
            }
            refused.extend(refusals_of(SUBJECT, values, references))
    assert refused == []
