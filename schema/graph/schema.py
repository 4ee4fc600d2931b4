"""The schema: the model's types, and a root field for each thing that can be asked."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import strawberry
from graphql import DocumentNode, GraphQLObjectType
from orjson import Fragment
from strawberry.schema.config import StrawberryConfig

from schema.compiler.compiler import Compiler
from schema.compiler.parameters import Limits
from schema.compiler.roots import ConnectionRoot, ListRoot, LookupRoot, MeRoot, NodeRoot, NodesRoot, Root
from schema.compiler.selection import Info
from schema.graph.documents import KEPT_OF_NARROWED, KEPT_OF_ROLE, Documents, Kept, Known
from schema.graph.execution import executor_of
from schema.graph.graph_schema import GraphSchema
from schema.graph.repeats import Repeats
from schema.graph.roles import Sight, pruned
from schema.graph.types import Types
from schema.model import (
    census,
    cohort,
    derive,
    destinations,
    distribution,
    indicators,
    me,
    told_destinations,
    told_indicators,
)
from schema.model.computed import COMPUTED, TOLD
from schema.model.derivation import CURRENT_YEAR
from schema.model.entities import Entity, Model, ToMany
from schema.model.reach import within
from schema.policy import RECORDS, Narrowing
from schema.tables import tables

if TYPE_CHECKING:
    from schema.graph.context import GraphContext

KEPT_SCHEMAS: Final = 32
"""One takes 3.3 MB with a document: so many of narrowed tokens took 105 MB, and 120 of them, in turn, 130 MB."""

_NOT_IN_CALENDAR = (
    "A year asked for is not in the hub's calendar; ask { academicYears { nodes { beYear } } } for those that are."
)

VIEWS = (*indicators.VIEWS, *destinations.VIEWS, *distribution.VIEWS, me.VIEW)
"""The types that are no tables."""

SHARED = (*census.SHARED, *cohort.SHARED, *told_indicators.SHARED, *told_destinations.SHARED)
"""What their figures are counted from."""

TOLD_SHARED = (*told_indicators.IN_PLACE, *told_destinations.IN_PLACE)
"""What stands in place of some of it for who has figures alone."""


def build_model(current_year: int | None = None) -> Model:
    """The model of every declared table; ``current_year`` (B.E.) is the hub's, None the latest with enrollments."""
    model = derive(tables(), computed=COMPUTED, told=TOLD, views=VIEWS, shared=SHARED)
    if current_year is None:
        return model
    fixed = replace(CURRENT_YEAR, sql=f"SELECT id FROM academic_year WHERE be_year = {current_year:d}")
    return replace(model, shared={**model.shared, fixed.name: fixed})


def build_schema(current_year: int | None = None, limits: Limits | None = None, plans: int = 128) -> strawberry.Schema:
    """The schema of the whole graph, of all rows, which keeps so many ``plans``; expensive, so once a process."""
    return schema_of(Compiler(build_model(current_year), limits or Limits(), plans))


def schema_of(compiler: Compiler) -> GraphSchema:
    """The schema of a compiler's model, whose root fields it answers."""
    model = compiler.model
    types = Types(model)
    roots = _roots(model)
    fields = [_field(types, name, root) for name, root in roots.items()]
    query = types.add("Query", fields, "What can be asked.")
    schema = GraphSchema(
        query=query,
        types=[made for name, made in types.namespace.items() if name in model.entities],
        config=StrawberryConfig(auto_camel_case=False),
    )
    _refuse_resolvers(schema, model)
    _answer_by(schema, compiler)
    return schema


class Schemas:
    """The schema of each sight of one graph, made when it is first asked for; so many are kept, the least used go."""

    def __init__(
        self,
        current_year: int | None = None,
        limits: Limits | None = None,
        size: int = KEPT_SCHEMAS,
        prepare: Callable[[strawberry.Schema], None] = lambda _: None,
    ) -> None:
        """Expensive, so once a process; a sight's own takes a tenth of a second. ``prepare`` is done to each."""
        self._limits = limits or Limits()
        self._model = build_model(current_year)
        self._whole = schema_of(Compiler(self._model, self._limits))
        self._size = size
        self._prepare = prepare
        self._known: OrderedDict[Sight, strawberry.Schema] = OrderedDict()

    def of(self, sight: Sight) -> strawberry.Schema:
        """The schema of what is seen."""
        found = self._known.get(sight)
        if found is None:
            found = self._known[sight] = self._make(sight)
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        self._known.move_to_end(sight)
        return found

    def _make(self, sight: Sight) -> strawberry.Schema:
        model = within(self._model, sight.reach)
        entities = {name: _as_seen(entity, sight) for name, entity in model.entities.items()}
        shared = model.shared if sight.role in RECORDS else {**model.shared, **{one.name: one for one in TOLD_SHARED}}
        schema = copy(self._whole)
        schema._schema = pruned(self._whole._schema, model, sight)  # noqa: SLF001 - Strawberry has no public way to it
        kept = KEPT_OF_ROLE if sight.narrowing == Narrowing() else KEPT_OF_NARROWED
        compiler = Compiler(replace(model, entities=entities, shared=shared), self._limits, reach=sight.reach)
        _answer_by(schema, compiler, kept)
        self._prepare(schema)
        return schema


def _as_seen(entity: Entity, sight: Sight) -> Entity:
    if sight.role not in RECORDS and entity.told is not None:
        entity = entity.told
    if sight.sees(entity):
        return entity
    # No global id is of a type that is not seen: it is refused as one of no type at all.
    told = entity.access.counted if entity.access is not None and sight.counts(entity) else None
    return replace(entity, is_node=False, counted=told)


def _answer_by(schema: GraphSchema, compiler: Compiler, kept: Kept = KEPT_OF_ROLE) -> None:
    """Let a compiler answer the root fields of a schema, which has caches of its own."""
    known: OrderedDict[str, Known] = OrderedDict()
    repeats = schema.repeats = Repeats(known)

    def forget(document: DocumentNode) -> None:
        compiler.forget(document)
        repeats.forget(document)

    schema.execution_context_class = executor_of(compiler)
    schema.extensions = (lambda: Documents(known, kept, compiler.limits, forget),)
    _attach(schema, _roots(compiler.model), compiler)


def _roots(model: Model) -> Mapping[str, Root]:
    roots: dict[str, Root] = {
        "node": NodeRoot(),
        "nodes": NodesRoot(),
        "indicators": _of_years(model, indicators.ROOT, "every year with pupils", indicators.KNOWN),
        "me": MeRoot(),
        "destinations": _of_years(model, destinations.ROOT, "every year with graduates", destinations.KNOWN),
    }
    for entity in model.entities.values():
        if entity.root is not None and entity.plural is not None:
            description = f"All rows of {entity.name}, by pages. {entity.description}"
            roots[entity.plural] = ConnectionRoot(
                ToMany(entity.plural, description, nullable=False, target=entity.name, source=entity.root)
            )
        roots |= {lookup.name: LookupRoot(entity, lookup) for lookup in entity.lookups}
    return roots


def _of_years(model: Model, root: ToMany, unasked: str, known: str) -> ListRoot:
    """The list of the rows that the root's entity is of."""
    table = model.entities[root.target].table
    source = replace(root.source, table=table, needs=(table,))
    return ListRoot(replace(root, source=source), unasked, known, _NOT_IN_CALENDAR)


def _field(types: Types, name: str, root: Root) -> Any:  # noqa: ANN401 - a Strawberry field
    if isinstance(root, ConnectionRoot):
        return types.to_many(root.relation)
    if isinstance(root, ListRoot):
        annotation = f"list[{root.relation.target}]"
        return types.field(name, annotation, root.relation.description, root.arguments())
    if isinstance(root, LookupRoot):
        description = f"One {root.entity.name}, or null where there is none. {root.entity.description}"
        return types.field(name, f"{root.entity.name} | None", description, root.arguments())
    if isinstance(root, MeRoot):
        return types.field(name, me.VIEW.name, me.VIEW.description)
    if isinstance(root, NodeRoot):
        return types.field(
            name, "Node | None", "Any object by its global id; null where there is none.", root.arguments()
        )
    return types.field(
        name,
        "list[Node | None]",
        "Objects by their global ids, in the order asked; null where there is none.",
        root.arguments(),
    )


def _refuse_resolvers(schema: strawberry.Schema, model: Model) -> None:
    """A resolver below the root would be bypassed in silence; so it is an error instead."""
    for name in model.entities:
        definition = schema.get_type_by_name(name)
        for field in getattr(definition, "fields", ()):
            if field.base_resolver is not None or field.extensions:
                msg = f"{name}.{field.name} has a resolver; the compiler would bypass it: declare an SQL expression"
                raise TypeError(msg)


def _attach(schema: strawberry.Schema, roots: Mapping[str, Root], compiler: Compiler) -> None:
    query = schema._schema.query_type  # noqa: SLF001 - Strawberry has no public way to it
    if not isinstance(query, GraphQLObjectType):
        msg = "the schema has no query type"
        raise TypeError(msg)
    for name, field in query.fields.items():
        field.resolve = _resolver(roots[name], compiler)


def _resolver(root: Root, compiler: Compiler) -> Callable[..., Awaitable[Fragment | None]]:
    # It fails when it is awaited and no sooner: graphql-core would leave the other root fields to themselves.
    async def resolve(_source: object, info: Info, **_arguments: object) -> Fragment | None:
        context: GraphContext = info.context
        key = str(info.path.key)
        if key in context.outcomes:
            return context.told(key)
        prepared = compiler.prepare(root, info, context.reader.dialect, marks=context.recorder is not None)
        context.prepared[key] = prepared
        return await context.read(prepared)

    return resolve
