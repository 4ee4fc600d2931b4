"""What a change is in the reader's words: its table, what was done, who did it, and its columns beside each other."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Column

from hub.console.history.stored import Change
from hub.console.moments import shown
from hub.database import moment
from hub.history.stored import Value, read
from schema.checking import Language, label_of, text_of
from schema.history import Face, Operation, RecordedColumn, ValueKind, recorded_tables
from schema.history.recorded import SECRET, SECRET_CHANGED
from schema.identity import IdentityRow, identity_tables
from schema.tables import Row, tables
from schema.tables.columns import info_of
from schema.tables.declaration import About

OPERATIONS: Final[Mapping[Operation, tuple[str, str]]] = {
    Operation.INSERT: ("added", "เพิ่ม"),
    Operation.UPDATE: ("changed", "แก้ไข"),
    Operation.DELETE: ("deleted", "ลบ"),
    Operation.LOAD: ("table loaded", "นำเข้าทั้งตาราง"),
    Operation.ERASE: ("pupil erased", "ลบข้อมูลนักเรียน"),
}
FACES: Final[Mapping[Face, tuple[str, str]]] = {
    Face.CONSOLE: ("console", "ส่วนจัดการ"),
    Face.GRAPHQL: ("GraphQL", "GraphQL"),
    Face.CLI: ("command line", "บรรทัดคำสั่ง"),
    Face.IMPORT: ("import", "นำเข้าไฟล์"),
    Face.PAGE: ("page of one's own account", "หน้าบัญชีของผู้ใช้"),
    Face.SQL: ("SQL", "SQL"),
}
_SECRETS: Final = {SECRET: ("(secret)", "(ความลับ)"), SECRET_CHANGED: ("(secret, changed)", "(ความลับ เปลี่ยนแล้ว)")}
_NONE: Final = "–"  # noqa: RUF001 - an en dash is what people print


@dataclass(frozen=True, slots=True)
class Side:
    """A column of a row, before and after; `refers` is the table of the row whose key it holds, if it is recorded."""

    label: str
    before: str
    after: str
    changed: bool
    refers: str | None


def tables_in(language: Language) -> list[tuple[str, str]]:
    """The names of the recorded tables, each with what it is called, in the order of that."""
    found = [(table.name, table_called(table.name, language)) for table in recorded_tables()]
    return sorted(found, key=lambda pair: pair[1])


def table_called(name: str, language: Language) -> str:
    """What a table is called; one that is not there any more by its name."""
    about = _abouts().get(name)
    return language.choose(name.replace("_", " "), about.label_th if about else name)


def row_called(change: Change) -> str:
    """What people know the row by; of a pupil's row its number, and of a whole table nothing."""
    if change.row is None:
        return ""
    if change.key is None or change.is_of_pupil:
        return f"#{change.row}"
    return key_called(change.key)


def key_called(key: str) -> str:
    """A natural key as one text, as the refusals of a deletion say it."""
    return " / ".join(_NONE if value is None else str(value) for value in json.loads(key, parse_float=str).values())


def actor_called(change: Change, language: Language) -> str:
    """Who made a change, by the name they had then."""
    return change.actor_name or change.actor_key or language.choose("not known", "ไม่ทราบ")


def sides_of(change: Change, language: Language) -> list[Side]:
    """The columns of the row before and after; none where nothing is held."""
    if change.operation in (Operation.LOAD, Operation.ERASE):
        return []
    before = read(change.before) if change.before else {}
    after = read(change.after) if change.after else {}
    table = next((table for table in recorded_tables() if table.name == change.table), None)
    recorded = {column.name: column for column in table.columns} if table else {}
    known = {one.name for one in recorded_tables()}
    found = []
    for name in dict.fromkeys((*before, *after)):
        column = table.table.columns[name] if table and name in recorded else None
        say = partial(_value, column, recorded.get(name), language=language)
        changed = (
            bool(before) and bool(after) and (before.get(name) != after.get(name) or after.get(name) == SECRET_CHANGED)
        )
        found.append(
            Side(
                _label(name, column, language),
                say(before.get(name)),
                say(after.get(name)),
                changed,
                _refers(column, known),
            )
        )
    return found


def told_of_many(change: Change, language: Language) -> str:
    """What is told of a change of many rows: how many a load left, how many changes an erasure took."""
    told = json.loads(change.after) if change.after else {}
    if "rows" in told:
        return language.choose(
            f"The whole table was written at once; it has {told['rows']:,} rows since.",
            f"เขียนทั้งตารางในคราวเดียว จากนั้นมี {told['rows']:,} ระเบียน",
        )
    count = len(told.get("changes", ()))
    return language.choose(
        f"The pupil was made anonymous, and what {count:,} changes held was taken away.",
        f"ทำให้ไม่ทราบว่าเป็นนักเรียนคนใด และลบสิ่งที่การเปลี่ยนแปลง {count:,} รายการเก็บไว้",
    )


def _label(name: str, column: Column[Any] | None, language: Language) -> str:
    if column is None:
        return name
    return language.choose(label_of(column), info_of(column).label_th)


def _value(column: Column[Any] | None, recorded: RecordedColumn | None, value: Value, *, language: Language) -> str:
    if value is None:
        return _NONE
    if isinstance(value, str) and value in _SECRETS and recorded is not None and recorded.secret:
        return language.choose(*_SECRETS[value])
    if column is None or recorded is None:
        return str(value)
    if recorded.kind is ValueKind.MOMENT:
        return shown(moment(value), language)
    choices = info_of(column).choices
    if isinstance(value, bool) or (choices is not None and value in {choice.value for choice in choices}):
        return text_of(column, value, language)
    return str(value)


def _refers(column: Column[Any] | None, known: set[str]) -> str | None:
    targets = (
        () if column is None else [key.column.table.name for key in column.foreign_keys if key.column.name == "id"]
    )
    return next((str(name) for name in targets if name in known), None)


def _abouts() -> dict[str, About]:
    models: list[type[Row | IdentityRow]] = [*tables(), *identity_tables()]
    return {str(model.__table__.name): model.about for model in models}
