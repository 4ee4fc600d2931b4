"""Every table read whole: rows as dicts of plain values by column name."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from schema.tables import tables
from tests.engines import Client

Values: TypeAlias = Mapping[str, Any]
"""A row: numbers as int or Decimal, dates and moments as ISO text, booleans as 0 and 1."""

Rows: TypeAlias = Mapping[str, list[Values]]
"""The rows of each table, by key, under the table's name."""


async def load(url: str) -> Rows:
    """Read every declared table of the database at a URL."""
    found: dict[str, list[Values]] = {}
    async with Client.connect(url) as client:
        for model in tables():
            names = [column.name for column in model.__table__.columns]
            read = await client.rows(f"SELECT {', '.join(names)} FROM {model.__table__.name} ORDER BY id")
            found[model.__table__.name] = [dict(zip(names, row, strict=True)) for row in read]
    return found
