"""What a token leaves of its role's columns, as a command line writes it. Costly: it derives the graph's model."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hub.errors import BadInputError
from schema.graph import build_model, narrowed_by
from schema.policy import Narrowing
from schema.tables import tables


@dataclass(frozen=True, slots=True)
class Choice:
    """A type that a token may be narrowed by: its name in the graph, its Thai label, and its fields."""

    name: str
    label_th: str
    fields: tuple[str, ...]


class NarrowingError(BadInputError):
    """A name is none of the graph's."""


def read_narrowing(only: Iterable[str], without: Iterable[str]) -> Narrowing:
    """Read names, each text comma separated. Raises NarrowingError, which says what a name looks like."""
    model = build_model()
    known = frozenset(narrowed_by(model))
    types = {choice.name for choice in choices()}
    kept, left_out = _names(only), _names(without)
    for name in sorted(kept | left_out):
        if name not in known:
            raise NarrowingError(
                f"The graph has no {name[:100]}. Name a type by its plural (students), a field of one "
                "(students.birthDate), or after --without a field of any (birthDate).",
                f"ไม่มีข้อมูลชื่อ {name[:100]}",
                english=f"The graph has no {name[:100]}.",
            )
    for name in sorted(kept):
        if name.partition(".")[0] not in types:
            raise NarrowingError(f"--only names types: write the type before the field, as in students.{name}.")
    return Narrowing(kept, left_out)


@cache
def choices() -> tuple[Choice, ...]:
    """Every type that can be named, by name."""
    labels = {str(table.__table__.name): table.about.label_th for table in tables()}
    found = (
        Choice(entity.plural, labels.get(entity.table, ""), tuple(sorted(entity.by_name)))
        for entity in build_model().entities.values()
        if entity.plural
    )
    return tuple(sorted(found, key=lambda choice: choice.name))


def _names(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip() for text in texts for name in text.split(",") if name.strip())
