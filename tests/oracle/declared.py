"""What the tables declare of the graph: types, and the fields that stand for columns and relations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Column

from schema.tables import Row, tables
from schema.tables.columns import Years, info_of
from schema.tables.declaration import YEAR, Kind, Link, Shortcut

Model: TypeAlias = type[Row]


@dataclass(frozen=True, slots=True)
class Stored:
    """A column's value."""

    column: Column[Any]


@dataclass(frozen=True, slots=True)
class Reference:
    """The row that a foreign key of this row refers to."""

    column: str
    target: Model


@dataclass(frozen=True, slots=True)
class Reverse:
    """The rows of `source` whose foreign key refers to this row."""

    source: Model
    column: str
    years: Years | None


@dataclass(frozen=True, slots=True)
class Linked:
    """The rows that rows of `through` link to this one; at most one where the link says so."""

    through: Model
    link: Link
    target: Model


@dataclass(frozen=True, slots=True)
class ShortcutReverse:
    """The rows of `source` whose shortcut leads to this row."""

    source: Model
    shortcut: Shortcut


Field: TypeAlias = Stored | Reference | Reverse | Linked | Shortcut | ShortcutReverse


def camel(name: str) -> str:
    """`academic_year` as `academicYear`; a name in camel case already stays."""
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


@cache
def exposed() -> dict[str, Model]:
    """The tables that are types of the graph, by the type's name."""
    return {model.__name__: model for model in tables() if model.about.exposed}


@cache
def node_types() -> frozenset[str]:
    """The types whose rows have a global id."""
    return frozenset(name for name, model in exposed().items() if model.about.kind is not Kind.DERIVED)


def table_of(model: Model) -> str:
    """The name of a table."""
    return str(model.__table__.name)


def has_year(model: Model) -> bool:
    """Whether a table's rows belong to a school year."""
    return YEAR in model.__table__.columns


def order_of(model: Model) -> tuple[str, ...]:
    """The columns that rows are in order of: what is declared, or the school year; the key where those are alike."""
    declared = model.about.order or ((YEAR,) if has_year(model) else ())
    return (*declared, "id")


def referred(column: Column[Any]) -> Model | None:
    """The exposed table that a foreign key refers to."""
    tables_referred = {key.column.table.name for key in column.foreign_keys if key.column.name == "id"}
    return next((model for model in exposed().values() if table_of(model) in tables_referred), None)


@cache
def fields_of(model: Model) -> dict[str, Field]:
    """The fields of a type that follow from the declarations; `id` and what is computed are not among them."""
    return dict((*_own(model), *_of_others(model)))


def target_of(model: Model, name: str) -> Model | None:
    """The table that a to-one relation leads to; None for any other field."""
    declared = fields_of(model).get(name)
    if isinstance(declared, Shortcut):
        found: Model | None = model
        for step in declared.path:
            found = None if found is None else target_of(found, camel(step))
        return found
    if isinstance(declared, Reference) or (isinstance(declared, Linked) and not declared.link.many):
        return declared.target
    return None


def _own(model: Model) -> Iterator[tuple[str, Field]]:
    for column in model.__table__.columns:
        info = info_of(column)
        target = referred(column)
        if target is not None:
            yield camel(str(info.one)), Reference(column.name, target)
        elif info.exposed and not column.foreign_keys:
            yield info.called or camel(column.name), Stored(column)
    for shortcut in model.about.shortcuts:
        yield camel(shortcut.name), shortcut


def _of_others(model: Model) -> Iterator[tuple[str, Field]]:
    for other in exposed().values():
        columns = other.__table__.columns
        for column in columns:
            info = info_of(column)
            if info.many is not None and referred(column) is model:
                yield camel(info.many), Reverse(other, column.name, info.years)
        for shortcut in other.about.shortcuts:
            if shortcut.many is not None and _end_of(other, shortcut.path) is model:
                yield camel(shortcut.many), ShortcutReverse(other, shortcut)
        for link in other.about.links:
            target = referred(columns[link.target])
            if target is not None and referred(columns[link.source]) is model:
                yield link.name, Linked(other, link, target)


def _end_of(model: Model, path: tuple[str, ...]) -> Model:
    """The table that relations, followed one after another, lead to."""
    for name in path:
        column = next(column for column in model.__table__.columns if info_of(column).one == name)
        found = referred(column)
        assert found is not None
        model = found
    return model
