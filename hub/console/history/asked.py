"""Which changes are asked for, as the address of the list says, and the condition that finds them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from hub.console.moments import THAILAND
from hub.errors import BadInputError
from schema.compiler.reading import Dialect
from schema.history import Face, Operation, recorded_tables

NAMES: Final = ("table", "row", "key", "actor", "operation", "face", "from", "to")
"""The filters, as addresses call them."""

_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST: Final = 200  # characters
_YEARS: Final = range(1900, 2400)
"""Of the Common Era; a day of a Buddhist year is mistaken for one far ahead."""

Value: TypeAlias = str | int | datetime
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters that were filled in; `first` is the moment from which changes count, `end` the one before which."""

    table: str | None = None
    row: int | None = None
    key: str | None = None
    actor: str | None = None
    operation: Operation | None = None
    face: Face | None = None
    first: datetime | None = None
    end: datetime | None = None
    before: int | None = None


def asked_of(given: Mapping[str, str]) -> Asked:
    """The filters of an address. Raises BadInputError."""
    texts = {name: given.get(name, "").strip() for name in (*NAMES, "before")}
    for text in texts.values():
        if len(text) > _LONGEST or "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise BadInputError(
                "A filter is too long, or has signs that no text has.", "ตัวกรองยาวเกินไป หรือมีอักขระที่ใช้ไม่ได้"
            )
    names = {table.name for table in recorded_tables()}
    if texts["table"] and texts["table"] not in names:
        raise BadInputError("There is no such table. Choose one of the list.", "ไม่มีตารางนี้ กรุณาเลือกจากรายการ")
    last = _day(texts["to"])
    return Asked(
        texts["table"] or None,
        _number(texts["row"]),
        texts["key"] or None,
        texts["actor"] or None,
        _choice(texts["operation"], Operation),
        _choice(texts["face"], Face),
        _begin(_day(texts["from"])),
        _begin(None if last is None else last + timedelta(days=1)),
        _number(texts["before"]),
    )


def condition_of(asked: Asked, dialect: Dialect) -> tuple[str, list[Value]]:
    """A condition over `change_log AS c`, with its parameters.

    By what people know a row by, none of a pupil's is found: the list shows no such thing, and so it is no way to ask.
    """
    parts, values = ["1 = 1"], list[Value]()

    def add(template: str, value: Value | None, make: Callable[[str], str] = str) -> None:
        if value is not None:
            values.append(make(value) if isinstance(value, str) else value)
            parts.append(template.format(f"${len(values)}"))

    # Both engines fold the letters of ASCII alone.
    folded = 'lower({} COLLATE "C")' if dialect is Dialect.POSTGRESQL else "lower({})"
    found = f"{folded} LIKE {{}} ESCAPE '!'"
    pupils = ", ".join(f"'{name}'" for name in sorted(pupils_tables())) or "''"
    # Of SQLite's indexes that of a table's rows gives no order: all changes of the table would be sorted to list some.
    walked = "+" if dialect is Dialect.SQLITE and asked.row is None else ""
    add(f"{walked}c.table_name = {{}}", asked.table)
    add("c.row_id = {}", asked.row)
    add(
        f"{found.format('c.key', '{}')} AND c.student_id IS NULL AND c.former_student_id IS NULL"
        f" AND c.table_name NOT IN ({pupils})",
        asked.key,
        _pattern,
    )
    add(f"({found.format('c.actor_name', '{0}')} OR {found.format('c.actor_key', '{0}')})", asked.actor, _pattern)
    add("c.operation = {}", asked.operation and asked.operation.value)
    add("c.face = {}", asked.face and asked.face.value)
    add("c.at >= {}", _bound(asked.first, dialect))
    add("c.at < {}", _bound(asked.end, dialect))
    add("c.id < {}", asked.before)
    return " AND ".join(parts), values


def pupils_tables() -> frozenset[str]:
    """The names of the tables whose rows are records of pupils."""
    return frozenset(table.name for table in recorded_tables() if table.pupil is not None)


def _pattern(text: str) -> str:
    escaped = re.sub(r"[!%_]", r"!\g<0>", text)
    return "%" + "".join(sign.lower() if sign.isascii() else sign for sign in escaped) + "%"


def _bound(moment: datetime | None, dialect: Dialect) -> str | datetime | None:
    if moment is None or dialect is Dialect.POSTGRESQL:
        return moment
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _begin(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), THAILAND)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise BadInputError("The number of a row is a whole number.", "รหัสระเบียนต้องเป็นจำนวนเต็ม")
    return int(text)


def _day(text: str) -> date | None:
    if not text:
        return None
    wrong = BadInputError(
        "Write a day as 2018-06-09, in a year of the Common Era (B.E. less 543).",
        "กรุณากรอกวันที่เช่น 2018-06-09 เป็นปี ค.ศ. (พ.ศ. ลบ 543)",
    )
    if not _DAY.fullmatch(text):
        raise wrong
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if day.year not in _YEARS:
        raise wrong
    return day


def _choice(text: str, choices: type[_Choice]) -> _Choice | None:
    try:
        return choices(text) if text else None
    except ValueError:
        raise BadInputError("There is no such choice in a list. Choose again.", "ไม่มีตัวเลือกนี้ กรุณาเลือกใหม่") from None
