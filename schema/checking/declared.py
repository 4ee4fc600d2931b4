"""What a column's declaration refuses of a value: its type, its length, its limits."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Protocol, cast

from sqlalchemy import Column, Table

from schema.rules.rows import Refusal
from schema.tables.choices import choice_label_th
from schema.tables.columns import info_of
from schema.tables.declaration import About

_BIGGEST: Final = 2**63 - 1
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, marks without a shape (a direction, a zero width), halves of pairs, and line ends."""


class Declared(Protocol):
    """A declared table: a row of records or of identities."""

    @property
    def about(self) -> About:
        """What is declared beyond its columns."""

    @property
    def __table__(self) -> Table:
        """Its columns."""


def written_columns(model: Declared) -> tuple[Column[Any], ...]:
    """The columns that people write: neither the key, nor the moment of the last change, nor the order of words."""
    return _written_columns(model.__table__)


def defaults_of(model: Declared) -> Mapping[str, Any]:
    """What stands in a column where nobody says; a column without a default is not among them."""
    # For a row of a file both are asked again and again.
    return _defaults(cast("Any", model))


@cache
def _written_columns(table: Table) -> tuple[Column[Any], ...]:
    return tuple(
        column
        for column in table.columns
        if not column.primary_key and column.name != "updated_at" and info_of(column).sorts is None
    )


@cache
def _defaults(model: type[Any]) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = getattr(model, "model_fields", {})
    found = {}
    for column in _written_columns(model.__table__):
        default = fields[column.name].default if column.name in fields else None
        if isinstance(default, (str, bool, int, Decimal, date)):
            found[column.name] = default
    return MappingProxyType(found)


def label_of(column: Column[Any]) -> str:
    """What a column is called in English: `grade_level_id` is "grade level", `name_th` "name in Thai"."""
    name = column.name.removesuffix("_id") if column.foreign_keys else column.name
    if name.endswith("_th"):
        name = f"{name.removesuffix('_th')} in Thai"
    return name.replace("_", " ")


def refusal_of_value(column: Column[Any], value: Any) -> Refusal | None:  # noqa: ANN401 - anything may come
    """What is wrong with a value by its column's declaration alone; None if nothing is. Never raises."""
    if value is None and column.nullable:
        return None
    found = None if value is None else _complaint(column, value)
    if value is not None and found is None:
        return None
    label, label_th = label_of(column), info_of(column).label_th
    if found is None:
        return Refusal(
            column.name, "REQUIRED", f"The {label} is missing. Fill it in.", f"ยังไม่ได้กรอก{label_th} กรุณากรอก"
        )
    code, message, message_th = found
    return Refusal(column.name, code, f"The {label} {message}", f"{label_th} {message_th}")


_Complaint = tuple[str, str, str]
"""A code, and what follows the label in English and in Thai."""


def _complaint(column: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    kind = column.type.python_type
    return _CHECKS[kind](column, value) if kind in _CHECKS else None


def _check_text(column: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if not isinstance(value, str):
        return "WRONG_TYPE", "is not text. Write it as text.", "ไม่ใช่ข้อความ กรุณากรอกเป็นข้อความ"
    if info_of(column).choices is not None:
        return _check_choice(column, value)
    return _check_characters(value) or _check_length(column, value)


def _check_characters(value: str) -> _Complaint | None:
    # Quick for nearly every text; what is not printable may still be a blank of another width.
    unseen = None if value.isprintable() else _first_unseen(value)
    if unseen is not None:
        name, place = f"U+{ord(value[unseen]):04X}", unseen + 1
        return (
            "CONTROL_CHARACTER",
            f"holds a character that cannot be seen ({name}, at place {place}). Type it again, in one line.",
            f"มีอักขระที่มองไม่เห็น ({name} ตำแหน่งที่ {place}) กรุณาพิมพ์ใหม่ในบรรทัดเดียว",
        )
    if value != value.strip():
        return (
            "BLANKS_AROUND",
            "has blanks before or after it. Take them away.",
            "มีช่องว่างข้างหน้าหรือข้างหลัง กรุณาลบออก",
        )
    return None


def _first_unseen(value: str) -> int | None:
    return next((place for place, char in enumerate(value) if unicodedata.category(char) in _UNSEEN), None)


def _check_length(column: Column[Any], value: str) -> _Complaint | None:
    if not value:
        return "EMPTY", "is empty. Fill it in.", "ว่างเปล่า กรุณากรอก"
    longest = info_of(column).max_length
    if longest is None or len(value) <= longest:
        return None
    return (
        "TOO_LONG",
        f"has {len(value)} characters. Write {longest} at most.",
        f"ยาว {len(value)} อักขระ กรุณากรอกไม่เกิน {longest} อักขระ",
    )


def _check_choice(column: Column[Any], value: str) -> _Complaint | None:
    choices = info_of(column).choices or ()
    if value in [member.value for member in choices]:
        return None
    known = ", ".join(member.value for member in choices)
    known_th = ", ".join(choice_label_th(member) for member in choices)
    return "UNKNOWN_CHOICE", f"is none of {known}. Choose one of them.", f"ต้องเป็นค่าใดค่าหนึ่งใน {known_th} กรุณาเลือก"


def _check_whole(column: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _BIGGEST:
        return (
            "WRONG_TYPE",
            "is not a whole number. Write digits alone, as 12.",
            "ไม่ใช่จำนวนเต็ม กรุณากรอกตัวเลข เช่น 12",
        )
    return _check_range(column, Decimal(value))


def _check_number(column: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if not isinstance(value, (int, Decimal)) or isinstance(value, bool) or not Decimal(value).is_finite():
        return "WRONG_TYPE", "is not a number. Write it as 1.5.", "ไม่ใช่ตัวเลข กรุณากรอก เช่น 1.5"
    exact, step = Decimal(value), info_of(column).step
    complaint = _check_range(column, exact)
    # In range first: the remainder of a number of a thousand digits has no room in a Decimal.
    if complaint is None and step is not None and exact % step != 0:
        return (
            "OFF_STEP",
            f"is {exact:f}, which is not a step of {step}. Give 0, {step}, {2 * step}, {3 * step} and so on.",
            f"คือ {exact:f} ซึ่งไม่ลงขั้นละ {step} กรุณากรอก 0, {step}, {2 * step}, {3 * step} เป็นต้น",
        )
    return complaint


def _check_range(column: Column[Any], value: Decimal) -> _Complaint | None:
    least, most = info_of(column).minimum, info_of(column).maximum
    if least is None or most is None or least <= value <= most:
        return None
    return (
        "OUT_OF_RANGE",
        f"is outside {least} to {most}. Give a number from {least} to {most}.",
        f"ไม่อยู่ระหว่าง {least} ถึง {most} กรุณากรอกตัวเลขในช่วงนี้",
    )


def _check_flag(_: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if isinstance(value, bool):
        return None
    return "WRONG_TYPE", "is neither yes nor no. Choose one.", "ต้องเป็นใช่หรือไม่ใช่ กรุณาเลือก"


def _check_day(_: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    return "WRONG_TYPE", "is not a date. Write it as 2018-05-16 or 16/5/2561.", "ไม่ใช่วันที่ กรุณากรอก เช่น 16/5/2561"


def _check_moment(_: Column[Any], value: Any) -> _Complaint | None:  # noqa: ANN401
    if isinstance(value, datetime) and value.tzinfo is not None:
        return None
    return (
        "WRONG_TYPE",
        "is not a moment with a time zone. Write it as 2018-05-16T09:00:00+07:00.",
        "ไม่ใช่วันเวลาที่มีเขตเวลา กรุณากรอก เช่น 2018-05-16T09:00:00+07:00",
    )


_CHECKS: Final[Mapping[type, Callable[[Column[Any], Any], _Complaint | None]]] = {
    str: _check_text,
    int: _check_whole,
    Decimal: _check_number,
    bool: _check_flag,
    date: _check_day,
    datetime: _check_moment,
}
