"""A column of the console from the declared one: its type, whether it must be given, its choices and its help."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table
from sqlalchemy import Column as Declared
from sqlalchemy import UniqueConstraint
from sqlalchemy.types import BigInteger
from sqlalchemy.types import Numeric as DeclaredNumeric

from schema.tables.columns import ColumnInfo, info_of
from schema.tables.declaration import Row

LONGEST_LINE: Final = 400
"""Text that may be longer is written in a box of several lines."""


def column_of(model: type[Row], declared: Declared[Any], known: dict[str, type[Table]]) -> Column:
    """Make the console's column; `known` are the tables made already, which a foreign key may refer to."""
    if declared.name == "id":
        return BigSerial(primary_key=True)
    info = info_of(declared)
    default = _default(model, declared.name)
    options: dict[str, Any] = {
        "null": bool(declared.nullable),
        "required": not declared.nullable and default is None,
        "unique": _is_unique(model, declared.name),
        "help_text": info.description,
        "default": default,
    }
    target = target_of(declared)
    if target in known:
        return ForeignKey(references=known[target], **options)
    return _plain(declared, info, options)


def target_of(declared: Declared[Any]) -> str | None:
    """The table that a column refers to by its key."""
    return next((str(key.column.table.name) for key in declared.foreign_keys if key.column.name == "id"), None)


def sort_column(table: type[Table], name: str) -> Column:
    """A column of a table that is neither shown nor written, to order by: of Thai words, the one beside them."""
    column = Varchar()
    column._meta._name = name  # noqa: SLF001 - as Piccolo's own class of tables does
    column._meta._table = table  # noqa: SLF001 - as above
    return column


_SIMPLE: Final[dict[type, Callable[..., Column]]] = {bool: Boolean, date: Date, datetime: Timestamptz}


def _plain(declared: Declared[Any], info: ColumnInfo, options: dict[str, Any]) -> Column:
    kind = declared.type.python_type
    if kind is str:
        return _text(info, options)
    if isinstance(declared.type, DeclaredNumeric):
        return Numeric(digits=(declared.type.precision or 0, declared.type.scale or 0), **options)
    if kind is int:
        return (BigInt if isinstance(declared.type, BigInteger) else Integer)(**options)
    return _SIMPLE[kind](**options)


def _text(info: ColumnInfo, options: dict[str, Any]) -> Column:
    if info.choices is not None:
        return Varchar(length=max(len(member.value) for member in info.choices), choices=info.choices, **options)
    longest = info.max_length or LONGEST_LINE
    return Text(**options) if longest > LONGEST_LINE else Varchar(length=longest, **options)


def _default(model: type[Row], name: str) -> Any:  # noqa: ANN401 - whatever the column holds
    field = model.model_fields[name]
    if field.default_factory is not None:
        return field.default_factory
    return None if field.is_required() else field.default


def _is_unique(model: type[Row], name: str) -> bool:
    constraints = [one for one in model.__table__.constraints if isinstance(one, UniqueConstraint)]
    return any([column.name for column in one.columns] == [name] for one in constraints)
