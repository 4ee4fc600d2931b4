"""Which columns a table's sheet has: its own, and for a foreign key the natural key of the row referred to."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Column

from schema.checking import defaults_of, label_of, written_columns
from schema.tables.columns import info_of
from schema.tables.declaration import Kind, Row, tables


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet. `path` leads from the table to the column whose values stand in it.

    `is_required` says that its header must be there and no cell of it empty. Where the row referred to is itself told
    by a row that the table refers to too, `shared` is the path of the column that stands for it when it is left out:
    a subject's learning area is, unless told otherwise, of the subject's own curriculum.
    """

    path: tuple[str, ...]
    leaf: Column[Any]
    label: str
    label_th: str
    help: str
    help_th: str
    is_required: bool
    shared: tuple[str, ...] | None = None

    @property
    def header(self) -> str:
        """What stands above it: in Thai, with the English beside."""
        return f"{self.label_th} ({self.label})"

    @property
    def headers(self) -> frozenset[str]:
        """All that may stand above it, folded."""
        return frozenset(map(fold, (self.header, self.label, self.label_th)))


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet of a table."""

    model: type[Row]
    columns: tuple[SheetColumn, ...]
    places: dict[tuple[str, ...], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.places.update({column.path: place for place, column in enumerate(self.columns)})

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.model.__table__.name)

    def of(self, name: str) -> tuple[SheetColumn, ...]:
        """The sheet's columns that tell one column of the table."""
        return tuple(column for column in self.columns if column.path[0] == name)


def fold(header: str) -> str:
    """A header without regard to case, to blanks and underscores, and to a mark of what is required."""
    plain = unicodedata.normalize("NFC", header).replace("_", " ").replace("*", " ")
    return " ".join(plain.split()).casefold()


def sheet_tables() -> tuple[type[Row], ...]:
    """The tables that come in and go out as sheets: the reference tables, in the order of declaration."""
    exposed = (model for model in tables() if model.about.exposed)
    return tuple(model for model in exposed if model.about.kind is Kind.REFERENCE and model.about.natural_key)


@cache
def layout_of(model: type[Row]) -> Layout:
    """The sheet of a table: what its natural key is made of comes first, then the columns as they are declared.

    As in the graph and in the console, what is not exposed is not there.
    """
    defaults = defaults_of(model)
    known_by = model.about.natural_key
    exposed = [column for column in written_columns(model) if info_of(column).exposed]
    columns = sorted(exposed, key=lambda column: column.name not in known_by)
    found: list[SheetColumn] = []
    for column in columns:
        is_required = not column.nullable and column.name not in defaults
        found += _columns_of(model, column, (column.name,), is_required=is_required)
    return Layout(model, tuple(found))


def model_of(column: Column[Any]) -> type[Row] | None:
    """The declared table that a foreign key refers to; None for any other column."""
    target = next((key.column.table for key in column.foreign_keys if key.column.name == "id"), None)
    return next((model for model in tables() if model.__table__ is target), None)


def _columns_of(
    model: type[Row],
    column: Column[Any],
    path: tuple[str, ...],
    *,
    is_required: bool,
    names: tuple[str, str] = ("", ""),
) -> list[SheetColumn]:
    label = f"{names[0]} {label_of(column)}".strip()
    label_th = f"{names[1]}: {info_of(column).label_th}" if names[1] else info_of(column).label_th
    target = model_of(column)
    if target is None or not target.about.natural_key:
        info = info_of(column)
        return [SheetColumn(path, column, label, label_th, info.description, info.help_th, is_required)]
    found = []
    for name in target.about.natural_key:
        part = target.__table__.columns[name]
        found += _columns_of(model, part, (*path, name), is_required=is_required, names=(label, label_th))
    if len(path) > 1:
        return [_shared(model, column, each, at=len(path)) for each in found]
    return found


def _shared(model: type[Row], column: Column[Any], found: SheetColumn, at: int) -> SheetColumn:
    """A part that is told by a row which the table refers to by itself too: it may be left out."""
    own = [each.name for each in written_columns(model) if model_of(each) is model_of(column)]
    if len(own) != 1 or own[0] == found.path[0]:
        return found
    return SheetColumn(
        found.path,
        found.leaf,
        found.label,
        found.label_th,
        found.help,
        found.help_th,
        is_required=False,
        shared=(own[0], *found.path[at:]),
    )
