"""Exact arithmetic: steps of one half held as integers, and the last division done on integers.

Both database engines repeat these sums in SQL, so nothing here may depend on a float.
"""

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from schema.rules.errors import RuleViolation


class NotInHalves(RuleViolation):
    """Credits, weights and points come in steps of 0.5 and are never negative."""

    code: ClassVar[str] = "NOT_IN_HALVES"

    def __init__(self, value: Decimal | int) -> None:
        super().__init__(f"{value} is not a step of 0.5 from zero up. Give 0, 0.5, 1, 1.5 and so on.")


class NegativeCount(RuleViolation):
    """A count of people or hours is never negative."""

    code: ClassVar[str] = "NEGATIVE_COUNT"

    def __init__(self, value: int) -> None:
        super().__init__(f"{value} is less than zero. Give a count of zero or more.")


def to_halves(value: Decimal | int) -> int:
    """Credits, weights or points as a whole number of halves: 1.5 -> 3."""
    exact = Decimal(value)
    if not exact.is_finite() or exact < 0 or exact * 2 != int(exact * 2):
        raise NotInHalves(value)
    return int(exact * 2)


def from_halves(halves: int) -> Decimal:
    """A whole number of halves as a decimal with one place: 3 -> 1.5."""
    return Decimal(halves * 5).scaleb(-1)


def cut_off(value: Fraction, decimals: int = 2) -> Decimal:
    """A value of zero or more with `decimals` places, the rest cut off and never rounded: 1.4975 -> 1.49."""
    return Decimal(value.numerator * 10**decimals // value.denominator).scaleb(-decimals)


def round_half_up(value: Fraction, decimals: int = 4) -> Decimal:
    """A value with `decimals` places, an exact half going away from zero, as SQL's `round` does on both engines."""
    scaled = (2 * abs(value.numerator) * 10**decimals + value.denominator) // (2 * value.denominator)
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-decimals)
