"""Hiding small groups so that no shown total gives them back.

Primary: a figure from fewer people than the threshold is hidden. Complementary: as long as what is hidden adds up to
a figure that subtraction would give away, the next smallest is hidden too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.rules.exact import NegativeCount

SMALLEST_GROUP = 10


@dataclass(frozen=True)
class Suppressed:
    """The figures as they may be shown, in the order given; None is hidden. `total` is None when hidden or unasked."""

    shown: tuple[int | None, ...]
    total: int | None

    @property
    def hidden(self) -> frozenset[int]:
        """Positions of the hidden figures."""
        return frozenset(index for index, count in enumerate(self.shown) if count is None)


def suppress(counts: Sequence[int], threshold: int = SMALLEST_GROUP, *, show_total: bool = True) -> Suppressed:
    """Hide what a person allowed aggregates only may not see among disjoint groups of people.

    40, 35, 30, 28, 25, 12, 4 under a shown total hides 4, and 12 with it. A group of nobody is a small group too. The
    total goes as well when every figure is hidden and their sum, which it would give away, is still too small.
    """
    for count in counts:
        if count < 0:
            raise NegativeCount(count)
    hidden = {index for index, count in enumerate(counts) if count < threshold}
    total = sum(counts)
    if show_total and hidden:
        rest = sorted(set(range(len(counts))) - hidden, key=lambda index: (counts[index], index))
        for index in rest:
            if _is_safe(counts, hidden, threshold):
                break
            hidden.add(index)
        show_total = _is_safe(counts, hidden, threshold)
    shown = tuple(None if index in hidden else count for index, count in enumerate(counts))
    return Suppressed(shown, total if show_total and total >= threshold else None)


def _is_safe(counts: Sequence[int], hidden: set[int], threshold: int) -> bool:
    """Subtraction yields the hidden figures' sum, which must come from enough people; one figure alone never does."""
    return sum(counts[index] for index in hidden) >= threshold
