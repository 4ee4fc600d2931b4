"""What stands on the pages of imports and exports: tables, states and values in the reader's language."""

from dataclasses import dataclass
from typing import Final

from admin.sheets.layout import sheet_tables
from admin.sheets.planning import Change, Planned, State
from schema.checking import Language, label_of, text_of
from schema.tables.columns import info_of
from schema.tables.declaration import Row

STATES: Final[dict[State, tuple[str, str]]] = {
    State.REFUSED: ("Refused", "ไม่ผ่าน"),
    State.NEW: ("New", "เพิ่มใหม่"),
    State.CHANGED: ("Changed", "แก้ไข"),
    State.UNCHANGED: ("Unchanged", "เหมือนเดิม"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A table to choose."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a preview as it is shown; `told` are what is wrong with it, or what would change."""

    number: int
    shown: str
    told: tuple[str, ...]


def tables_in(language: Language) -> list[Choice]:
    """The tables, by what they are called."""
    found = [Choice(str(model.__table__.name), name_of(model, language)) for model in sheet_tables()]
    return sorted(found, key=lambda choice: choice.label)


def name_of(model: type[Row], language: Language) -> str:
    """What a table is called."""
    return language.choose(str(model.__table__.name).replace("_", " "), model.about.label_th)


def line_of(model: type[Row], row: Planned, language: Language) -> Line:
    """A row of a preview."""
    if row.state is State.REFUSED:
        told = tuple(language.choose(each.message, each.message_th) for each in row.refusals)
    else:
        told = tuple(_change(model, name, change, language) for name, change in row.changes.items())
    return Line(row.line, row.shown, told)


def _change(model: type[Row], name: str, change: Change, language: Language) -> str:
    column = model.__table__.columns[name]
    label = language.choose(label_of(column), info_of(column).label_th)
    if change.names is not None:
        before, after = change.names
    else:
        before, after = text_of(column, change.before, language), text_of(column, change.after, language)
    return f"{label}: {before or '-'} → {after or '-'}"
