from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.exact import NotInHalves, cut_off, from_halves, round_half_up, to_halves


@given(st.integers(0, 10**6))
def test_halves_survive_the_way_out_and_back(halves: int) -> None:
    assert to_halves(from_halves(halves)) == halves


@pytest.mark.parametrize("value", ["0.25", "-0.5", "1.4", "NaN", "Infinity"])
def test_what_is_not_a_step_of_one_half_is_refused(value: str) -> None:
    with pytest.raises(NotInHalves, match="not a step of"):
        to_halves(Decimal(value))


@given(st.fractions(0, 1000), st.integers(0, 6))
def test_cutting_off_never_rounds_up_and_loses_less_than_one_step(value: Fraction, decimals: int) -> None:
    shown = Fraction(cut_off(value, decimals))
    assert shown <= value < shown + Fraction(1, 10**decimals)


@given(st.fractions(-1000, 1000), st.integers(0, 6))
def test_rounding_stays_within_half_a_step(value: Fraction, decimals: int) -> None:
    assert abs(Fraction(round_half_up(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.00005", "0.0001"), ("0.00004", "0.0000"), ("-0.00005", "-0.0001"), ("1.00015", "1.0002")]
)
def test_an_exact_half_goes_away_from_zero(value: str, rounded: str) -> None:
    assert round_half_up(Fraction(value)) == Decimal(rounded)
