"""The noise that counts of groups are told with: a function of who is in the group, and of a secret of the hub.

Each member has a key, a cubic polynomial of its number modulo a prime; a group's key is the sum of its members', and
another polynomial of that, with secrets of its own, looks the noise up in a fixed table. Without the secrets the noise
of different groups is independent, four at a time; with them nothing changes from one question to the next, so there
is nothing to average.

The noise k has a probability of 1/3 x 2^-|k|, for |k| up to 30: its mean is 0, its deviation 2, and nine times of ten
it is between -3 and 3. (The cell key method of the Australian Bureau of Statistics, its table two-sided geometric.)
"""

from collections.abc import Iterable, Sequence
from typing import Final

MODULUS: Final = 2**31 - 1
"""A prime: what is multiplied below it does not leave 64 bits."""

DEGREE: Final = 3

SECRETS: Final = 3 * (DEGREE + 1)
"""Secret numbers below the modulus: of the members' keys, of the noise of counts, of that of means."""

BOUNDS: Final = tuple((4 << 30) // (3 << k) for k in range(1, 31))
"""Noise is at least k in size where a number below 2^30 is below the k-th bound; so it is at most as many as these."""


def mixed(value: int, secrets: Sequence[int]) -> int:
    """The polynomial with these coefficients, the highest power's first, modulo the prime."""
    told = 0
    for secret in secrets:
        told = (told * value + secret) % MODULUS
    return told


def drawn(key: int) -> int:
    """The noise of a key below the modulus."""
    size = next((n for n, bound in enumerate(BOUNDS) if key // 2 >= bound), len(BOUNDS))
    return -size if key % 2 else size


def noises(members: Iterable[int], secrets: Sequence[int]) -> tuple[int, int]:
    """The noise of a group's count, and that of its means; ``members`` are the numbers of those in it, each once."""
    of_members, of_counts, of_means = (secrets[n : n + DEGREE + 1] for n in range(0, SECRETS, DEGREE + 1))
    key = sum(mixed(member % MODULUS, of_members) for member in members) % MODULUS
    return drawn(mixed(key, of_counts)), drawn(mixed(key, of_means))
