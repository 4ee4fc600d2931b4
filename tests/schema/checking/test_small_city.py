"""The rules against the database: rows that there are pass, and what passes the database takes."""

from collections.abc import Sequence
from typing import Any

import pytest

from schema.checking import Declared, Refusal, Values, references_needed, refusals_of, value_of_stored
from schema.tables.declaration import Kind, tables
from tests.engines import Client
from tests.small_city import SmallCity

REFERENCE_TABLES = [model for model in tables() if model.about.kind is Kind.REFERENCE]


async def read(client: Client, model: Declared) -> list[dict[str, Any]]:
    """Every row of a table, as Python values."""
    columns = model.__table__.columns
    rows = await client.rows(f"SELECT {', '.join(column.name for column in columns)} FROM {model.__table__.name}")
    return [
        {column.name: value_of_stored(column, value) for column, value in zip(columns, row, strict=True)}
        for row in rows
    ]


async def refusals_in(client: Client, model: Declared) -> list[tuple[Refusal, ...]]:
    rows = await read(client, model)
    referred = {
        name: {row["id"]: row for row in await read(client, _model_of(model, name))}
        for name in references_needed(model)
    }
    return [refusals_of(model, row, _references(row, referred), _others(rows, row)) for row in rows]


def _model_of(model: Declared, column: str) -> Declared:
    (key,) = model.__table__.columns[column].foreign_keys
    return next(other for other in tables() if other.__table__ is key.column.table)


def _references(row: Values, referred: dict[str, dict[int, dict[str, Any]]]) -> dict[str, Values | None]:
    return {name: rows.get(row[name]) for name, rows in referred.items()}


def _others(rows: Sequence[Values], row: Values) -> list[Values]:
    return [other for other in rows if other["id"] != row["id"]]


@pytest.mark.parametrize("model", REFERENCE_TABLES, ids=lambda model: model.__table__.name)
async def test_every_row_of_the_small_city_passes(small_city: SmallCity, model: Declared) -> None:
    async with Client.connect(small_city.url) as client:
        found = await refusals_in(client, model)
    assert [refusals for refusals in found if refusals] == []
