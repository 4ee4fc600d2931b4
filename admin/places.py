"""Where the words stand that people know a table's rows by: in which columns, of the row itself or of one it leads to.

A row that is known by other rows alone (a result, by its pupil and its section) is looked through: what refers to it is
known by those rows as well, and they are few where its own are many.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column

from admin.columns import target_of
from admin.readable import DEEPEST, known_by, words_of
from schema.tables.declaration import Row


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the row called `row`: a key of a row of `target`, whose place is so many tables deep, or a value."""

    row: str
    column: Column[Any]
    target: type[Row] | None = None
    depth: int = 0

    @property
    def name(self) -> str:
        """The column, as SQL calls it."""
        return f"{self.row}.{self.column.name}"


@dataclass(frozen=True, slots=True)
class Through:
    """A row of `table` that is looked through: `key` is the column that leads to it, of the row called `before`."""

    table: str
    before: str
    key: str


@dataclass(slots=True)
class Places:
    """The places of a table, whose row is called `row`, and by name the rows that are looked through."""

    row: str
    every: list[Place] = field(default_factory=list)
    through: dict[str, Through] = field(default_factory=dict)

    def way_from(self, row: str) -> list[str]:
        """The rows from one that is looked through to the table's own."""
        found = [row]
        while found[-1] in self.through:
            found.append(self.through[found[-1]].before)
        return found


def places_of(
    model: type[Row], row: str, known: Mapping[str, type[Row]], depth: int = DEEPEST, *, words: bool = True
) -> Places:
    """The places of a table, as deep as what people see of a row goes; `known` are the tables that are followed."""
    names = dict.fromkeys([*known_by(model), *(words_of(model) if words else ())])
    found = Places(row)
    for name in names or ("id",):
        column = model.__table__.columns[name]
        target = known.get(target_of(column) or "") if depth else None
        if target is None or column.nullable or not _is_known_by_others(target, known):
            found.every.append(Place(row, column, target, depth - 1))
            continue
        inner = places_of(target, f"{row}_{name}", known, depth - 1, words=False)
        found.every += inner.every
        found.through |= {inner.row: Through(str(target.__table__.name), row, name), **inner.through}
    return found


def _is_known_by_others(model: type[Row], known: Mapping[str, type[Row]]) -> bool:
    return all(_is_led_from(column, known) for column in _own(model))


def _is_led_from(column: Column[Any], known: Mapping[str, type[Row]]) -> bool:
    return not column.nullable and target_of(column) in known


def _own(model: type[Row]) -> Iterator[Column[Any]]:
    return (model.__table__.columns[name] for name in known_by(model) or ("id",))
