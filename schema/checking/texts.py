"""Values as texts: what a cell of a sheet or a field of a form says, and how a value is written there."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column

from schema.checking.days import day_of, in_ascii_digits
from schema.checking.declared import label_of, refusal_of_value
from schema.rules.rows import Refusal
from schema.tables.choices import choice_label_th
from schema.tables.columns import info_of


class Language(StrEnum):
    """In which words values, and pages, are written."""

    THAI = "th"
    ENGLISH = "en"

    def choose(self, english: str, thai: str) -> str:
        """The one of two texts that the reader reads."""
        return thai if self is Language.THAI else english


_WORDS: Final = {Language.THAI: ("ใช่", "ไม่ใช่"), Language.ENGLISH: ("yes", "no")}
_YES: Final = frozenset({"ใช่", "จริง", "yes", "y", "true", "t", "1", "1.0"})
_NO: Final = frozenset({"ไม่ใช่", "ไม่", "เท็จ", "no", "n", "false", "f", "0", "0.0"})
_WHOLE: Final = re.compile(r"([+-]?[0-9]{1,20})(?:\.0{1,20})?")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?")


def value_of_text(column: Column[Any], text: str) -> Any:  # noqa: ANN401 - the column's value
    """The value that a text says, or a Refusal. An empty text, and one of blanks alone, is no value: None.

    Blanks around it do not count. A number has a point and no separators; a choice is its value or what it is called
    in Thai or English; a yes or no is said in either language; a day, see :func:`schema.checking.days.day_of`. What
    the value must be besides, :func:`schema.checking.refusals_of` says; a foreign key is the surrogate key.
    """
    plain = text.strip()
    if not plain:
        return None
    kind = column.type.python_type
    if info_of(column).choices is not None:
        return _choice(column, plain)
    if kind is str:
        return plain
    value = _READERS[kind](plain)
    # A text that is no such value is refused as the declaration refuses any text there.
    return _unread(column, plain) if value is None else value


def text_of(column: Column[Any], value: Any, language: Language = Language.THAI) -> str:  # noqa: ANN401
    """A value as a text that :func:`value_of_text` reads back; None is empty, days are ISO 8601."""
    if value is None:
        return ""
    choices = info_of(column).choices
    if choices is not None:
        return _shown_choice(choices(value), language)
    if isinstance(value, bool):
        return _WORDS[language][0 if value else 1]
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _choice(column: Column[Any], text: str) -> str | Refusal:
    folded = " ".join(text.replace("_", " ").split()).casefold()
    for member in info_of(column).choices or ():
        if folded in (member.value.replace("_", " ").casefold(), choice_label_th(member).casefold()):
            return member.value
    return _unread(column, text)


def _shown_choice(member: StrEnum, language: Language) -> str:
    return choice_label_th(member) if language is Language.THAI else member.value


def _unread(column: Column[Any], text: str) -> Refusal:
    refusal = refusal_of_value(column, text)
    if refusal is None:
        msg = f"{label_of(column)} takes the text that it cannot be read from"
        raise AssertionError(msg)
    return refusal


def _whole(text: str) -> int | None:
    found = _WHOLE.fullmatch(in_ascii_digits(text))
    return int(found[1]) if found else None


def _number(text: str) -> Decimal | None:
    plain = in_ascii_digits(text)
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def _flag(text: str) -> bool | None:
    folded = text.casefold()
    return True if folded in _YES else False if folded in _NO else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


_READERS: Final[Mapping[type, Callable[[str], Any]]] = {
    int: _whole,
    Decimal: _number,
    bool: _flag,
    date: day_of,
    datetime: _moment,
}
