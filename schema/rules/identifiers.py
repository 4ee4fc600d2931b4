"""Numbers that name people and schools: national id, G-code, passport, school code.

Only ASCII digits are taken; Thai digits would be a second spelling of the same number.
"""

import re
from enum import StrEnum
from typing import ClassVar

from schema.rules.errors import RuleViolation

LOCAL_ADMINISTRATION = "30"
"""The first two digits of a municipal school's code."""

PROVINCES = frozenset(
    str(number)
    for first, last in ((10, 27), (30, 49), (50, 58), (60, 67), (70, 77), (80, 86), (90, 96))
    for number in range(first, last + 1)
)
"""The 77 province codes of ISO 3166-2:TH."""


class IdentifierKind(StrEnum):
    """The kinds of identifier a pupil may hold."""

    NATIONAL_ID = "NATIONAL_ID"
    G_CODE = "G_CODE"
    PASSPORT = "PASSPORT"


class IdentifierRefused(RuleViolation):
    """A number of the wrong shape, or with a wrong check digit. The number itself is personal and never repeated."""

    code: ClassVar[str] = "IDENTIFIER_REFUSED"

    def __init__(self, what: str, shape: str) -> None:
        super().__init__(f"This is not a {what}. Give {shape}.")


class SchoolCodeRefused(RuleViolation):
    """A school code that is not a municipal school's."""

    code: ClassVar[str] = "SCHOOL_CODE_REFUSED"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a municipal school's code. "
            f"Give 10 digits that begin with {LOCAL_ADMINISTRATION} and a province code, such as 3083000001.",
            f"{text!r} ไม่ใช่รหัสโรงเรียนเทศบาล "
            f"กรุณากรอกเลข 10 หลักที่ขึ้นต้นด้วย {LOCAL_ADMINISTRATION} และรหัสจังหวัด เช่น 3083000001",
        )


def calculate_check_digit(first_twelve: str) -> int:
    """The thirteenth digit of a national id: weights 13 down to 2, modulo 11.

    It does not see every slip: the third digit weighs 11 and so nothing, and remainders 0 and 10 share check digit 1.
    """
    total = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(13, 1, -1), strict=True))
    return (11 - total % 11) % 10


def parse_national_id(text: str) -> str:
    """The 13 digits of a national id; the spaces and hyphens of the printed form are dropped."""
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"[0-9]{13}", digits) or int(digits[12]) != calculate_check_digit(digits[:12]):
        raise IdentifierRefused("national id", "13 digits, the last being the check digit, as printed on the card")
    return digits


def parse_g_code(text: str) -> str:
    """The number of a child without papers: `G` and 12 digits, no check digit."""
    compact = text.strip().upper()
    if not re.fullmatch(r"G[0-9]{12}", compact):
        raise IdentifierRefused("G-code", "the letter G and 12 digits")
    return compact


def parse_passport(text: str, lengths: tuple[int, int] = (5, 9)) -> str:
    """A passport number in capitals: letters and digits, at least one digit, nine at most (ICAO 9303)."""
    compact = re.sub(r"[ -]", "", text).upper()
    least, most = lengths
    if not re.fullmatch(rf"(?=.*[0-9])[A-Z0-9]{{{least},{most}}}", compact):
        raise IdentifierRefused("passport number", f"{least} to {most} letters and digits, as printed in the passport")
    return compact


def parse_identifier(kind: IdentifierKind, text: str) -> str:
    """The normal form of an identifier of a stated kind."""
    match kind:
        case IdentifierKind.NATIONAL_ID:
            return parse_national_id(text)
        case IdentifierKind.G_CODE:
            return parse_g_code(text)
        case IdentifierKind.PASSPORT:
            return parse_passport(text)


def parse_school_code(text: str, provinces: frozenset[str] = PROVINCES) -> str:
    """A municipal school's code: 10 digits, `30`, then the province (83 is Phuket)."""
    if not re.fullmatch(rf"{LOCAL_ADMINISTRATION}[0-9]{{8}}", text) or text[2:4] not in provinces:
        raise SchoolCodeRefused(text)
    return text
