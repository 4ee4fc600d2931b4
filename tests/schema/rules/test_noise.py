from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules import noise

_SECRETS = [1 + (n + 1) * 123_456_791 % (noise.MODULUS - 1) for n in range(noise.SECRETS)]


def test_the_table_is_two_sided_geometric() -> None:
    found = Counter(noise.drawn(key) for key in range(0, noise.MODULUS, 1999))
    total = found.total()
    for size in range(-4, 5):
        assert found[size] / total == pytest.approx(2 ** -abs(size) / 3, rel=0.02)
    assert sum(size * times for size, times in found.items()) / total == pytest.approx(0, abs=0.01)


def test_no_noise_is_larger_than_the_table_says() -> None:
    assert {noise.drawn(0), noise.drawn(1)} == {len(noise.BOUNDS), -len(noise.BOUNDS)}


@given(st.frozensets(st.integers(1, 10**7), min_size=1), st.randoms())
def test_the_noise_is_that_of_who_is_in_the_group(members: frozenset[int], random: object) -> None:
    shuffled = sorted(members, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert noise.noises(shuffled, _SECRETS) == noise.noises(members, _SECRETS)


def test_one_member_more_makes_another_noise() -> None:
    told = [noise.noises(range(1, size), _SECRETS) for size in range(20, 1020)]
    alike = sum(first == second for first, second in pairwise(told))
    # Two independent noises are alike with a probability of the sum of 4^-|k| / 9, which is 5/27; both pairs, its square.
    assert 0.01 < alike / len(told) < 0.06
    counts = [count for count, _ in told]
    assert 0.12 < sum(a == b for a, b in pairwise(counts)) / len(counts) < 0.26
