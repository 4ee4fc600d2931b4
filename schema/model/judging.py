"""Figures as those may have them who have figures alone: told with the noise of their pupils, or hidden.

A cell is a figure of some pupils. It is small where fewer than ten are in it or left of what it is counted of, or where
its noise says so; then it is hidden. Lists are cells that add up to another: where one of a list is hidden, others are
hidden with it, the smallest first, until at least two are whose sum is of ten pupils. Cells of the same pupils are
hidden alike. What one list hides another may have to hide more for, so that is done in rounds.
"""

from collections.abc import Sequence
from typing import Final

from schema.model.entities import Shared
from schema.model.noisy import drawn_by, looked_up
from schema.rules.suppression import SMALLEST_GROUP

_ENOUGH: Final = SMALLEST_GROUP
_SMALL: Final = (
    f"pupils < {_ENOUGH} OR pupils + noise < {_ENOUGH}"
    f" OR coalesce(rest, {_ENOUGH}) < {_ENOUGH} OR coalesce(rest + noise, {_ENOUGH}) < {_ENOUGH}"
)


def small(pupils: str, noise: str) -> str:
    """Whether a number of pupils is small."""
    return f"({pupils} < {_ENOUGH} OR {pupils} + {noise} < {_ENOUGH})"


def judged(  # noqa: PLR0913, PLR0917 - what is judged, and how often
    name: str, cells: str, figures: Sequence[str], lists: Sequence[str], needs: tuple[str, ...], rounds: int = 3
) -> tuple[Shared, ...]:
    """The shared CTE ``name``: of each ``whose`` and ``part`` the figures as they are told, NULL where hidden.

    ``cells`` has a row a figure, with the columns ``pupils``, ``member_keys``, ``rest`` (what is left, null where that
    is nobody's matter) and the ``lists``, each null in the cells that are not in such a list. What it needs comes too.
    """
    told = "CASE WHEN cell.hidden = 0 THEN cell.pupils + cell.noise END"
    wide = ", ".join(f"max(CASE WHEN cell.figure = '{figure}' THEN {told} END) AS {figure}" for figure in figures)
    # Each a CTE of its own, computed once: SQLite would write out what a nested query computes wherever it is named.
    steps = (
        f"SELECT cell.*, {drawn_by('cell.member_keys')} AS drawn FROM {{before}} AS cell",
        f"SELECT cell.*, {looked_up('cell.drawn')} AS noise FROM {{before}} AS cell",
        f"SELECT cell.*, CASE WHEN {_SMALL} THEN 1 ELSE 0 END AS hidden FROM {{before}} AS cell",
        *(_round(lists) for _ in range(rounds)),
        f"SELECT cell.whose, cell.part, {wide} FROM {{before}} AS cell GROUP BY cell.whose, cell.part",
    )
    made = [Shared(f"{name}_0", cells, needs)]
    for number, step in enumerate(steps, 1):
        before = made[-1].name
        own = name if number == len(steps) else f"{name}_{number}"
        made.append(Shared(own, step.format(before=before), (before,)))
    return tuple(made)


def _round(lists: Sequence[str]) -> str:
    ranked, hidden = ["cell.*", "max(hidden) OVER (PARTITION BY pupils, member_keys) AS same"], ["same = 1"]
    for one in lists:
        order = f"PARTITION BY {one} ORDER BY hidden DESC, pupils, member_keys"
        sooner = f"OVER ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        ranked += [
            f"max(hidden) OVER (PARTITION BY {one}) AS any_{one}",
            f"row_number() OVER ({order}) AS place_{one}",
            f"coalesce(sum(pupils) {sooner}, 0) AS pupils_{one}",
            f"coalesce(sum(coalesce(rest, {_ENOUGH})) {sooner}, 0) AS rest_{one}",
        ]
        few = f"place_{one} <= 2 OR pupils_{one} < {_ENOUGH} OR rest_{one} < {_ENOUGH}"
        hidden.append(f"({one} IS NOT NULL AND any_{one} = 1 AND ({few}))")
    columns = ", ".join(f"ranked.{column}" for column in _kept(lists))
    return (
        f"SELECT {columns}, CASE WHEN ranked.hidden = 1 OR {' OR '.join(hidden)} THEN 1 ELSE 0 END AS hidden"
        f" FROM (SELECT {', '.join(ranked)} FROM {{before}} AS cell) AS ranked"
    )


def _kept(lists: Sequence[str]) -> tuple[str, ...]:
    return (*_KEYS, "pupils", "member_keys", "rest", "noise", *lists)


_KEYS: Final = ("figure", "whose", "part")
"""What names a cell: the figure, whose it is (a year's, or a school's of a year), and which part of it; '' for all."""
