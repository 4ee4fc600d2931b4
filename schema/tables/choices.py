"""Enumerations whose members say what they are called in Thai."""

from enum import StrEnum
from typing import Self


class Choice(StrEnum):
    """An enumeration of a column: each member is its stored value, and knows its Thai label."""

    label_th: str

    def __new__(cls, value: str, label_th: str) -> Self:
        """Make a member of a value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_th = label_th
        return member


def choice_label_th(member: StrEnum) -> str:
    """What a member is called in Thai, or its value where nobody said."""
    return member.label_th if isinstance(member, Choice) else member.value
