"""Moments as people read them: in Thailand's time, with the Buddhist year in Thai."""

from datetime import datetime, timedelta, timezone
from typing import Final

from schema.checking import Language

THAILAND: Final = timezone(timedelta(hours=7))
"""The country has one time, and no other in summer."""
_AHEAD: Final = 543
_ENGLISH: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_THAI: Final = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]


def shown(moment: datetime | None, language: Language) -> str:
    """A moment to the minute, as `9 Jun 2018 15:04` or `9 มิ.ย. 2561 15:04`; a dash for none."""
    if moment is None:
        return "–"  # noqa: RUF001 - an en dash is what people print
    local = moment.astimezone(THAILAND)
    months, year = (_THAI, local.year + _AHEAD) if language is Language.THAI else (_ENGLISH, local.year)
    return f"{local.day} {months[local.month - 1]} {year} {local:%H:%M}"
