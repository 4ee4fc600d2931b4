"""A schema for each role: what the role may not read does not exist in it, in types, arguments, inputs and names.

The whole schema is made once, which takes seconds; a role's is a pruned copy of it, which takes milliseconds.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_introspection_type,
    is_required_argument,
)
from graphql.utilities.map_schema_config import map_schema_config

from schema.graph import aggregates, counted
from schema.model.entities import Entity, Model, ToMany, ToOne
from schema.model.names import screaming
from schema.model.summaries import Family
from schema.policy import Identity, Narrowing, Reach, Role

_OF_MEMBERS = (
    "",
    "Where",
    "Order",
    "GroupKey",
    "GroupKeyOrder",
    *(f"{family}{kind}" for family in Family for kind in ("", "Having", "Order")),
)
"""What follows an entity's name in the names of types whose fields are named after its members."""

_OF_ROWS = (
    "Edge",
    "Connection",
    "ListFilter",
    "YearListFilter",
    "Having",
    "GroupOrder",
    *aggregates.KINDS,
)
"""What follows it in the names of its other types."""

_Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType


class Sight(NamedTuple):
    """What an identity sees of the graph: all that shapes its schema. Compared for every operation."""

    role: Role
    reach: Reach
    narrowing: Narrowing = Narrowing()

    @classmethod
    def of(cls, identity: Identity) -> "Sight":
        """The sight of an identity."""
        return cls(identity.role, identity.scope.reach, identity.narrowing)

    def sees(self, entity: Entity, name: str | None = None) -> bool:
        """Whether it sees a member of an entity; without one, whether it sees the entity at all."""
        return entity.access is not None and entity.access.reads(self.role, name) and self._left(entity, name)

    def counts(self, entity: Entity) -> bool:
        """Whether it sees figures of an entity alone."""
        return entity.access is not None and entity.access.counts(self.role) and self._left(entity, None)

    def _left(self, entity: Entity, name: str | None) -> bool:
        only, without = self.narrowing.only, self.narrowing.without
        plural = str(entity.plural)
        if name is None:
            kept = not only or entity.of_asker or any(one.partition(".")[0] == plural for one in only)
            return kept and plural not in without
        if name == "id":
            return True
        named = {name, f"{plural}.{name}"}
        fields = {one.partition(".")[2] for one in only if one.startswith(f"{plural}.")}
        return (not fields or name in fields) and named.isdisjoint(without)


class Pruned:
    """What of a schema is left for a sight; a fixpoint, for a field goes with its type, and a type with its last field.

    ``fields`` are the names left of each type, of an enumeration its values.
    """

    def __init__(self, schema: GraphQLSchema, model: Model, sight: Sight) -> None:
        """``schema`` is the whole one."""
        self._schema = schema
        self._owners = {
            entity.name + kind: (entity, kind)
            for entity in model.entities.values()
            for kind in (*_OF_ROWS, *_OF_MEMBERS)
        }
        self._model = model
        self._sight = sight
        self._measures = counted.measures(model, filter(sight.counts, model.entities.values()))
        self._hidden: set[str] = {name for name, (entity, kind) in self._owners.items() if not self._sees(entity, kind)}
        self.fields: dict[str, set[str]] = {}
        while self._narrow():
            pass

    def is_left(self, made: Any) -> bool:  # noqa: ANN401 - a type, wrapped or not
        """Whether a type is left."""
        return get_named_type(made).name not in self._hidden

    def arguments(self, made: GraphQLField) -> dict[str, GraphQLArgument]:
        """The arguments left of a field."""
        found = {name: one for name, one in made.args.items() if self.is_left(one.type)}
        _, kind = self.counted(get_named_type(made.type).name) or (None, "")
        kept = counted.ARGUMENTS.get(kind)
        return found if kept is None else {name: one for name, one in found.items() if name in kept}

    def counted(self, name: str) -> tuple[Entity, str] | None:
        """The entity, and the kind, of a type of rows of which there are figures alone."""
        entity, kind = self._owners.get(name, (None, ""))
        return (entity, kind) if entity is not None and self._counts(entity) else None

    def _counts(self, entity: Entity) -> bool:
        return not self._sight.sees(entity) and self._sight.counts(entity)

    def _sees(self, entity: Entity, kind: str) -> bool:
        return self._sight.sees(entity) or (self._sight.counts(entity) and kind in counted.KINDS)

    def _narrow(self) -> bool:
        before = len(self._hidden), sum(map(len, self.fields.values()))
        for name, made in self._schema.type_map.items():
            if name in self._hidden or is_introspection_type(made):
                continue
            if isinstance(made, _Composite):
                self.fields[name] = {one for one, told in made.fields.items() if self._keeps(name, one, told)}
            elif isinstance(made, GraphQLEnumType):
                self.fields[name] = {one for one in made.values if self._keeps_value(name, one)}
            if not self.fields.get(name, True):
                self._hidden.add(name)
        return before != (len(self._hidden), sum(map(len, self.fields.values())))

    def _keeps(self, name: str, field_name: str, told: Any) -> bool:  # noqa: ANN401 - an output or an input field
        if not self.is_left(told.type) or not self._shows(name, field_name):
            return False
        arguments: Iterable[GraphQLArgument] = getattr(told, "args", {}).values()
        return all(self.is_left(one.type) for one in arguments if is_required_argument(one))

    def _shows(self, name: str, member: str) -> bool:
        owner, kind = self._owners.get(name, (None, ""))
        if owner is None:
            return True
        if self._counts(owner):
            return counted.shows(self._model, owner, kind, member)
        if kind not in _OF_MEMBERS:
            return True
        found = owner.by_name.get(member)
        if kind == "Order" and isinstance(found, ToMany) and not self._sight.sees(self._model.entities[found.target]):
            # To order by how many there are would tell it.
            return False
        return member in self._measures.get(name, {member}) and (found is None or self._sight.sees(owner, member))

    def _keeps_value(self, name: str, value: str) -> bool:
        owner, kind = self._owners.get(f"{name.removesuffix('By')}Key", (None, ""))
        if owner is None or kind != "GroupKey" or not name.endswith("GroupBy"):
            return True
        member = next((one for one in owner.by_name if screaming(one) == value), None)
        key = self.fields.get(f"{owner.name}GroupKey")
        seen = self._counts(owner) or (member is not None and self._sight.sees(owner, member))
        return member is not None and seen and (key is None or member in key)


def narrowed_by(model: Model) -> Iterator[str]:
    """Every name that a narrowing can use."""
    for entity in model.entities.values():
        yield str(entity.plural)
        for name in entity.by_name:
            yield from (name, f"{entity.plural}.{name}")


def _may_be_missing(model: Model) -> set[tuple[str, str]]:
    """The relations to one row that may lead to none, as names of a type and a field."""
    return {
        (entity.name, member.name)
        for entity in model.entities.values()
        for member in entity.members
        if isinstance(member, ToOne) and member.nullable
    }


def pruned(schema: GraphQLSchema, model: Model, sight: Sight) -> GraphQLSchema:
    """The schema of a sight; ``model`` says what may be missing in its reach."""
    left, shapes, loose = Pruned(schema, model, sight), counted.Shapes(model), _may_be_missing(model)

    def of_fields(config: Any) -> Any:  # noqa: ANN401 - graphql-core's own
        whole, names = config["fields"], left.fields.get(config["name"], set())

        def fields() -> dict[str, Any]:
            found = {name: made for name, made in whole().items() if name in names}
            found = shapes.fields(left.counted(config["name"]), found)
            for name, made in found.items():
                if hasattr(made, "args"):
                    made.args = left.arguments(made)
                if (config["name"], name) in loose and isinstance(made.type, GraphQLNonNull):
                    made.type = made.type.of_type
            return found

        return {**config, "fields": fields}

    def of_values(config: Any) -> Any:  # noqa: ANN401 - graphql-core's own
        # Strawberry's own types make members of a value; those of the copy are members already.
        members = getattr(schema.type_map[config["name"]], "wrapped_cls", None)
        names, values = left.fields.get(config["name"], set()), config["values"]

        def kept() -> dict[str, GraphQLEnumValue]:
            found = {name: one for name, one in values().items() if name in names}
            for one in found.values():
                one.value = one.value if members is None else members(one.value)
            return found

        return {**config, "values": kept}

    def of_schema(config: Any) -> Any:  # noqa: ANN401 - graphql-core's own
        # Beside what the query leads to, only what a global id may name.
        kept = {entity.name for entity in model.entities.values() if entity.is_node and sight.sees(entity)}
        return {**config, "types": tuple(made for made in config["types"] if made.name in kept)}

    mappers: Any = dict.fromkeys(("OBJECT", "INTERFACE", "INPUT_OBJECT"), of_fields)
    mappers |= {"ENUM": of_values, "SCHEMA": of_schema}
    return GraphQLSchema(**map_schema_config(schema.to_kwargs(), lambda _: mappers))
