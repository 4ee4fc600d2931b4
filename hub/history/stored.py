"""Values of a payload on their way back into a row: bound as text, and cast to what their columns are."""

import json
from collections.abc import Mapping
from typing import Final, TypeAlias

from schema.compiler.reading import Dialect
from schema.history import RecordedColumn, ValueKind

Value: TypeAlias = str | bool | None
Payload: TypeAlias = Mapping[str, Value]
"""A row's columns; numbers are texts as they were written, so that none is rounded."""

_CASTS: Final = {
    ValueKind.TEXT: "{text}",
    ValueKind.INTEGER: "{text}::bigint",
    ValueKind.NUMBER: "{text}::numeric",
    ValueKind.BOOLEAN: "{text}::boolean",
    ValueKind.DATE: "{text}::date",
    ValueKind.MOMENT: "{text}::timestamptz",
}


def read(payload: str) -> Payload:
    """A payload's values."""
    found: Payload = json.loads(payload, parse_float=str, parse_int=str)
    return found


def bound(value: Value, dialect: Dialect) -> str | int | None:
    """A value as a parameter of an engine."""
    if isinstance(value, bool):
        return int(value) if dialect is Dialect.SQLITE else str(value).lower()
    return value


def placeholder(column: RecordedColumn, place: int, dialect: Dialect) -> str:
    """Where a value stands in a statement. SQLite makes of texts what the column holds."""
    if dialect is Dialect.SQLITE:
        return f"${place}"
    return _CASTS[column.kind].format(text=f"${place}::text")
