"""Completion of a stage by credits earned.

Lower secondary (ม.3): 66 basic credits and at least 11 additional (Basic Education Core Curriculum B.E. 2551).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from schema.rules.exact import from_halves, to_halves
from schema.rules.gpa import CreditedGrade
from schema.rules.subject_codes import SubjectKind


@dataclass(frozen=True)
class CompletionPolicy:
    """Least credits earned in basic and in additional subjects."""

    basic: Decimal
    additional: Decimal


LOWER_SECONDARY_COMPLETION = CompletionPolicy(basic=Decimal(66), additional=Decimal(11))


@dataclass(frozen=True)
class Completion:
    """What is still missing, in credits."""

    missing_basic: Decimal
    missing_additional: Decimal

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing_basic and not self.missing_additional


def judge_completion(
    basic: Decimal | int, additional: Decimal | int, policy: CompletionPolicy = LOWER_SECONDARY_COMPLETION
) -> Completion:
    """Compare credits earned, in steps of 0.5, with what the stage asks for."""

    def missing(asked: Decimal, earned: Decimal | int) -> Decimal:
        return from_halves(max(0, to_halves(asked) - to_halves(earned)))

    return Completion(missing(policy.basic, basic), missing(policy.additional, additional))


def sum_earned_credits(grades: Iterable[tuple[SubjectKind, CreditedGrade]]) -> tuple[Decimal, Decimal]:
    """Credits earned in basic and in additional subjects: only codes that count as earned and in graduation."""
    halves = dict.fromkeys(SubjectKind, 0)
    for kind, grade in grades:
        if grade.code.counts_earned and grade.code.counts_graduation:
            halves[kind] += grade.half_credits
    return from_halves(halves[SubjectKind.BASIC]), from_halves(halves[SubjectKind.ADDITIONAL])
