"""Root fields: how each kind is planned."""

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final, Protocol

from schema.compiler import global_ids, parameters
from schema.compiler.builder import Builder
from schema.compiler.parameters import ASKER, FIRST_YEAR, LAST_YEAR, SCOPE, Arguments, Parameter
from schema.compiler.plan import Plan, Several, Single
from schema.compiler.reading import Value
from schema.compiler.scoping import ScopeMissingError
from schema.compiler.selection import Info, Selected
from schema.model import me
from schema.model.entities import Argument, Entity, Lookup, Scalar, ToMany
from schema.policy import Identity


class Root(Protocol):
    """A root field."""

    @property
    def missing(self) -> str | None:
        """What to say when the answer is NULL, in a field that cannot be null."""

    def arguments(self) -> tuple[Argument, ...]:
        """The arguments beyond those of a page."""

    def shape(self, builder: Builder, selected: Selected) -> Hashable:
        """What of the arguments' values shapes the plan."""

    def plan(self, builder: Builder, selected: Selected) -> Plan:
        """The plan of one selection of the field."""


@dataclass(frozen=True, slots=True)
class ConnectionRoot:
    """All rows of a table, by pages."""

    relation: ToMany
    missing: str | None = None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return ()

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102, ARG002
        return None

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        root = builder.connection(selected.key, self.relation, None, selected)
        return builder.finish(root)


@dataclass(frozen=True, slots=True)
class ListRoot:
    """A plain list of a view's rows, for the years asked; ``unasked`` says which they are where none is."""

    relation: ToMany
    unasked: str
    guard: str
    missing: str | None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return (Argument("years", Scalar.INT, f"School years (B.E.); without it, {self.unasked}.", many=True),)

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102, ARG002
        return None

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        read = parameters.listed(selected.key, "years", builder.limits, FIRST_YEAR, LAST_YEAR)
        years = builder.parameter(builder.slot(selected), "years", "json", read)
        root = builder.plain_list(selected.key, self.relation, None, selected)
        return builder.finish(root, (("years", years),), self.guard)


@dataclass(frozen=True, slots=True)
class LookupRoot:
    """One row by what people know it by, or by its id."""

    entity: Entity
    lookup: Lookup
    missing: str | None = None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return self.lookup.arguments

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102, ARG002
        return None

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        slot = builder.slot(selected)
        present = builder.now(slot)
        for argument in self.lookup.arguments:
            if argument.name in self.entity.by_name:
                builder.note(self.entity, self.entity.by_name[argument.name])
        conditions = tuple(
            (condition, self._parameter(builder, selected.key, slot, argument))
            for argument, condition in zip(self.lookup.arguments, self.lookup.conditions, strict=True)
            if parameters.given(present, argument.name) is not None
        )
        node, joins = builder.single(selected.key, self.entity, selected)
        order = self.lookup.newest if len(conditions) < len(self.lookup.conditions) else None
        return builder.finish(Single(self.entity.table, joins, node, conditions, order))

    def _parameter(self, builder: Builder, path: str, slot: int, argument: Argument) -> Parameter:
        if argument.scalar is Scalar.ID:
            return builder.parameter(slot, "id", "bigint", global_ids.read_key(path, self.entity.name, builder.model))
        if argument.scalar is Scalar.INT:
            read = parameters.whole(path, argument.name, None, -(2**31), 2**31 - 1)
            return builder.parameter(slot, argument.name, "integer", read)
        sql_type = "date" if argument.scalar is Scalar.DATE else "text"
        return builder.parameter(slot, argument.name, sql_type, parameters.text(path, argument.name))


@dataclass(frozen=True, slots=True)
class NodeRoot:
    """Any object by its global id."""

    missing: str | None = None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return (Argument("id", Scalar.ID, "The object's global id.", required=True),)

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102
        return self._type(builder, selected, builder.now(builder.slot(selected)))

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        slot = builder.slot(selected)
        entity = builder.model.entities[self._type(builder, selected, builder.now(slot))]
        key = builder.parameter(slot, "id", "bigint", global_ids.read_key(selected.key, entity.name, builder.model))
        node, joins = builder.single(selected.key, entity, selected)
        return builder.finish(Single(entity.table, joins, node, (("{row}.id = {value}", key),)))

    def _type(self, builder: Builder, selected: Selected, arguments: Arguments) -> str:
        return global_ids.parse(f"{selected.key}(id:)", arguments["id"], builder.model)[0]


@dataclass(frozen=True, slots=True)
class NodesRoot:
    """Several objects by their global ids."""

    missing: str | None = None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return (Argument("ids", Scalar.ID, "Global ids; the answer keeps their order.", required=True, many=True),)

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102
        return self._types(builder, selected, builder.now(builder.slot(selected)))

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        slot = builder.slot(selected)
        alternatives: list[tuple[str, Single]] = []
        for name in self._types(builder, selected, builder.now(slot)):
            entity = builder.model.entities[name]
            node, joins = builder.single(selected.key, entity, selected)
            alternatives.append((name, Single(entity.table, joins, node, ())))
        read = global_ids.read_list(selected.key, builder.model, builder.limits)
        return builder.finish(Several(builder.parameter(slot, "ids", "json", read), tuple(alternatives)))

    def _types(self, builder: Builder, selected: Selected, arguments: Arguments) -> tuple[str, ...]:
        pairs = global_ids.parse_list(selected.key, arguments, builder.model, builder.limits)
        return tuple(dict.fromkeys(sorted(name for name, _ in pairs)))


def _of_asker(name: str, sql_type: str, read: Callable[[Identity], Value]) -> Parameter:
    def checked(arguments: Arguments) -> Value:
        identity = arguments.get(ASKER)
        if not isinstance(identity, Identity):
            msg = "nobody is known to ask, so nobody can be told of"
            raise ScopeMissingError(msg)
        return read(identity)

    return Parameter(SCOPE, name, sql_type, checked)


_ASKED: Final = {
    me.parameter_of("name"): _of_asker("name", "text", lambda asker: asker.name),
    me.parameter_of("role"): _of_asker("role", "text", lambda asker: asker.role.name),
    me.parameter_of("purpose"): _of_asker("purpose", "text", lambda asker: asker.purpose),
    me.parameter_of("expiresAt"): _of_asker(
        "expiresAt", "timestamptz", lambda asker: asker.expires_at.isoformat() if asker.expires_at else None
    ),
    me.parameter_of("only"): _of_asker("only", "text", lambda asker: json.dumps(sorted(asker.narrowing.only))),
    me.parameter_of("without"): _of_asker("without", "text", lambda asker: json.dumps(sorted(asker.narrowing.without))),
    me.TEACHER: _of_asker("asker's teacher", "bigint", lambda asker: asker.scope.teacher),
}
"""What is known of who asks, by the names that templates know it by."""


@dataclass(frozen=True, slots=True)
class MeRoot:
    """Who asks."""

    missing: str | None = None

    def arguments(self) -> tuple[Argument, ...]:  # noqa: D102
        return ()

    def shape(self, builder: Builder, selected: Selected) -> Hashable:  # noqa: D102, ARG002
        return None

    def plan(self, builder: Builder, selected: Selected) -> Plan:  # noqa: D102
        entity = builder.model.entities[me.VIEW.name]
        node, joins = builder.single(selected.key, entity, selected)
        # Of what no field asks for no parameter is bound: PostgreSQL would not know its type.
        asked = {one.name for one in builder.selection.fields(entity.name, selected.nodes)}
        names = [me.TEACHER] if "teacher" in asked else []
        names += [me.parameter_of(value.name) for value in me.VALUES if value.name in asked]
        arguments = tuple((name, _ASKED[name]) for name in names)
        return builder.finish(Single(f"(SELECT 1 AS id) AS {entity.table}", joins, node, ()), arguments)


def selected_root(info: Info) -> Selected:
    """The root field that is being resolved."""
    definition = info.parent_type.fields[info.field_name]
    return Selected(str(info.path.key), info.field_name, tuple(info.field_nodes), definition)
