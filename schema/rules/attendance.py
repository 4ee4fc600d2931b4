"""Attendance bands: who may sit the final examination, who takes remedial work, who repeats.

The bands are those of the Ministry's evaluation guide (80 % and 60 %); hours are whole, comparisons exact.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from schema.rules.errors import RuleViolation


class AttendanceBand(StrEnum):
    """What a pupil's attendance in a subject entitles to."""

    EXAM = "EXAM"
    """Sits the final examination."""
    REMEDIAL = "REMEDIAL"
    """มส, mended by remedial work with a capped result."""
    REPEAT = "REPEAT"
    """มส, and the subject is repeated."""


@dataclass(frozen=True)
class AttendancePolicy:
    """Least shares of the held hours, in whole per cent."""

    exam_percent: int = 80
    remedial_percent: int = 60


STANDARD_ATTENDANCE = AttendancePolicy()


class ImpossibleHours(RuleViolation):
    """Attended hours lie between zero and the hours held, and some hours were held."""

    code: ClassVar[str] = "IMPOSSIBLE_HOURS"

    def __init__(self, attended: int, held: int) -> None:
        super().__init__(
            f"{attended} of {held} hours cannot be. Hours held are at least 1 and hours attended from 0 to hours held: "
            "correct the attendance record."
        )


def is_below_percent(attended: int, held: int, percent: int) -> bool:
    """Whether attended hours are less than `percent` of the hours held, compared exactly."""
    if held < 1 or not 0 <= attended <= held:
        raise ImpossibleHours(attended, held)
    return attended * 100 < held * percent


def judge_attendance(attended: int, held: int, policy: AttendancePolicy = STANDARD_ATTENDANCE) -> AttendanceBand:
    """The band of `attended` out of `held` hours: 32 of 40 sits the examination, 31 does not."""
    if not is_below_percent(attended, held, policy.exam_percent):
        return AttendanceBand.EXAM
    if not is_below_percent(attended, held, policy.remedial_percent):
        return AttendanceBand.REMEDIAL
    return AttendanceBand.REPEAT
