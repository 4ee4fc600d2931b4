"""What a constraint of the database refused, in words: the last line, behind `schema.checking`.

The drivers name a constraint, or the columns of a unique one, in a text of their own; people are told the fields.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Table, UniqueConstraint

from admin.titles import title_of
from schema.checking import Language, Refusal
from schema.tables.columns import info_of
from schema.tables.declaration import Row

_SQLITE_UNIQUE: Final = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)")
_SQLITE_NAMED: Final = re.compile(r"(?:CHECK constraint failed: |UNIQUE constraint failed: index ')(?P<name>\w+)")
_NAMED: Final = re.compile(r'constraint "(?P<name>\w+)"')
_NULL: Final = re.compile(
    r'NOT NULL constraint failed: \w+\.(?P<sqlite>\w+)|null value in column "(?P<postgresql>\w+)"'
)
_FOREIGN: Final = re.compile(r"FOREIGN KEY constraint failed|violates foreign key constraint")
_OF_COLUMNS: Final = ("length", "known", "boolean", "range", "step")
_OURS: Final = {
    "may not overlap": ("OVERLAPS", "ช่วงเวลาทับซ้อนกับรายการอื่น กรุณาแก้ไขวันที่ของรายการนี้หรือรายการนั้น"),
}


def refusals_of_database(model: type[Row], text: str) -> tuple[Refusal, ...]:
    """Why the database refused to write a row of a table, by what its driver said."""
    table = model.__table__
    if found := _SQLITE_UNIQUE.search(text):
        columns = [part.strip().partition(".")[2] for part in found["columns"].split(",")]
        if all(columns):
            return _taken(table, columns)
    if found := _NULL.search(text):
        return _missing(table, found["sqlite"] or found["postgresql"])
    if _FOREIGN.search(text):
        return (_BROKEN,)
    if found := _SQLITE_NAMED.search(text) or _NAMED.search(text):
        return _constraint(table, found["name"])
    return (_by_trigger(text),)


def _constraint(table: Table, name: str) -> tuple[Refusal, ...]:
    for constraint in table.constraints:
        if constraint.name == name and isinstance(constraint, UniqueConstraint):
            return _taken(table, [column.name for column in constraint.columns])
    for index in table.indexes:
        if index.name == name and index.unique:
            return _taken(table, [column.name for column in index.columns])
    rule = name.removeprefix(f"ck_{table.name}_")
    column, _, kind = rule.rpartition("_")
    if kind in _OF_COLUMNS and column in table.columns:
        info = info_of(table.columns[column])
        return (
            Refusal(
                column,
                "REFUSED_BY_DATABASE",
                f"The value does not fit: {info.description} Correct it.",
                f"ค่าของ{info.label_th}ใช้ไม่ได้: {info.help_th} กรุณาแก้ไข",
            ),
        )
    shown = rule.replace("_", " ")
    return (
        Refusal(
            None,
            "REFUSED_BY_DATABASE",
            f"The row breaks the rule “{shown}”. Correct it.",
            f"รายการขัดกับกฎ “{shown}” กรุณาแก้ไข",
        ),
    )


def _taken(table: Table, names: Iterable[str]) -> tuple[Refusal, ...]:
    columns: list[Any] = [table.columns[name] for name in names if name in table.columns]
    english = ", ".join(title_of(column, Language.ENGLISH) for column in columns)
    thai = ", ".join(title_of(column, Language.THAI) for column in columns)
    # Beside the last of them: the others say within what it must be unique.
    field = next((column.name for column in reversed(columns) if not column.foreign_keys), None)
    return (
        Refusal(
            field,
            "TAKEN",
            f"Another row has this already ({english}). Change it, or edit the other row.",
            f"มีรายการอื่นที่ใช้ค่านี้แล้ว ({thai}) กรุณาเปลี่ยน หรือแก้ไขรายการนั้น",
        ),
    )


def _missing(table: Table, name: str) -> tuple[Refusal, ...]:
    column = table.columns[name]
    title, title_th = title_of(column, Language.ENGLISH), title_of(column, Language.THAI)
    return (Refusal(name, "REQUIRED", f"{title} is missing. Fill it in.", f"ยังไม่ได้กรอก{title_th} กรุณากรอก"),)


def _by_trigger(text: str) -> Refusal:
    for part, (code, thai) in _OURS.items():
        if part in text:
            return Refusal(None, code, f"{text[:1].upper()}{text[1:].rstrip('.')}.", thai)
    return Refusal(
        None, "REFUSED_BY_DATABASE", "The database refuses this row. Correct it.", "ฐานข้อมูลไม่รับรายการนี้ กรุณาแก้ไข"
    )


_BROKEN: Final = Refusal(
    None,
    "BROKEN_REFERENCE",
    "It refers to a row that is not there, or another row refers to it. Change those first.",
    "รายการนี้อ้างถึงรายการที่ไม่มีอยู่ หรือมีรายการอื่นอ้างถึงอยู่ กรุณาแก้ไขรายการเหล่านั้นก่อน",
)
