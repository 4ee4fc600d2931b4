"""Someone who is shown figures alone and wants a hidden one: equations, intervals and exact arithmetic.

What is asked are sets of base cells (the pupils who share all their values). Of each set it is told either a figure,
which is the number of pupils in the set and a noise of known support, or that it is hidden. A hidden number is won when
what is told leaves it only one value.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from schema.rules import noise

Cells: TypeAlias = frozenset[Hashable]

_MOST = 10_000
_ROUNDS = 30
_SMALLEST = 10
_SUPPORT = len(noise.BOUNDS)


@dataclass(frozen=True)
class Learned:
    """What one figure tells of a set of cells: None is hidden."""

    cells: Cells
    figure: int | None


def as_parts(learned: Sequence[Learned]) -> list[Learned]:
    """The same over the parts that no set of pupils divides: those in the same sets."""
    whole: frozenset[Hashable] = frozenset().union(*(one.cells for one in learned))
    inside = {pupil: tuple(pupil in one.cells for one in learned) for pupil in whole}
    return [Learned(frozenset(inside[pupil] for pupil in one.cells), one.figure) for one in learned]


def won_by_equations(learned: Sequence[Learned], *, noisy: bool) -> dict[Cells, Fraction]:
    """The hidden sets whose number follows from the figures by linear algebra alone.

    Each figure is an equation over the cells, and where it is ``noisy`` over a number of its own besides.
    """
    equations = [one for one in dict.fromkeys(learned) if one.figure is not None]
    names: list[Hashable] = [*dict.fromkeys(cell for one in learned for cell in sorted(one.cells, key=repr))]
    rows = []
    for place, one in enumerate(equations):
        noises = [Fraction(int(noisy and place == other)) for other in range(len(equations))]
        rows.append([*(Fraction(int(name in one.cells)) for name in names), *noises, Fraction(one.figure or 0)])
    reduced = _reduced(rows)
    found = {}
    for one in learned:
        if one.figure is None:
            target = [*(Fraction(int(name in one.cells)) for name in names), *[Fraction(0)] * (len(equations) + 1)]
            *rest, value = _less(target, reduced)
            if not any(rest):
                found[one.cells] = -value
    return found


def _reduced(rows: Iterable[Sequence[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """Rows in echelon form, each with the place of its leading one."""
    found: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        left = _less(row, found)
        lead = next((place for place, value in enumerate(left[:-1]) if value), None)
        if lead is not None:
            found.append((lead, [value / left[lead] for value in left]))
    return found


def _less(row: Sequence[Fraction], reduced: Iterable[tuple[int, list[Fraction]]]) -> list[Fraction]:
    left = list(row)
    for lead, other in reduced:
        if left[lead]:
            factor = left[lead]
            left = [value - factor * theirs for value, theirs in zip(left, other, strict=True)]
    return left


def won_by_intervals(learned: Sequence[Learned], support: int) -> dict[Cells, int]:
    """The hidden sets whose number must be one value, by the bounds that the figures leave.

    A figure is at most ``support`` away from its number, which is at least ten; a group that is listed is not empty.
    """
    bounds: dict[Cells, tuple[int, int]] = {}
    for one in learned:
        low, high = (1, _MOST)
        if one.figure is not None:
            low, high = max(one.figure - support, _SMALLEST), one.figure + support
        known = bounds.get(one.cells, (1, _MOST))
        bounds[one.cells] = (max(low, known[0]), min(high, known[1]))
    cells: dict[Hashable, tuple[int, int]] = {cell: (1, _MOST) for one in learned for cell in one.cells}
    for _ in range(_ROUNDS):
        before = dict(cells)
        for inside, (low, high) in bounds.items():
            _tighten(cells, inside, low, high)
        if cells == before:
            break
    found = {}
    for one in learned:
        if one.figure is None:
            low = sum(cells[cell][0] for cell in one.cells)
            high = sum(cells[cell][1] for cell in one.cells)
            if low == high:
                found[one.cells] = low
    return found


def _tighten(cells: dict[Hashable, tuple[int, int]], inside: Cells, low: int, high: int) -> None:
    least, most = sum(cells[cell][0] for cell in inside), sum(cells[cell][1] for cell in inside)
    for cell in inside:
        own_low, own_high = cells[cell]
        others_least, others_most = least - own_low, most - own_high
        cells[cell] = (max(own_low, low - others_most), min(own_high, high - others_least))
        least, most = others_least + cells[cell][0], others_most + cells[cell][1]


def guessed(learned: Sequence[Learned]) -> dict[Cells, int]:
    """The likeliest number of each hidden set: what shown sets leave of other shown sets, the mean of all such ways.

    A way that sums up fewer figures has less noise, and counts for more.
    """
    shown = {one.cells: one.figure for one in learned if one.figure is not None}
    found: dict[Cells, int] = {}
    for hidden in dict.fromkeys(one.cells for one in learned if one.figure is None):
        ways = {way for whole in shown if hidden < whole for way in _ways(hidden, whole, shown)}
        if ways:
            weights = sum(Fraction(1, terms) for _, terms in ways)
            found[hidden] = max(0, round(sum(Fraction(value, terms) for value, terms in ways) / weights))
    return found


def _ways(hidden: Cells, whole: Cells, shown: Mapping[Cells, int]) -> Iterable[tuple[int, int]]:
    """What is left of a set without shown parts of it, the largest or the smallest first, and how many figures it took."""
    for sign in (1, -1):
        left, value, terms = whole - hidden, shown[whole], 1
        for part in sorted(shown, key=lambda cells: (sign * len(cells), sorted(map(repr, cells)))):
            if part <= left:
                left, value, terms = left - part, value - shown[part], terms + 1
        if not left:
            yield value, terms


def truth_of(hidden: Iterable[Cells], sizes: Mapping[Hashable, int]) -> dict[Cells, int]:
    """The numbers of sets of cells, by the numbers of the cells."""
    return {cells: sum(sizes[cell] for cell in cells) for cells in hidden}


def numbers_left(figure: int, means: Sequence[Decimal], unit: Fraction, doubt: Fraction, support: int) -> set[int]:
    """The numbers of pupils that a figure and means leave, where means times pupils are whole ``units``.

    ``doubt`` is how far a mean may be from what was rounded to it; there are ten pupils or more.
    """
    return {
        pupils
        for pupils in range(max(_SMALLEST, figure - support), figure + support + 1)
        if all(_away(Fraction(mean) * pupils, unit) <= doubt * pupils for mean in means)
    }


def likeliest(figure: int, means: Sequence[Decimal], unit: Fraction, doubt: Fraction) -> int:
    """The number nearest to the figure of those that the means leave, for small noises are the likeliest."""
    left = numbers_left(figure, means, unit, doubt, _SUPPORT)
    return min(left, key=lambda pupils: abs(pupils - figure), default=figure)


def _away(value: Fraction, unit: Fraction) -> Fraction:
    """How far a value is from the nearest whole number of units."""
    return abs(value - round(value / unit) * unit)
