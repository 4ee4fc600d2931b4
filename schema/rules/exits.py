"""Leaving school: why, and whether that is dropping out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from schema.rules.calendar import AcademicYear
from schema.rules.errors import RuleViolation


@dataclass(frozen=True)
class ExitReason:
    """One row of the exit reason table; the flag, not the code, decides what counts as dropping out."""

    code: str
    label: str
    counts_dropout: bool


STANDARD_EXIT_REASONS: tuple[ExitReason, ...] = (
    ExitReason("GRADUATED", "จบการศึกษา", counts_dropout=False),
    ExitReason("TRANSFERRED", "ย้ายสถานศึกษา", counts_dropout=False),
    ExitReason("DIED", "ถึงแก่กรรม", counts_dropout=False),
    ExitReason("UNTRACEABLE", "ไม่มีตัวตน", counts_dropout=True),
    ExitReason("RESIGNED", "ลาออก", counts_dropout=True),
    ExitReason("OVER_AGE", "พ้นเกณฑ์การศึกษาภาคบังคับโดยไม่จบ", counts_dropout=True),
)
"""The reasons for striking a pupil off the roll; a move within the city is a transfer."""


class ReentryBeforeExit(RuleViolation):
    """A pupil cannot come back before leaving."""

    code: ClassVar[str] = "REENTRY_BEFORE_EXIT"

    def __init__(self, left_on: date, reentered_on: date) -> None:
        super().__init__(f"Re-entry on {reentered_on} lies before the exit on {left_on}. Correct one of the two days.")


@dataclass(frozen=True)
class Exit:
    """One exit of a pupil, and the day of the next entry anywhere in the city, if there was one."""

    pupil: str
    reason: ExitReason
    left_on: date
    reentered_on: date | None = None

    def __post_init__(self) -> None:
        if self.reentered_on is not None and self.reentered_on < self.left_on:
            raise ReentryBeforeExit(self.left_on, self.reentered_on)


def find_dropouts(exits: Iterable[Exit], year: AcademicYear) -> frozenset[str]:
    """Pupils who left in the year for a reason that counts as dropping out and had not come back by its end."""
    return frozenset(
        exit_.pupil
        for exit_ in exits
        if exit_.reason.counts_dropout
        and year.contains(exit_.left_on)
        and (exit_.reentered_on is None or exit_.reentered_on > year.ends)
    )
