"""Members as they stand for those who have figures alone: the same names and descriptions over other SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from schema.model.entities import Embedded, Entity, Member, Scalar, Value
from schema.model.figures import rate

SUPPRESSED: Final = "suppressed"

ALONE: Final = frozenset({"year", "teacherCount", "subjectCount"})
"""Values that say nothing of pupils: they stay as they are."""


def shown(figure: str) -> str:
    """A figure of the row; NULL where it is hidden."""
    return f"{{row}}.{figure}"


def hides(*figures: str) -> str:
    """Whether one of the row's figures is hidden."""
    return " OR ".join(f"{shown(figure)} IS NULL" for figure in figures)


def rated(figure: str, of: str) -> dict[str, str]:
    """The values of a rate, by their names."""
    return {
        "count": shown(figure),
        "denominator": shown(of),
        "rate": share_of(shown(figure), shown(of)),
        SUPPRESSED: hides(figure, of),
    }


def share_of(count: str, whole: str) -> str:
    """A figure over another, at most 1: each that is told has a noise of its own. NULL where either is hidden."""
    return f"CASE WHEN {count} > {whole} THEN 1.0 ELSE {rate(count, whole)} END"


def retold(entity: Entity, by_path: Mapping[str, str], needs: tuple[str, ...], table: str | None = None) -> Entity:
    """The entity as it is told: its members by other SQL, of the rows of ``table``.

    ``by_path`` has the SQL of each value by its path (`dropout.rate`). TypeError where a value is in neither, for its
    own SQL would tell it exactly.
    """
    missing = set(by_path)
    members = _retold(entity.members, "", by_path, needs, missing)
    if missing:
        msg = f"{entity.name} has no {sorted(missing)}"
        raise TypeError(msg)
    return replace(entity, members=tuple(members), table=table or entity.table)


def _retold(
    members: Iterable[Member], path: str, by_path: Mapping[str, str], needs: tuple[str, ...], missing: set[str]
) -> list[Member]:
    made: list[Member] = []
    for member in members:
        own = path + member.name
        if isinstance(member, Embedded):
            values = _retold(member.values, f"{own}.", by_path, needs, missing)
            made.append(replace(member, values=tuple(values)))  # type: ignore[arg-type]
        elif isinstance(member, Value) and own not in ALONE:
            if own not in by_path:
                msg = f"nothing says how {own} is told to those who have figures alone"
                raise TypeError(msg)
            missing.discard(own)
            made.append(replace(member, sql=by_path[own], needs=needs))
        else:
            made.append(member)
    return made


def suppressed(what: str, sql: str = "1 = 0") -> Value:
    """Whether the figures beside it are hidden; who reads the records sees them all."""
    told = f"Whether {what} hidden from you: it would tell of too few students."
    return Value(SUPPRESSED, told, nullable=False, scalar=Scalar.BOOLEAN, sql=sql)


def nested(prefix: str, values: Mapping[str, str]) -> dict[str, str]:
    """Values by their paths."""
    return {f"{prefix}.{name}": sql for name, sql in values.items()}
