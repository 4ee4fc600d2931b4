"""Subject codes such as ท21101: area, stage, year in stage, basic or additional, running number.

The shape is that of the Basic Education Core Curriculum B.E. 2551. Learner development activities, which it gives no
codes, are written alike with a 9 in the place of basic or additional, as ก21901: common practice.
"""

import re
from collections.abc import Collection, Mapping
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


ACTIVITY_DIGIT = "9"
"""The third digit of a code that is an activity's."""

STANDARD_SUBJECT_CODES = SubjectCodePolicy()


class SubjectCodeRefused(RuleViolation):
    """A code that breaks the shape; the message names the first part that does."""

    code: ClassVar[str] = "SUBJECT_CODE_REFUSED"

    def __init__(self, text: str, reason: str, reason_th: str, example: str = "ท21101") -> None:
        super().__init__(
            f"{text!r} is not a subject code: {reason}. Give a code such as {example}.",
            f"{text!r} ไม่ใช่รหัสวิชา: {reason_th} กรุณากรอกรหัส เช่น {example}",
        )


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


@dataclass(frozen=True)
class ActivityCode:
    """The parts of an activity's code. `year` counts within the stage; None means any year of it."""

    letter: str
    stage: Stage
    year: int | None
    number: int

    @property
    def level(self) -> str | None:
        """The Thai name of the grade level; None for any year of the stage."""
        return None if self.year is None else name_level(self.stage, self.year)


def parse_subject_code(text: str, policy: SubjectCodePolicy = STANDARD_SUBJECT_CODES) -> SubjectCode:
    """The parts of a code, or a refusal that names the part at fault: ท24101 has no such year."""
    letter, stage, year, kind_digit, number = _split(text, policy.letters)
    if kind_digit not in "12":
        raise SubjectCodeRefused(text, "its third digit is 1 basic or 2 additional", "หลักที่สามคือ 1 พื้นฐาน หรือ 2 เพิ่มเติม")
    kind = SubjectKind.BASIC if kind_digit == "1" else SubjectKind.ADDITIONAL
    if year == 0 and not (policy.additional_any_year and kind is SubjectKind.ADDITIONAL):
        raise _year_refused(text, stage)
    return SubjectCode(letter, policy.letters[letter], stage, year or None, kind, number)


def parse_activity_code(text: str, letters: Collection[str] = ("ก",)) -> ActivityCode:
    """The parts of an activity's code, or a refusal that names the part at fault."""
    letter, stage, year, kind_digit, number = _split(text, letters, "ก21901")
    if kind_digit != ACTIVITY_DIGIT:
        raise SubjectCodeRefused(
            text,
            f"the third digit of an activity's is {ACTIVITY_DIGIT}",
            f"หลักที่สามของกิจกรรมพัฒนาผู้เรียนคือ {ACTIVITY_DIGIT}",
            "ก21901",
        )
    return ActivityCode(letter, stage, year or None, number)


def _split(text: str, letters: Collection[str], example: str = "ท21101") -> tuple[str, Stage, int, str, int]:
    """Letter, stage, year (0: none is named), the digit of the kind, running number."""
    if not re.fullmatch(r"\D[0-9]{5}", text):
        raise SubjectCodeRefused(
            text,
            "it is one letter and five digits without spaces",
            "ต้องเป็นอักษรหนึ่งตัวและเลขอารบิกห้าหลัก ไม่เว้นวรรค",
            example,
        )
    letter, stage_digit, year, kind_digit, number = text[0], text[1], int(text[2]), text[3], int(text[4:])
    if letter not in letters:
        known = " ".join(letters)
        raise SubjectCodeRefused(text, f"its letter is one of {known}", f"อักษรนำต้องเป็น {known}", example)
    if stage_digit not in "123":
        raise SubjectCodeRefused(
            text,
            "its first digit is 1 primary, 2 lower or 3 upper secondary",
            "หลักแรกคือ 1 ประถมศึกษา 2 มัธยมศึกษาตอนต้น หรือ 3 มัธยมศึกษาตอนปลาย",
            example,
        )
    stage = Stage(int(stage_digit))
    if year > stage.years:
        raise _year_refused(text, stage)
    if number == 0:
        raise SubjectCodeRefused(text, "its last two digits run from 01", "สองหลักท้ายเริ่มที่ 01", example)
    return letter, stage, year, kind_digit, number


def _year_refused(text: str, stage: Stage) -> SubjectCodeRefused:
    return SubjectCodeRefused(
        text,
        f"its second digit is the year in the stage, 1 to {stage.years}",
        f"หลักที่สองคือปีในช่วงชั้น 1 ถึง {stage.years}",
    )
