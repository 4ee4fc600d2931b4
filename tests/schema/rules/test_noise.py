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
    assert noise.of_count(shuffled, _SECRETS) == noise.of_count(members, _SECRETS)
    assert noise.of_mean(shuffled, 30, 4200, _SECRETS) == noise.of_mean(members, 30, 4200, _SECRETS)


def test_one_member_more_makes_another_noise() -> None:
    counts = [noise.of_count(range(1, size), _SECRETS) for size in range(20, 1020)]
    # Two independent noises are alike with a probability of the sum of 4^-|k| / 9, which is 5/27.
    assert 0.12 < sum(a == b for a, b in pairwise(counts)) / len(counts) < 0.26


def test_another_value_or_row_makes_another_noise_of_a_mean_of_the_same_members() -> None:
    for told in (
        [noise.of_mean(range(1, 20), 19, hundredths, _SECRETS) for hundredths in range(1000)],
        [noise.of_mean(range(1, 20), rows, 4200, _SECRETS) for rows in range(19, 1019)],
    ):
        assert sum(a == b for a, b in pairwise(told)) < 10
        assert sum(told) / len(told) / noise.FINENESS == pytest.approx(0, abs=0.25)


def test_the_noise_of_a_mean_has_every_part_of_a_pupil_alike() -> None:
    found = Counter(noise.fine(key) % noise.FINENESS // 128 for key in range(0, noise.MODULUS, 1999))
    assert len(found) == 8
    assert max(found.values()) / min(found.values()) < 1.01
    assert max(abs(noise.fine(key)) for key in range(2000)) <= noise.FINENESS * (len(noise.BOUNDS) + 1)
