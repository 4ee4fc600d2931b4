"""Grade codes as values with flags, and the grade a score earns.

The flags stand in a reference table that a school edits; `STANDARD_GRADE_CODES` is what that table starts with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import ClassVar

from schema.rules.errors import RuleViolation
from schema.rules.exact import to_halves


class GradeKind(StrEnum):
    """What a code says of a registration. The flags alone cannot tell a pending result from a barred one."""

    GRADED = "GRADED"
    """A result from 0 to 4."""
    PENDING = "PENDING"
    """Work or examination outstanding (ร)."""
    BARRED = "BARRED"
    """No right to sit the final examination (มส)."""
    ACTIVITY = "ACTIVITY"
    """Learner development activities, passed or failed (ผ, มผ); outside credits altogether."""


class FractionPolicy(StrEnum):
    """How a fractional score becomes whole before it is graded. No public source: a setting."""

    CUT_OFF = "CUT_OFF"
    HALF_UP = "HALF_UP"


@dataclass(frozen=True)
class GradeCode:
    """One row of the grade code table.

    `code` is a stable ASCII key, `label` what Thai documents print. `points` run from 0 to 4 in halves and are None
    for codes outside the GPA; `min_score` is the least score, 0 to 100, that earns the code.
    """

    code: str
    label: str
    points: Decimal | None
    min_score: Decimal | None
    counts_attempted: bool
    counts_earned: bool
    counts_gpa: bool
    counts_graduation: bool
    kind: GradeKind = GradeKind.GRADED

    @property
    def half_points(self) -> int:
        """Points in halves, 0 to 8; 0 for a code without points."""
        return 0 if self.points is None else to_halves(self.points)

    @property
    def is_zero(self) -> bool:
        """Whether the code is a failing 0: it counts in the GPA and adds nothing to it."""
        return self.counts_gpa and self.half_points == 0

    @property
    def is_pending(self) -> bool:
        """Whether a result is still to come: ร and มส."""
        return self.kind in (GradeKind.PENDING, GradeKind.BARRED)


def _graded(code: str, min_score: int, *, passes: bool = True) -> GradeCode:
    return GradeCode(
        code=code,
        label=code,
        points=Decimal(code),
        min_score=Decimal(min_score),
        counts_attempted=True,
        counts_earned=passes,
        counts_gpa=True,
        counts_graduation=passes,
    )


def _ungraded(code: str, label: str, kind: GradeKind, *, passes: bool = False) -> GradeCode:
    return GradeCode(
        code=code,
        label=label,
        points=None,
        min_score=None,
        counts_attempted=False,
        counts_earned=False,
        counts_gpa=False,
        counts_graduation=passes,
        kind=kind,
    )


STANDARD_GRADE_CODES: tuple[GradeCode, ...] = (
    _graded("4", 80),
    _graded("3.5", 75),
    _graded("3", 70),
    _graded("2.5", 65),
    _graded("2", 60),
    _graded("1.5", 55),
    _graded("1", 50),
    _graded("0", 0, passes=False),
    _ungraded("R", "ร", GradeKind.PENDING),
    _ungraded("MS", "มส", GradeKind.BARRED),
    _ungraded("P", "ผ", GradeKind.ACTIVITY, passes=True),
    _ungraded("F", "มผ", GradeKind.ACTIVITY),
)
"""The codes and least scores of the Basic Education Core Curriculum B.E. 2551, best grade first."""


class ScoreOutOfRange(RuleViolation):
    """A score lies between 0 and 100."""

    code: ClassVar[str] = "SCORE_OUT_OF_RANGE"

    def __init__(self, score: Decimal | int) -> None:
        super().__init__(f"The score {score} is outside 0 to 100. Check the score sheet and enter the score again.")


class UnknownGradeCode(RuleViolation):
    """A code that the grade code table does not hold."""

    code: ClassVar[str] = "UNKNOWN_GRADE_CODE"

    def __init__(self, text: str, known: Iterable[str]) -> None:
        super().__init__(f"There is no grade code {text!r}. Use one of: {', '.join(known)}.")


class ScoreWithoutGrade(RuleViolation):
    """The table has no code for so low a score."""

    code: ClassVar[str] = "SCORE_WITHOUT_GRADE"

    def __init__(self, score: Decimal | int) -> None:
        super().__init__(f"No grade code has a least score of {score} or below. Add one to the grade code table.")


def grade_score(
    score: Decimal | int,
    codes: Iterable[GradeCode] = STANDARD_GRADE_CODES,
    fractions: FractionPolicy = FractionPolicy.CUT_OFF,
) -> GradeCode:
    """The code a score from 0 to 100 earns: the one with the highest least score that it reaches."""
    exact = Decimal(score)
    if not exact.is_finite() or not 0 <= exact <= 100:  # noqa: PLR2004 - a score is out of a hundred
        raise ScoreOutOfRange(score)
    rounding = ROUND_HALF_UP if fractions is FractionPolicy.HALF_UP else ROUND_FLOOR
    whole = exact.to_integral_value(rounding)
    reached = [(code.min_score, code) for code in codes if code.min_score is not None and code.min_score <= whole]
    if not reached:
        raise ScoreWithoutGrade(score)
    return max(reached, key=lambda pair: pair[0])[1]


def find_grade_code(text: str, codes: Iterable[GradeCode] = STANDARD_GRADE_CODES) -> GradeCode:
    """The code whose stable key or Thai label is `text`."""
    known = tuple(codes)
    for code in known:
        if text in (code.code, code.label):
            return code
    raise UnknownGradeCode(text, (code.code for code in known))
