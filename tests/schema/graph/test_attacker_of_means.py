"""An attacker reads numbers of pupils off means, which are whole steps over how many there are.

Each attack is shown to win where the noise of means is not the one that they are told with.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final, TypeAlias

import pytest

from schema.rules import noise
from tests.oracle.attacker import likeliest, numbers_left
from tests.oracle.small_groups import Noise, Registered, groups_of
from tests.schema.graph.crowd import SecretNoise

_MOST: Final = 4
_DOUBT: Final = Fraction(501, 100_000)
_CITIES: Final = 40
_SUBJECTS: Final = 8


class OfWholePupils(SecretNoise):
    """The noise of means as if one, two or more pupils had the largest value, the same for all means of a group."""

    def drift(self, pupils: frozenset[int], rows: int, hundredths: int) -> int:  # noqa: ARG002 - of the group alone
        """The noise of a mean, in parts of a pupil."""
        return noise.FINENESS * noise.drawn(noise.mixed(self.key(pupils), self.secrets[-noise.DEGREE - 1 :]))


class OfTheGroupAlone(SecretNoise):
    """The noise of means in parts of a pupil, the same for all means of a group."""

    def drift(self, pupils: frozenset[int], rows: int, hundredths: int) -> int:  # noqa: ARG002 - of the group alone
        """The noise of a mean, in parts of a pupil."""
        return super().drift(pupils, 0, 0)


def _cities(kind: type[SecretNoise]) -> Iterator[tuple[Random, Noise]]:
    for number in range(_CITIES):
        random = Random(number)  # noqa: S311 - repeatable, no secret
        yield random, kind([random.randint(1, noise.MODULUS - 1) for _ in range(noise.SECRETS)])


def _by_code(kind: type[SecretNoise]) -> tuple[int, int]:
    """Groups by code, whose mean of points is known: how many there are, and of how many the guess is right."""
    groups = right = 0
    for random, secret in _cities(kind):
        sizes = {code: random.randint(10, 26) for code in (1, 2, 3)}
        codes = [code for code, size in sizes.items() for _ in range(size)]
        rows = [
            Registered(pupil, {"CODE": code}, {"points": Fraction(code)})
            for pupil, code in enumerate(codes, 1 + random.randrange(10**6))
        ]
        for (code,), told in groups_of(rows, ("CODE",), {}, secret, {"points": _MOST}).items():
            mean = told.means["points"]
            if mean is not None and told.pupils is not None:
                off = mean - Decimal(code)  # type: ignore[arg-type]
                guess = likeliest(told.pupils, [off], Fraction(_MOST), _DOUBT)
                groups += 1
                right += guess == sizes[code]  # type: ignore[index]
    return groups, right


def _by_subject(kind: type[SecretNoise]) -> tuple[int, int]:
    """Classes with results in several subjects: how many there are, and of how many the guess is right."""
    classes = right = 0
    for random, secret in _cities(kind):
        size = random.randint(11, 19)
        pupils = range(1 + random.randrange(10**6), 2**40)[:size]
        rows = [
            Registered(pupil, {"SUBJECT": subject}, {"points": Fraction(random.randint(0, 8), 2)})
            for subject in range(_SUBJECTS)
            for pupil in pupils
        ]
        found = groups_of(rows, ("SUBJECT",), {}, secret, {"points": _MOST}).values()
        means = [mean for told in found if (mean := told.means["points"]) is not None]
        figures = {told.pupils for told in found} - {None}
        assert len(figures) <= 1, "one set of pupils has one figure"
        if figures:
            guess = likeliest(figures.pop() or 0, _differences(means), Fraction(1, 2), 2 * _DOUBT)
            classes += 1
            right += guess == size
    return classes, right


Attack: TypeAlias = Callable[[type[SecretNoise]], tuple[int, int]]


def _differences(means: Sequence[Decimal]) -> list[Decimal]:
    return [mean - other for place, mean in enumerate(means) for other in means[:place]]


def test_noise_of_whole_pupils_gives_numbers_away_where_the_mean_is_known() -> None:
    groups, right = _by_code(OfWholePupils)
    assert groups > 60
    assert right / groups > 0.6


def test_noise_of_the_group_alone_gives_numbers_away_by_the_differences_of_means() -> None:
    classes, right = _by_subject(OfTheGroupAlone)
    assert classes > 30
    assert right / classes > 0.6


@pytest.mark.parametrize("attack", [_by_code, _by_subject])
def test_means_tell_no_more_of_how_many_there_are_than_the_figure_does(attack: Attack) -> None:
    # A figure is the number itself one time of three.
    groups, right = attack(SecretNoise)
    assert groups > 30
    assert right / groups < 0.45


def test_every_number_of_pupils_fits_every_mean_that_is_told_in_parts_of_a_pupil() -> None:
    means = [Decimal(hundredths) / 100 for hundredths in range(401)]
    support = len(noise.BOUNDS)
    left = numbers_left(25, means, Fraction(_MOST, noise.FINENESS), _DOUBT, support)
    assert left == {*range(10, 26 + support)}
