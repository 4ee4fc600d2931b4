"""Thresholds in SQL: the numbers of the rules, compared by whole numbers."""

from schema.model import thresholds


def test_an_average_is_compared_without_a_division() -> None:
    assert thresholds.is_low_gpax("p", "c") == "p * 2 < c * 3"


def test_three_zeros_are_not_too_many() -> None:
    assert thresholds.has_many_zeros("z") == "z > 3"


def test_eighty_per_cent_is_enough() -> None:
    assert thresholds.is_low_attendance("a", "h") == "a * 100 < h * 80"
