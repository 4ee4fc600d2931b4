"""What is recorded: every table that people or their systems write, and of it the columns that they write.

What the database derives is not: its truth follows from the rest. Nor are sessions, limits of sign-ins and the log of
reads, which are logs themselves, nor columns that say when something was last used.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, Integer, Numeric, Table, UniqueConstraint

from schema.identity import IdentityRow, identity_tables
from schema.privacy import Pupil, pupils_of
from schema.tables import Row, tables
from schema.tables.columns import info_of
from schema.tables.declaration import Kind
from schema.tables.moments import Moment

BOOKKEEPING: Final = frozenset({("account", "last_login_at"), ("api_token", "last_used_at")})
"""Columns that the service writes by itself, of which a history would say nothing but that somebody was there."""

SECRET: Final = "(secret)"  # noqa: S105 - what stands in a secret's place
SECRET_CHANGED: Final = "(secret, changed)"  # noqa: S105 - as above
_UPDATED_AT: Final = "updated_at"


class ValueKind(Enum):
    """How a value is written as JSON."""

    TEXT = auto()
    INTEGER = auto()
    NUMBER = auto()
    BOOLEAN = auto()
    DATE = auto()
    MOMENT = auto()


@dataclass(frozen=True, slots=True)
class RecordedColumn:
    """A column; of a ``secret`` one no more is told than whether it is there and whether it changed."""

    name: str
    kind: ValueKind
    secret: bool = False


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A part of what people know a row by: a column, or what the row that it refers to is known by."""

    name: str
    column: RecordedColumn
    target: str | None = None
    known_by: RecordedColumn | None = None


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns in which no two rows are alike, of those rows alone for which ``where`` holds, if it is told."""

    columns: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True)
class Recorded:
    """A table whose changes are recorded."""

    table: Table
    columns: tuple[RecordedColumn, ...]
    key: tuple[KeyPart, ...]
    pupil: Pupil | None
    unique: tuple[Unique, ...]
    is_identity: bool

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.name)

    @cached_property
    def secrets(self) -> frozenset[str]:
        """The names of the columns that hold secrets."""
        return frozenset(column.name for column in self.columns if column.secret)


def recorded_tables() -> tuple[Recorded, ...]:
    """Every table whose changes are recorded, in the order of declaration."""
    models: list[type[Row | IdentityRow]] = [*tables(), *identity_tables()]
    known = {str(model.__table__.name): model for model in models}
    return tuple(_recorded(model, known) for model in models if model.about.kind is not Kind.DERIVED)


def _recorded(model: type[Row] | type[IdentityRow], known: dict[str, type[Row] | type[IdentityRow]]) -> Recorded:
    table, is_identity = model.__table__, issubclass(model, IdentityRow)
    columns = {
        column.name: RecordedColumn(
            column.name, _kind(column), is_identity and not info_of(column).exposed and not column.primary_key
        )
        for column in table.columns
        if column.name != _UPDATED_AT and info_of(column).sorts is None and (table.name, column.name) not in BOOKKEEPING
    }
    pupils = pupils_of(table)
    if len(pupils) > 1:
        msg = f"{table.name} refers to several pupils; the history can name one"
        raise ValueError(msg)
    return Recorded(
        table,
        tuple(columns.values()),
        tuple(_part(table.columns[name], columns[name], known) for name in _natural_key(model)),
        pupils[0] if pupils else None,
        _unique(table),
        is_identity,
    )


def _natural_key(model: type[Row] | type[IdentityRow]) -> tuple[str, ...]:
    """What people know a row by, or else what tells it from all others."""
    if model.about.natural_key:
        return model.about.natural_key
    columns = model.__table__.columns
    for unique in _unique(model.__table__):
        if not unique.where and all(info_of(columns[name]).exposed for name in unique.columns):
            return unique.columns
    return ()


def _unique(table: Table) -> tuple[Unique, ...]:
    """What tells the rows of a table apart but their key, always in the same order."""
    constraints = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    found = {Unique(tuple(str(column.name) for column in one.columns)) for one in constraints}
    for index in table.indexes:
        if index.unique:
            where = index.dialect_options["sqlite"]["where"]
            found.add(Unique(tuple(str(c.name) for c in index.columns), "" if where is None else str(where)))
    # What is told apart by the key and more is told apart by the key.
    return tuple(sorted((one for one in found if "id" not in one.columns), key=lambda one: (one.columns, one.where)))


def _part(column: Column[Any], recorded: RecordedColumn, known: dict[str, type[Row] | type[IdentityRow]]) -> KeyPart:
    referred = next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), None)
    target = known.get(str(referred))
    if target is None or len(target.about.natural_key) != 1:
        return KeyPart(column.name, recorded)
    other = target.__table__.columns[target.about.natural_key[0]]
    return KeyPart(column.name.removesuffix("_id"), recorded, str(referred), RecordedColumn(other.name, _kind(other)))


def _kind(column: Column[Any]) -> ValueKind:
    kinds = (
        (Moment, ValueKind.MOMENT),
        (Boolean, ValueKind.BOOLEAN),
        (Date, ValueKind.DATE),
        (Integer, ValueKind.INTEGER),
        (Numeric, ValueKind.NUMBER),
    )
    return next((kind for sa_type, kind in kinds if isinstance(column.type, sa_type)), ValueKind.TEXT)
