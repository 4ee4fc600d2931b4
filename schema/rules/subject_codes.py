"""Subject codes such as ท21101: area, stage, year in stage, basic or additional, running number.

The shape is that of the Basic Education Core Curriculum B.E. 2551.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

from schema.rules.errors import RuleViolation
from schema.rules.stages import Stage, name_level


class Area(StrEnum):
    """The eight learning areas."""

    THAI = "THAI"
    MATHEMATICS = "MATHEMATICS"
    SCIENCE = "SCIENCE"
    SOCIAL_STUDIES = "SOCIAL_STUDIES"
    HEALTH = "HEALTH"
    ARTS = "ARTS"
    OCCUPATIONS = "OCCUPATIONS"
    FOREIGN_LANGUAGES = "FOREIGN_LANGUAGES"


class SubjectKind(StrEnum):
    """Whether every pupil takes the subject or the school adds it."""

    BASIC = "BASIC"
    ADDITIONAL = "ADDITIONAL"


AREA_LETTERS: Mapping[str, Area] = MappingProxyType(
    {
        "ท": Area.THAI,
        "ค": Area.MATHEMATICS,
        "ว": Area.SCIENCE,
        "ส": Area.SOCIAL_STUDIES,
        "พ": Area.HEALTH,
        "ศ": Area.ARTS,
        "ง": Area.OCCUPATIONS,
        "อ": Area.FOREIGN_LANGUAGES,  # English
        "ญ": Area.FOREIGN_LANGUAGES,  # Japanese
        "จ": Area.FOREIGN_LANGUAGES,  # Chinese
        "ฝ": Area.FOREIGN_LANGUAGES,  # French
        "ย": Area.FOREIGN_LANGUAGES,  # German
    }
)


@dataclass(frozen=True)
class SubjectCodePolicy:
    """What a school's codes may hold.

    `letters` grows with the languages taught. `additional_any_year` takes 0 as the year of an additional subject that
    may be taken in any year of its stage, as schools' printed curricula do (อ20201).
    """

    letters: Mapping[str, Area] = field(default_factory=lambda: AREA_LETTERS)
    additional_any_year: bool = True


STANDARD_SUBJECT_CODES = SubjectCodePolicy()


class SubjectCodeRefused(RuleViolation):
    """A code that breaks the shape; the message names the first part that does."""

    code: ClassVar[str] = "SUBJECT_CODE_REFUSED"

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{text!r} is not a subject code: {reason}. Give a code such as ท21101.")


@dataclass(frozen=True)
class SubjectCode:
    """The parts of a subject code. `year` counts within the stage; None means any year of it."""

    letter: str
    area: Area
    stage: Stage
    year: int | None
    kind: SubjectKind
    number: int

    @property
    def level(self) -> str | None:
        """The Thai name of the grade level, such as ม.1; None for any year of the stage."""
        return None if self.year is None else name_level(self.stage, self.year)

    def __str__(self) -> str:
        kind = 1 if self.kind is SubjectKind.BASIC else 2
        return f"{self.letter}{self.stage.value}{self.year or 0}{kind}{self.number:02}"


def parse_subject_code(text: str, policy: SubjectCodePolicy = STANDARD_SUBJECT_CODES) -> SubjectCode:
    """The parts of a code, or a refusal that names the part at fault: ท24101 has no such year."""
    if not re.fullmatch(r"\D[0-9]{5}", text):
        raise SubjectCodeRefused(text, "it is one letter and five digits without spaces")
    letter, stage_digit, year_digit, kind_digit, number = text[0], text[1], int(text[2]), text[3], int(text[4:])
    area = policy.letters.get(letter)
    if area is None:
        raise SubjectCodeRefused(text, f"its letter is one of {' '.join(policy.letters)}")
    if stage_digit not in "123":
        raise SubjectCodeRefused(text, "its first digit is 1 primary, 2 lower or 3 upper secondary")
    if kind_digit not in "12":
        raise SubjectCodeRefused(text, "its third digit is 1 basic or 2 additional")
    if number == 0:
        raise SubjectCodeRefused(text, "its last two digits run from 01")
    stage = Stage(int(stage_digit))
    kind = SubjectKind.BASIC if kind_digit == "1" else SubjectKind.ADDITIONAL
    takes_any_year = policy.additional_any_year and kind is SubjectKind.ADDITIONAL
    if year_digit > stage.years or (year_digit == 0 and not takes_any_year):
        raise SubjectCodeRefused(text, f"its second digit is the year in the stage, 1 to {stage.years}")
    return SubjectCode(letter, area, stage, year_digit or None, kind, number)
