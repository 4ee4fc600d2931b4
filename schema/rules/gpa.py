"""The grade point average and the result of a term, exact to the last division.

Credits are integers of half a credit and points integers of half a point, so their product counts quarters. The shown
value is cut off at two decimals; thresholds are compared with the exact one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction

from schema.rules.exact import cut_off, from_halves, to_halves
from schema.rules.grades import GradeCode, GradeKind


@dataclass(frozen=True)
class CreditedGrade:
    """One registration: credits in halves (in primary, the school's weight) and the current code."""

    half_credits: int
    code: GradeCode

    @classmethod
    def of(cls, credits_: Decimal | int, code: GradeCode) -> "CreditedGrade":
        """From credits or a weight given in steps of 0.5."""
        return cls(to_halves(credits_), code)


@dataclass(frozen=True)
class Gpa:
    """An average over at least half a credit. `quarter_points` is the sum of half-credits times half-points."""

    quarter_points: int
    half_credits: int

    @property
    def value(self) -> Fraction:
        """The exact average, 0 to 4."""
        return Fraction(self.quarter_points, 2 * self.half_credits)

    @property
    def shown(self) -> Decimal:
        """The average as documents print it: two decimals, cut off."""
        return cut_off(self.value)

    def is_below(self, threshold: Decimal | Fraction | int) -> bool:
        """Whether the exact average, not the shown one, is less than the threshold."""
        return self.value < Fraction(threshold)

    def __str__(self) -> str:
        return str(self.shown)


@dataclass(frozen=True)
class TermResult:
    """The sums over a pupil's registrations in a term, a year or a stage. Credits are in halves, the rest are counts.

    Registered holds every registration but activities; attempted leaves out ร and มส, the pending ones; earned leaves
    out 0 as well. `zeros` are those that stand now.
    """

    registrations: int = 0
    registered_half_credits: int = 0
    attempted_half_credits: int = 0
    earned_half_credits: int = 0
    gpa_half_credits: int = 0
    quarter_points: int = 0
    zeros: int = 0
    pending: int = 0

    @property
    def registered(self) -> Decimal:
        """Credits registered for."""
        return from_halves(self.registered_half_credits)

    @property
    def attempted(self) -> Decimal:
        """Credits attempted."""
        return from_halves(self.attempted_half_credits)

    @property
    def earned(self) -> Decimal:
        """Credits earned."""
        return from_halves(self.earned_half_credits)

    @property
    def gpa_credits(self) -> Decimal:
        """Credits that count in the average."""
        return from_halves(self.gpa_half_credits)

    @property
    def points(self) -> Decimal:
        """Credits times points, summed over the codes that count in the average."""
        return Decimal(self.quarter_points * 25).scaleb(-2)

    @property
    def gpa(self) -> Gpa | None:
        """The average; None, not 0, where no credits count."""
        return Gpa(self.quarter_points, self.gpa_half_credits) if self.gpa_half_credits else None


def summarise_term(grades: Iterable[CreditedGrade]) -> TermResult:
    """The result of one term (or year) from its registrations."""
    registrations = registered = attempted = earned = counted = quarters = zeros = pending = 0
    for grade in grades:
        code, halves = grade.code, grade.half_credits
        if code.kind is GradeKind.ACTIVITY:
            continue
        registrations += 1
        registered += halves
        attempted += halves * code.counts_attempted
        earned += halves * code.counts_earned
        counted += halves * code.counts_gpa
        quarters += halves * code.half_points * code.counts_gpa
        zeros += code.is_zero
        pending += code.is_pending
    return TermResult(registrations, registered, attempted, earned, counted, quarters, zeros, pending)


def combine_terms(terms: Iterable[TermResult]) -> TermResult:
    """The result of a stage from its terms: the same sums, so its `gpa` is the GPAX and not the mean of the terms.

    Give the terms of one stage; lower and upper secondary are averaged apart.
    """
    known = tuple(terms)
    return TermResult(*(sum(getattr(term, field.name) for term in known) for field in fields(TermResult)))


def calculate_gpa(grades: Iterable[CreditedGrade]) -> Gpa | None:
    """The average over registrations; None where no credits count."""
    return summarise_term(grades).gpa


def calculate_gpax(terms: Iterable[Iterable[CreditedGrade]]) -> Gpa | None:
    """The cumulative average over the terms of one stage; None where no credits count."""
    return combine_terms(summarise_term(term) for term in terms).gpa
