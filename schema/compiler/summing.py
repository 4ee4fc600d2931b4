"""From a selection of `aggregate` or `groups` to what is summed up, and by what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import FieldNode

from schema.compiler import ordering, paging
from schema.compiler.drafts import Draft
from schema.compiler.errors import BadUserInputError
from schema.compiler.filters import Filters
from schema.compiler.having import GROUPED, Having
from schema.compiler.operands import Path, shown
from schema.compiler.ordering import Ordering, as_key
from schema.compiler.parameters import given
from schema.compiler.plan import (
    Aggregate,
    Column,
    Cursor,
    Edges,
    Figure,
    Found,
    Groups,
    Guarded,
    Leaf,
    Level,
    Nodes,
    Object,
    Output,
    Part,
    SortKey,
    Sums,
    TypeName,
)
from schema.compiler.predicates import Predicate
from schema.compiler.rows import Term, Year
from schema.compiler.selection import Selected
from schema.model.entities import Entity, Scalar, Step, ToOne, Value
from schema.model.names import screaming, snake
from schema.model.summaries import COUNT, COUNT_DISTINCT, EXTREMES, Direction, Family, Summaries

if TYPE_CHECKING:
    from schema.compiler.builder import Builder

_SUMMED, _PAGE = "summed", "page"
_HELD_EXACTLY = (1, 2, 4)
"""Scales by which SQLite's doubles are sums of powers of two, so that adding them up loses nothing."""


@dataclass(slots=True)
class Summing:
    """Plans one aggregate, or the groups, of a connection's rows; ``level`` has them, without joins as yet."""

    builder: "Builder"
    entity: Entity
    level: Level
    draft: Draft
    columns: dict[tuple[Term | Predicate, int | None], Column] = field(default_factory=dict)
    figures: dict[tuple[str, str | None], Figure] = field(default_factory=dict)

    @property
    def summaries(self) -> Summaries:
        """What the model's entities offer."""
        return self.builder.summaries

    @property
    def path(self) -> str:
        """Where the field stands."""
        return self.draft.path

    @property
    def row(self) -> str:
        """The alias of the rows summed up."""
        return self.level.source.table

    def aggregate(self, selected: Selected) -> Aggregate:
        """The plan of `aggregate`."""
        members = self._members(f"{self.entity.name}Aggregate", selected.nodes, _SUMMED)
        return Aggregate(self._sums(()), Object(members))

    def groups(self, selected: Selected) -> Groups:
        """The plan of `groups`."""
        slot = self.builder.slot(selected)
        by = self._by(slot)
        parts = tuple(
            (part.key, self._part(part, by))
            for part in self.builder.selection.fields(f"{self.entity.name}GroupConnection", selected.nodes)
        )
        having = Having(self, Filters(self.builder, self.path, slot)).read(given(self.builder.now(slot), "having"))
        order = Ordering(self.builder, self.path, slot, Draft(self.path, taken={GROUPED}))
        keys = [self._key(order, one, by, (ordering.ARGUMENT, n)) for n, one in enumerate(order.asked())]
        keys += [self._by_key(name, column) for name, column in by.items()]
        signature = order.signature(f"{self.entity.name}Groups:{','.join(map(screaming, by))}")
        page = paging.read(self.builder, self.path, slot, tuple(keys), signature)
        sums = self._sums(tuple(by.values()))
        return Groups(sums, page, having, tuple(order.draft.joins.values()), parts)

    def _sums(self, by: tuple[str, ...]) -> Sums | Guarded:
        level = Level(
            self.path,
            self.level.source,
            tuple(self.draft.joins.values()),
            self.level.parent,
            self.level.year,
            self.level.where,
        )
        return Sums(level, tuple(self.columns.values()), by, tuple(self.figures.values()))

    # What rows are grouped by

    def _by(self, slot: int) -> dict[str, str]:
        """The column of each member that rows are grouped by."""
        names = [one.value for one in given(self.builder.now(slot), "by")]
        argument, most = f"{self.path}(by:)", self.builder.limits.most_keys
        if not 0 < len(names) <= most:
            raise BadUserInputError(argument, f"lists {len(names)} keys; it must be from 1 to {most}.")
        if len(set(names)) < len(names):
            raise BadUserInputError(argument, "names a key twice; each can be named once.")
        members = self.summaries.grouped(self.entity)
        for name in names:
            self.builder.note(self.entity, members[name])
        return {name: self._column(name, self._term(members[name], self.row)) for name in names}

    def _key_of(self, name: str, by: Mapping[str, str], path: str) -> tuple[Value | ToOne, str]:
        if name not in by:
            raise BadUserInputError(path, "is not among what is grouped by; add it to `by`.")
        return self.summaries.grouped(self.entity)[name], by[name]

    def _by_key(self, name: str, column: str) -> SortKey:
        member = self.summaries.grouped(self.entity)[name]
        if isinstance(member, ToOne):
            return SortKey(Term(f"{{row}}.{column}", GROUPED), Scalar.ID, nullable=True)
        return as_key(_stands_for(member.scalar, column), GROUPED, nullable=True, descending=False)

    def _step(self, member: ToOne, column: str) -> Step:
        """The join from a group to the row it has in common."""
        table = self.builder.model.entities[member.target].table
        return Step(f"by_{member.name}", table, f"{{row}}.{column}", outer=True)

    # What is asked of a group

    def _part(self, part: Selected, by: Mapping[str, str]) -> Part:
        name = self.entity.name
        if part.name == "nodes":
            return Nodes(self._group(part, by))
        if part.name == "edges":
            members: list[tuple[str, Object | Cursor | TypeName]] = []
            for inner in self.builder.selection.fields(f"{name}GroupEdge", part.nodes):
                if inner.name == "node":
                    members.append((inner.key, self._group(inner, by)))
                else:
                    members.append((inner.key, Cursor() if inner.name == "cursor" else TypeName(f"{name}GroupEdge")))
            return Edges(tuple(members))
        return self.builder.plain_part(part, f"{name}GroupConnection")

    def _group(self, selected: Selected, by: Mapping[str, str]) -> Object:
        return Object(self._members(f"{self.entity.name}Group", selected.nodes, _PAGE, by))

    def _members(
        self,
        type_name: str,
        nodes: Sequence[FieldNode],
        stands: str,
        by: Mapping[str, str] | None = None,
    ) -> tuple[tuple[str, Output], ...]:
        """The members of an aggregate, or of a group, whose figures are columns of the row ``stands``."""
        functions = self.summaries.functions(self.entity)
        members: list[tuple[str, Output]] = []
        for one in self.builder.selection.fields(type_name, nodes):
            made: Output
            if one.name == "__typename":
                made = TypeName(type_name)
            elif one.name == COUNT:
                made = _leaf(self._count(one), stands)
            elif one.name == "key" and by is not None:
                made = self._key_object(one, by)
            else:
                family, _ = functions[one.name]
                made = self._family(one.name, family, self.entity, self.row, one, stands)
            members.append((one.key, made))
        return tuple(members)

    def _key_object(self, selected: Selected, by: Mapping[str, str]) -> Object:
        type_name = f"{self.entity.name}GroupKey"
        members: list[tuple[str, Output]] = []
        for one in self.builder.selection.fields(type_name, selected.nodes):
            if one.name == "__typename":
                members.append((one.key, TypeName(type_name)))
                continue
            path = f"{self.path}.{selected.key}.{one.key}"
            member, column = self._key_of(one.name, by, path)
            if isinstance(member, Value):
                members.append((one.key, _leaf(_stands_for(member.scalar, column), _PAGE)))
                continue
            inner = Draft(path, taken={_PAGE})
            join = inner.join(_PAGE, self._step(member, column), None)
            target = self.builder.model.entities[member.target]
            node = self.builder.object(target, join.alias, one.nodes, inner)
            members.append((one.key, Found(path, tuple(inner.joins.values()), node)))
        return Object(tuple(members))

    def _family(  # noqa: PLR0913, PLR0917 - a function of the members of a row
        self, function: str, family: Family, entity: Entity, row: str, selected: Selected, stands: str
    ) -> Object:
        type_name = f"{entity.name}{family}"
        members: list[tuple[str, Output]] = []
        for one in self.builder.selection.fields(type_name, selected.nodes):
            made: Output
            if one.name == "__typename":
                made = TypeName(type_name)
            else:
                member = self.summaries.families(entity)[family][one.name]
                if isinstance(member, ToOne) and family is not Family.DISTINCT:
                    target = self.builder.model.entities[member.target]
                    made = self._family(function, family, target, self.follow(member, row), one, stands)
                else:
                    made = _leaf(self.figure(function, entity, member, row), stands)
            members.append((one.key, made))
        return Object(tuple(members))

    # Figures: each is told as a value of the row that it stands in

    def count(self) -> Value:
        """How many rows there are."""
        return self._figure(COUNT, None, Scalar.INT)

    def figure(self, function: str, entity: Entity, member: Value | ToOne, row: str) -> Value:
        """A function of a member of the row ``row``, which is of ``entity``."""
        if function in EXTREMES:
            # The least and the greatest are values of a row.
            self.builder.note(entity, member)
        if function == COUNT_DISTINCT:
            return self._figure(function, self._column(member.name, self._term(member, row)), Scalar.INT)
        if not isinstance(member, Value):
            msg = f"{member.name} has no {function}"
            raise TypeError(msg)
        term = self._term(member, row)
        if function in EXTREMES:
            return self._figure(function, self._column(member.name, term), member.scalar)
        scale = member.scale or 1
        scaled = scale not in _HELD_EXACTLY
        column = self._column(member.name, term, scale if scaled else None)
        return self._figure(function, column, Scalar.FLOAT, scale, scaled=scaled)

    def follow(self, member: ToOne, row: str) -> str:
        """The alias of the row that a relation leads to."""
        for step in member.steps:
            row = self.draft.join(row, step, Year.default(member.years)).alias
        return row

    def _count(self, selected: Selected) -> Value:
        slot = self.builder.slot(selected)
        predicate = Filters(self.builder, f"{self.path}.{selected.key}", slot).read(self.entity, self.row)
        return self.count() if predicate is None else self._figure(COUNT, self._column("asked", predicate), Scalar.INT)

    def _term(self, member: Value | ToOne, row: str) -> Term:
        """The expression of a value, or of the key of the row that a relation leads to."""
        if isinstance(member, Value):
            return Term("{row}.id" if member.scalar is Scalar.ID else member.sql, row, member.needs)
        *before, last = member.steps
        for step in before:
            row = self.draft.join(row, step, Year.default(member.years)).alias
        year = Year.default(member.years)
        if last.limited:
            return Term("{row}.id", self.draft.join(row, last, year).alias)
        return Term(last.key, row, year=year)

    def _column(self, name: str, value: Term | Predicate, factor: int | None = None) -> str:
        known = self.columns.get((value, factor))
        if known is None:
            taken = {column.name for column in self.columns.values()}
            known = self.columns[value, factor] = Column(_free(name, taken), value, factor)
        return known.name

    def _figure(
        self, function: str, column: str | None, scalar: Scalar, scale: int = 1, *, scaled: bool = False
    ) -> Value:
        # Apart from the names of columns, which may stand beside it.
        name = f"{function.lower()}_of_{column or 'rows'}"
        made = Figure(name, function, column, scale, scaled)
        nullable = function not in (COUNT, COUNT_DISTINCT)
        return _stands_for(scalar, self.figures.setdefault((function, column), made).name, nullable=nullable)

    # The order of groups

    def _key(self, order: Ordering, asked: Mapping[str, Any], by: Mapping[str, str], keys: Path) -> SortKey:
        ((name, inner),) = asked.items()
        own = (*keys, name)
        if name == "key":
            return self._key_key(order, inner, by, own)
        if name == COUNT:
            value, told, direction = self.count(), COUNT, inner
        else:
            family, _ = self.summaries.functions(self.entity)[name]
            value, told, direction = self._ordered(name, family, inner)
        order.tell(told, direction)
        return as_key(value, GROUPED, nullable=value.nullable, descending=direction == Direction.DESC)

    def _ordered(self, function: str, family: Family, asked: Mapping[str, Any]) -> tuple[Value, str, str]:
        entity, row, told = self.entity, self.row, function
        while True:
            ((name, inner),) = asked.items()
            told = f"{told}.{name}"
            member = self.summaries.families(entity)[family][name]
            if not isinstance(member, ToOne) or family is Family.DISTINCT:
                return self.figure(function, entity, member, row), told, inner
            entity, row, asked = self.builder.model.entities[member.target], self.follow(member, row), inner

    def _key_key(self, order: Ordering, asked: Mapping[str, Any], by: Mapping[str, str], keys: Path) -> SortKey:
        ((name, inner),) = asked.items()
        own = (*keys, name)
        member, column = self._key_of(name, by, shown(self.path, own))
        told = f"key.{name}"
        if isinstance(member, Value):
            order.tell(told, inner)
            value = _stands_for(member.scalar, column)
            return as_key(value, GROUPED, nullable=True, descending=inner == Direction.DESC)
        join = order.draft.join(GROUPED, self._step(member, column), None)
        target = self.builder.model.entities[member.target]
        return order.key(target, join.alias, inner, own, nullable=True, told=f"{told}.")


def _free(name: str, taken: Collection[str]) -> str:
    """A column's name that is not taken, and no word of SQL."""
    made, number = f"its_{snake(name)}", 1
    while made in taken:
        number += 1
        made = f"its_{snake(name)}_{number}"
    return made


def _stands_for(scalar: Scalar, column: str, *, nullable: bool = True) -> Value:
    """A column of a sum, as a value of its row."""
    return Value(column, "", nullable=nullable, scalar=scalar, sql=f"{{row}}.{column}")


def _leaf(value: Value, row: str) -> Leaf:
    return Leaf(value.sql, value.scalar, value.nullable, row)
