"""Days as people write them in Thai offices and in sheets."""

import re
import unicodedata
from datetime import date
from typing import Final

from schema.rules.calendar import BUDDHIST_OFFSET, FIRST_YEAR

_MONTHS: Final = (
    ("มกราคม", "ม.ค."), ("กุมภาพันธ์", "ก.พ."), ("มีนาคม", "มี.ค."), ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."), ("มิถุนายน", "มิ.ย."), ("กรกฎาคม", "ก.ค."), ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."), ("ตุลาคม", "ต.ค."), ("พฤศจิกายน", "พ.ย."), ("ธันวาคม", "ธ.ค."),
)  # fmt: skip
_MONTH_OF: Final = {name.replace(".", ""): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?: 0?0:00(?::00)?)?")
_IN_WORDS: Final = re.compile(r"([0-9]{1,2}) ([^0-9 ]+) (?:พ\.ศ\. ?)?([0-9]{4})")


def day_of(text: str) -> date | None:
    """The day that a text names, or None: `2018-05-16`, `16/5/2561`, `16.5.2561`, `16 พ.ค. 2561`; Thai digits too.

    A day comes before its month. A year from 2400 on is of the Buddhist Era, whichever way it is written; one of two
    digits could be of either era and is none.
    """
    plain = in_ascii_digits(" ".join(text.split()))
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(plain):
        return _day(int(found[4]), int(found[3]), int(found[1]))
    if found := _IN_WORDS.fullmatch(plain):
        month = _MONTH_OF.get(found[2].replace(".", ""))
        return None if month is None else _day(int(found[3]), month, int(found[1]))
    return None


def in_common_era(day: date) -> date | None:
    """A day whose year may be of the Buddhist Era, as a sheet's own date that was typed so; None if there is none."""
    return _day(day.year, day.month, day.day)


def in_ascii_digits(text: str) -> str:
    """A text with every decimal digit, such as Thai ones, as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year - BUDDHIST_OFFSET if year >= FIRST_YEAR else year, month, day)
    except ValueError:
        return None
