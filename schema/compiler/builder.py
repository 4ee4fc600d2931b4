"""From a selection to a plan: what is asked, resolved against the model."""

from collections.abc import Sequence
from dataclasses import replace

from graphql import FieldNode

from schema.compiler import embedding, ordering, paging, parameters
from schema.compiler.drafts import Draft
from schema.compiler.filters import Filters
from schema.compiler.guarding import Guarding
from schema.compiler.ordering import ARGUMENT, Ordering
from schema.compiler.parameters import FIRST_YEAR, LAST_YEAR, Parameter, given
from schema.compiler.plan import (
    Connection,
    Count,
    Cursor,
    Edges,
    Found,
    Leaf,
    Level,
    Nodes,
    Object,
    Output,
    PageInfo,
    Part,
    PlainList,
    Plan,
    Several,
    Single,
    TypeName,
)
from schema.compiler.predicates import AllOf
from schema.compiler.request import Request
from schema.compiler.rows import Join, Year
from schema.compiler.selection import Selected
from schema.compiler.summing import Summing
from schema.model import personal
from schema.model.entities import Argument, Embedded, Entity, Listing, Scalar, Source, ToMany, ToOne, Value

_SQL_TYPES = {Scalar.INT: "integer", Scalar.STRING: "text", Scalar.ENUM: "text"}


class Builder(Request):
    """Builds the plan of one root field."""

    def connection(
        self, path: str, relation: ToMany, parent: str | None, selected: Selected, *, told: bool = False
    ) -> Connection:
        """A page of a to-many relation; ``told``: the object around it tells the pupil."""
        entity, source = self.model.entities[relation.target], relation.source
        if entity.counted is not None:
            return self._figures(path, relation, parent, selected)
        slot = self.slot(selected)
        year = self.year(path, slot, relation.years)
        where = Filters(self, path, slot).read(entity, source.table)
        rows = Level(path, source, (), parent, year, where)
        draft = self._draft(path, source)
        parts = tuple(
            (part.key, self._part(part, entity, rows, draft, told=told))
            for part in self.selection.fields(f"{entity.name}Connection", selected.nodes)
        )
        order = Ordering(self, path, slot, self._draft(f"{path}.{ARGUMENT}", source))
        if not order.asked():
            page = paging.read(self, path, slot, *ordering.default(entity, source))
            return Connection(replace(rows, joins=tuple(draft.joins.values())), page, parts)
        page = paging.read(self, path, slot, *order.rows(entity, source.table))
        ordered = replace(rows, path=order.draft.path, joins=tuple(order.draft.joins.values()))
        content = Level(path, Source(source.table, ()), tuple(draft.joins.values()))
        return Connection(ordered, page, parts, content)

    def plain_list(
        self, path: str, relation: ToMany, parent: str | None, selected: Selected, *, told: bool = False
    ) -> PlainList:
        """All of a to-many relation; ``told``: the object around it tells the pupil."""
        entity = self.model.entities[relation.target]
        draft = self._draft(path, relation.source)
        node = self.object(entity, relation.source.table, selected.nodes, draft, told=told)
        keys, _ = ordering.default(entity, relation.source)
        return PlainList(Level(path, relation.source, tuple(draft.joins.values()), parent), keys, node)

    def object(  # noqa: PLR0913 - a row, and what is asked of it
        self,
        entity: Entity,
        row: str,
        nodes: Sequence[FieldNode],
        draft: Draft,
        *,
        missing: str | None = None,
        told: bool = False,
    ) -> Object:
        """An object of the answer that stands for the row ``row``; ``told``: an object around it tells the pupil."""
        members = tuple(
            (selected.key, self._member(entity, row, selected, draft))
            for selected in self.selection.fields(entity.name, nodes)
        )
        return Object(members, missing, () if told else entity.pupils, row)

    def single(self, path: str, entity: Entity, selected: Selected) -> tuple[Object, tuple[Join, ...]]:
        """The object of a lookup, and the joins it needs."""
        draft = Draft(path, taken={entity.table})
        node = self.object(entity, entity.table, selected.nodes, draft)
        return node, tuple(draft.joins.values())

    def finish(
        self,
        root: Connection | PlainList | Single | Several,
        arguments: tuple[tuple[str, Parameter], ...] = (),
        guard: str | None = None,
    ) -> Plan:
        """The plan, with all that was registered on the way."""
        return Plan(root, tuple(self.slots), tuple(self.parameters), arguments, guard, frozenset(self.personal))

    def plain_part(self, selected: Selected, type_name: str) -> Part:
        """A part of a connection that is the same whatever its rows are."""
        if selected.name == "totalCount":
            return Count()
        if selected.name == "pageInfo":
            fields = self.selection.fields("PageInfo", selected.nodes)
            return PageInfo(tuple((inner.key, inner.name) for inner in fields))
        return TypeName(type_name)

    def _draft(self, path: str, source: Source) -> Draft:
        return Draft(path, taken=set(source.aliases().values()))

    def _part(self, selected: Selected, entity: Entity, rows: Level, draft: Draft, *, told: bool) -> Part:
        row = rows.source.table
        if selected.name == "nodes":
            return Nodes(self.object(entity, row, selected.nodes, draft, told=told))
        if selected.name == "edges":
            return Edges(
                tuple(
                    (inner.key, self._edge_member(inner, entity, row, draft, told=told))
                    for inner in self.selection.fields(f"{entity.name}Edge", selected.nodes)
                )
            )
        if selected.name in ("aggregate", "groups"):
            summing = Summing(self, entity, rows, self._draft(f"{rows.path}.{selected.key}", rows.source))
            return summing.aggregate(selected) if selected.name == "aggregate" else summing.groups(selected)
        return self.plain_part(selected, f"{entity.name}Connection")

    def _figures(self, path: str, relation: ToMany, parent: str | None, selected: Selected) -> Connection:
        """A to-many relation of whose rows there are figures alone."""
        entity, source = self.model.entities[relation.target], relation.source
        slot = self.slot(selected)
        asked = Filters(self, path, slot).by_key(entity, source.table)
        # What is left once a filter has taken its own is left of its year.
        years = [asked.pop(name) for name in tuple(asked) if name == "year"]
        of_year = AllOf(tuple(years)) if years else None
        rows = Level(path, source, (), parent, self.year(path, slot, relation.years), of_year)
        where = AllOf(tuple(asked.values())) if asked else None
        parts = tuple(
            (part.key, Guarding(self, entity, rows, self._draft(f"{path}.{part.key}", source), where=where).part(part))
            for part in self.selection.fields(f"{entity.name}Connection", selected.nodes)
        )
        return Connection(rows, paging.read(self, path, slot, *ordering.default(entity, source)), parts)

    def _edge_member(
        self, selected: Selected, entity: Entity, row: str, draft: Draft, *, told: bool
    ) -> Object | Cursor | TypeName:
        if selected.name == "node":
            return self.object(entity, row, selected.nodes, draft, told=told)
        return Cursor() if selected.name == "cursor" else TypeName(f"{entity.name}Edge")

    def _member(self, entity: Entity, row: str, selected: Selected, draft: Draft) -> Output:
        if selected.name == "__typename":
            return TypeName(entity.name)
        member = entity.by_name[selected.name]
        path = f"{draft.path}.{selected.key}"
        self.note(entity, member)
        if isinstance(member, Value):
            return self.leaf(member, row, selected, path)
        if isinstance(member, Embedded | Listing):
            return embedding.build(self, member, row, selected, draft)
        told = personal.tells_pupil(entity, member, self.model.entities[member.target])
        if isinstance(member, ToOne):
            return self._to_one(member, row, selected, path, draft, told=told)
        if member.plain:
            return self.plain_list(path, member, row, selected, told=told)
        # What belongs to no row is the same for each.
        parent = None if member.source.parent is None else row
        return self.connection(path, member, parent, selected, told=told)

    def leaf(self, member: Value, row: str, selected: Selected, path: str, year: Year | None = None) -> Leaf:
        """A value; ``year`` is the one asked of the object it stands in."""
        bound: tuple[tuple[str, Parameter | None], ...] = ()
        if member.arguments:
            slot = self.slot(selected)
            bound = tuple((a.name, self._argument(slot, a, path)) for a in member.arguments)
        return Leaf(member.sql, member.scalar, member.nullable, row, bound, member.needs, year)

    def _argument(self, slot: int, argument: Argument, path: str) -> Parameter | None:
        if given(self.now(slot), argument.name) is None:
            return None
        read = parameters.text(path, argument.name)
        if argument.scalar is Scalar.INT:
            read = parameters.whole(path, argument.name, None, FIRST_YEAR, LAST_YEAR)
        return self.parameter(slot, argument.name, _SQL_TYPES[argument.scalar], read)

    def _to_one(  # noqa: PLR0913 - a relation and where it is asked for
        self, member: ToOne, row: str, selected: Selected, path: str, draft: Draft, *, told: bool
    ) -> Object | Found:
        target = self.model.entities[member.target]
        if member.years:
            return self._found(member, target, row, selected, path, draft)
        alias, outer = row, False
        for step in member.steps:
            join = draft.join(alias, step, None)
            alias, outer = join.alias, join.outer
        missing = alias if outer else None
        return self.object(target, alias, selected.nodes, draft.within(selected.key), missing=missing, told=told)

    def _found(  # noqa: PLR0913, PLR0917 - a relation and where it is asked for
        self, member: ToOne, target: Entity, row: str, selected: Selected, path: str, draft: Draft
    ) -> Found:
        """A dated relation: a subquery, because a join would look for it for each row before the page is cut."""
        year = self.year(path, self.slot(selected), member.years)
        inner, alias = Draft(path, taken=set(draft.taken)), row
        for step in member.steps:
            alias = inner.join(alias, step, year).alias
        node = self.object(target, alias, selected.nodes, inner)
        return Found(path, tuple(inner.joins.values()), node)
