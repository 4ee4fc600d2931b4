"""The statements of an import: many rows each, the same on both engines but for the types that PostgreSQL is told."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar

from admin.binding import bound
from schema.checking import Values, written_columns
from schema.compiler.reading import Dialect
from schema.tables.declaration import Row

_T = TypeVar("_T")

Statement: TypeAlias = tuple[str, list[Any]]
"""SQL and its parameters `$1`, `$2` ... ."""

_ROWS: Final = 500
_PARAMETERS: Final = 20_000
"""Of a statement; SQLite takes 32,766 and PostgreSQL's protocol 32,767."""
_CASTS: Final = {int: "bigint", Decimal: "numeric", bool: "boolean", date: "date", datetime: "timestamptz", str: "text"}


def insert_statements(model: type[Row], rows: Sequence[Values], dialect: Dialect) -> Iterator[Statement]:
    """The statements that add whole rows."""
    columns = written_columns(model)
    names = ", ".join(column.name for column in columns)
    for portion in _portions(rows, len(columns)):
        places = ", ".join(_tuple(len(columns), at * len(columns)) for at in range(len(portion)))
        values = [bound(row[column.name], dialect) for row in portion for column in columns]
        yield f"INSERT INTO {model.__table__.name} ({names}) VALUES {places}", values


def update_statements(
    model: type[Row], rows: Sequence[tuple[int, Values]], changed: Sequence[str], dialect: Dialect
) -> Iterator[Statement]:
    """The statements that write the `changed` columns of rows, given with their surrogate keys."""
    table = model.__table__
    columns = [table.columns["id"], *(table.columns[name] for name in changed)]
    setting = ", ".join(f"{name} = its.column{at}" for at, name in enumerate(changed, start=2))
    # Types of the first row are those of all.
    types = [_CASTS[column.type.python_type] for column in columns] if dialect is Dialect.POSTGRESQL else None
    for portion in _portions(rows, len(columns)):
        places = ", ".join(
            _tuple(len(columns), at * len(columns), types if at == 0 else None) for at in range(len(portion))
        )
        values = [bound(value, dialect) for key, row in portion for value in (key, *(row[name] for name in changed))]
        yield (
            f"UPDATE {table.name} SET {setting} FROM (VALUES {places}) AS its WHERE {table.name}.id = its.column1",
            values,
        )


def _portions(rows: Sequence[_T], width: int) -> Iterator[Sequence[_T]]:
    size = max(1, min(_ROWS, _PARAMETERS // width))
    return (rows[at : at + size] for at in range(0, len(rows), size))


def _tuple(width: int, after: int, types: Sequence[str] | None = None) -> str:
    places = range(after + 1, after + width + 1)
    if types is None:
        return f"({', '.join(f'${place}' for place in places)})"
    return f"({', '.join(f'${place}::{kind}' for place, kind in zip(places, types, strict=True))})"
