"""Figures of groups as a person allowed figures alone may have them, from plain lists: slow, obvious, by itself.

A row is (pupil, values by dimension, numbers by measure); the noise of a group is `schema.rules.noise`'s.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypeAlias

from schema.rules import noise as rules

_SMALLEST = 10

Drift: TypeAlias = Callable[[frozenset[int], int, int], int]
"""The noise of a mean by who is in the group, how many rows have a value, and their sum in hundredths; in parts."""


class Noise(Protocol):
    """The noise of a group's count, by who is in it; one with means has a `drift` besides."""

    def __call__(self, pupils: frozenset[int], /) -> int:
        """How many more are told of than there are."""


Cell: TypeAlias = tuple[Hashable, ...]


def no_noise(_pupils: frozenset[int]) -> int:
    """None at all."""
    return 0


@dataclass(frozen=True)
class Registered:
    """A row about a pupil."""

    pupil: int
    values: Mapping[str, Hashable]
    numbers: Mapping[str, Fraction | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What is told of a group; None is hidden."""

    count: int | None
    pupils: int | None
    suppressed: bool
    means: Mapping[str, Decimal | None] = field(default_factory=dict)


def pupils_of(rows: Iterable[Registered]) -> frozenset[int]:
    """Who the rows are about."""
    return frozenset(row.pupil for row in rows)


def groups_of(  # noqa: PLR0913 - what is asked, and how it is told
    rows: Sequence[Registered],
    by: Sequence[str],
    where: Mapping[str, Hashable],
    noise: Noise,
    largest: Mapping[str, int] | None = None,
    *,
    complementary: bool = True,
) -> dict[Cell, Told]:
    """What is told of each group of the rows that have the values of ``where``, all of which are one list."""
    everybody: dict[Cell, list[Registered]] = defaultdict(list)
    asked: dict[Cell, list[Registered]] = defaultdict(list)
    for row in rows:
        cell = tuple(row.values[name] for name in by)
        everybody[cell].append(row)
        if all(row.values[name] == value for name, value in where.items()):
            asked[cell].append(row)
    small = {cell for cell, inside in asked.items() if _is_small(pupils_of(inside), pupils_of(everybody[cell]), noise)}
    hidden = set(small)
    others = sorted(asked.keys() - small, key=lambda cell: (len(pupils_of(asked[cell])), _key(asked[cell], noise)))
    if small and others and complementary:
        hidden.add(others[0])
    return {cell: _told(inside, noise, largest or {}, hidden=cell in hidden) for cell, inside in asked.items()}


def _key(rows: Iterable[Registered], noise: Noise) -> int:
    order: Callable[[frozenset[int]], int] | None = getattr(noise, "key", None)
    return order(pupils_of(rows)) if order else min(pupils_of(rows))


def _is_small(pupils: frozenset[int], everybody: frozenset[int], noise: Noise) -> bool:
    told = noise(pupils)
    rest = len(everybody - pupils)
    return any(size < _SMALLEST or size + told < _SMALLEST for size in (len(pupils), *([rest] if rest else [])))


def _told(rows: Sequence[Registered], noise: Noise, largest: Mapping[str, int], *, hidden: bool) -> Told:
    pupils = pupils_of(rows)
    told = noise(pupils)
    drift: Drift = getattr(noise, "drift", _no_drift)
    means = {
        name: None
        if hidden
        else _mean([row for row in rows if row.numbers[name] is not None], name, most, told, drift, pupils)
        for name, most in largest.items()
    }
    if hidden:
        return Told(None, None, suppressed=True, means=means)
    count = Decimal(2 * len(rows) * (len(pupils) + told) + len(pupils)) // (2 * len(pupils))
    return Told(int(count), len(pupils) + told, suppressed=False, means=means)


def _no_drift(_pupils: frozenset[int], _rows: int, _hundredths: int) -> int:
    return 0


def _mean(  # noqa: PLR0913, PLR0917 - the rows, the measure, and how it is told
    rows: Sequence[Registered], name: str, most: int, told: int, drift: Drift, group: frozenset[int]
) -> Decimal | None:
    pupils = len(pupils_of(rows))
    if pupils < _SMALLEST or pupils + told < _SMALLEST:
        return None
    total = sum((row.numbers[name] or Fraction(0) for row in rows), Fraction(0))
    parts = drift(group, len(rows), int(100 * total))
    # In thousandths of what is shown.
    told_mean = int(100_000 * total / len(rows)) + int(Fraction(100_000 * most * parts, rules.FINENESS * pupils))
    return Decimal((min(max(told_mean, 0), 100_000 * most) + 500) // 1000) / 100
