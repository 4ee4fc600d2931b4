"""Smaller synthetic worlds: the same rules, seconds instead of minutes."""

from collections.abc import Sequence
from dataclasses import replace

from seeds import world
from seeds.world import SchoolProfile


def _shrink(places: Sequence[int], parts: int) -> tuple[SchoolProfile, ...]:
    chosen = [world.SCHOOLS[place] for place in places]
    return tuple(
        replace(school, pupils=school.pupils // parts, kindergarten=school.kindergarten // parts) for school in chosen
    )


SMALL = _shrink((0, 4, 6), 3)
"""Three schools of every kind, some with two rooms a level: to look at rows."""

TINY = _shrink((5, 6), 6)
"""Two schools with 260 pupils: to load, again and again."""


def become_tiny() -> None:
    """Make the world of this process tiny, for good: for processes of their own."""
    world.SCHOOLS = TINY
