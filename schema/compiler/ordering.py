"""From an `orderBy` to sort keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schema.compiler import cursors
from schema.compiler.drafts import Draft
from schema.compiler.errors import BadUserInputError
from schema.compiler.operands import Path, shown
from schema.compiler.parameters import Parameter, given
from schema.compiler.plan import Signature, SortKey
from schema.compiler.request import Request
from schema.compiler.rows import Rows, Term, Year
from schema.model.entities import Entity, Scalar, Source, ToMany, ToOne, Value
from schema.model.summaries import Direction

ARGUMENT = "orderBy"


def default(entity: Entity, source: Source) -> tuple[tuple[SortKey, ...], Signature]:
    """The order of a connection where none is asked for, and its signature."""
    names = source.aliases()
    keys = tuple(SortKey(Term(key.format_map(names), names["row"]), _kind(entity, key), False) for key in source.order)  # noqa: FBT003 - never null
    return keys, Signature(f"{entity.name}:{','.join(map(cursors.column_of, source.order))}")


def _kind(entity: Entity, key: str) -> Scalar:
    """How a default order's key is written: as its column is, or as a whole number if that is not in the graph."""
    sql = f"{{row}}.{cursors.column_of(key)}"
    value = next((m for m in entity.members if isinstance(m, Value) and m.sql == sql), None)
    return Scalar.INT if value is None else value.scalar


def as_key(value: Value, row: str, *, nullable: bool, descending: bool) -> SortKey:
    """The sort key of a value; text that has a stored key is ordered by that."""
    sql = "{row}.id" if value.scalar is Scalar.ID else value.sorted_by or value.sql
    if value.scalar is Scalar.BOOLEAN:
        sql = f"CAST({sql} AS INTEGER)"
    return SortKey(Term(sql, row, value.needs), value.scalar, nullable or value.nullable, descending)


@dataclass(slots=True)
class Ordering:
    """Reads the `orderBy` of one field; ``path`` and ``slot`` are the field's, ``draft`` takes the joins it needs."""

    request: Request
    path: str
    slot: int
    draft: Draft
    told: list[str] = field(default_factory=list)
    years: list[Parameter] = field(default_factory=list)
    counts: int = 0

    def asked(self) -> list[Mapping[str, Any]]:
        """What the request asks for; an empty list is as good as none."""
        keys: list[Mapping[str, Any]] = given(self.request.now(self.slot), ARGUMENT) or []
        most = self.request.limits.most_keys
        if len(keys) > most:
            raise BadUserInputError(f"{self.path}({ARGUMENT}:)", f"lists {len(keys)} keys; the most is {most}.")
        return keys

    def rows(self, entity: Entity, row: str) -> tuple[tuple[SortKey, ...], Signature]:
        """The order asked for of the rows ``row``, which ends in their key, and its signature."""
        keys = [self.key(entity, row, one, (ARGUMENT, place)) for place, one in enumerate(self.asked())]
        keys.append(SortKey(Term("{row}.id", row), Scalar.ID, nullable=False))
        self.tell("id", Direction.ASC)
        return tuple(keys), self.signature(entity.name)

    def signature(self, of: str) -> Signature:
        """The signature of the keys read so far."""
        return Signature(f"{of}:{','.join(self.told)}", tuple(self.years))

    def key(  # noqa: PLR0913 - a row, and what is asked of it
        self, entity: Entity, row: str, asked: Mapping[str, Any], keys: Path, *, nullable: bool = False, told: str = ""
    ) -> SortKey:
        """The sort key that a one-key object asks for of the row ``row``."""
        if len(keys) > self.request.limits.deepest_filter:
            most = self.request.limits.deepest_filter
            raise BadUserInputError(shown(self.path, keys), f"is nested deeper than {most} levels.")
        ((name, inner),) = asked.items()
        member = entity.by_name[name]
        self.request.note(entity, member)
        told = f"{told}{name}"
        if isinstance(member, ToOne):
            for step in member.steps:
                join = self.draft.join(row, step, Year.default(member.years))
                row, nullable = join.alias, nullable or join.outer
            target = self.request.model.entities[member.target]
            return self.key(target, row, inner, (*keys, name), nullable=nullable, told=f"{told}.")
        if isinstance(member, ToMany):
            return self._count(member, row, inner, (*keys, name), told, nullable=nullable)
        if not isinstance(member, Value):
            msg = f"{entity.name}.{name} cannot be ordered by"
            raise TypeError(msg)
        self.tell(told, inner)
        return as_key(member, row, nullable=nullable, descending=inner == Direction.DESC)

    def tell(self, told: str, direction: str) -> None:
        """Remember a key for the signature."""
        self.told.append(f"{told}:{Direction(direction).value}")

    def _count(  # noqa: PLR0913 - a relation of a row, and what is asked of it
        self, member: ToMany, row: str, asked: Mapping[str, Any], keys: Path, told: str, *, nullable: bool
    ) -> SortKey:
        year = self.request.year_in(self.slot, self.path, keys, asked, member.years)
        if year is not None and year.parameter is not None:
            self.years.append(year.parameter)
        self.counts += 1
        self.tell(f"{told}.count", asked["count"])
        rows = Rows(member.source, f"o{self.counts}_", row, year)
        return SortKey(rows, Scalar.INT, nullable, descending=asked["count"] == Direction.DESC)
