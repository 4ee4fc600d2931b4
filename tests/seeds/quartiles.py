"""Percentiles, from their definition."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def percentile(values: Iterable[Fraction], part: Fraction) -> Decimal:
    """The value that far through the ordered ones, interpolated: a spreadsheet's PERCENTILE.INC."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * part
    below = int(place)
    above = ordered[min(below + 1, len(ordered) - 1)]
    exact = ordered[below] + (above - ordered[below]) * (place - below)
    return Decimal(exact.numerator) / exact.denominator


def quartiles(values: Iterable[Fraction | None]) -> list[Decimal]:
    """The three quartiles of the values that are known."""
    known = [value for value in values if value is not None]
    return [percentile(known, Fraction(part, 4)) for part in (1, 2, 3)]
