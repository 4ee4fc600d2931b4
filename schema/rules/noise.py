"""The noise that counts of groups are told with: a function of who is in the group, and of a secret of the hub.

Each member has a key, a cubic polynomial of its number modulo a prime; a group's key is the sum of its members', and
another polynomial of that, with secrets of its own, looks the noise up in a fixed table. Without the secrets the noise
of different groups is independent, four at a time; with them nothing changes from one question to the next, so there
is nothing to average.

The noise k has a probability of 1/3 x 2^-|k|, for |k| up to 30: its mean is 0, its deviation 2, and nine times of ten
it is between -3 and 3. (The cell key method of the Australian Bureau of Statistics, its table two-sided geometric.)

The noise of a mean is that of who is in the group and of the values, and has parts of a pupil. In whole pupils it would
tell how many there are: where all have a 3, a mean of 3.33 says that 4 x 1 / 12 was added. By the pupils alone it would
be one noise for all that is known of them, and the differences of two means would have none.
"""

from collections.abc import Iterable, Sequence
from typing import Final

MODULUS: Final = 2**31 - 1
"""A prime: what is multiplied below it does not leave 64 bits."""

DEGREE: Final = 3

SECRETS: Final = 3 * (DEGREE + 1)
"""Secret numbers below the modulus: of the members' keys, of the noise of counts, of that of means."""

FINENESS: Final = 1024
"""The noise of a mean is counted in so many parts of a pupil."""

ROWS_APART: Final = 65_537
"""By so much one row more moves what the noise of a mean is looked up by; a hundredth of a value moves it by 1."""

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


def fine(key: int) -> int:
    """The noise of a mean of a key below the modulus, in parts of a pupil."""
    return FINENESS * drawn(key) + key // 2 % FINENESS - FINENESS // 2


def key_of(members: Iterable[int], secrets: Sequence[int]) -> int:
    """The key of a group; ``members`` are the numbers of those in it, each once."""
    return sum(mixed(member % MODULUS, secrets[: DEGREE + 1]) for member in members) % MODULUS


def of_count(members: Iterable[int], secrets: Sequence[int]) -> int:
    """The noise of how many there are in a group."""
    return drawn(mixed(key_of(members, secrets), secrets[DEGREE + 1 : 2 * (DEGREE + 1)]))


def of_mean(members: Iterable[int], rows: int, hundredths: int, secrets: Sequence[int]) -> int:
    """The noise of the mean of so many ``rows`` of a group, with the sum of their values; in parts of a pupil."""
    key = (key_of(members, secrets) + ROWS_APART * rows + hundredths) % MODULUS
    return fine(mixed(key, secrets[2 * (DEGREE + 1) : SECRETS]))
