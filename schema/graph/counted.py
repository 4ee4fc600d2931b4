"""What a schema has of rows of which there are figures alone: no object stands for a row, and nothing asks of one.

Beside each figure stands whether it is hidden; and a filter asks for one value of a dimension, so that it tells of the
rows that a group would, and of no others.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    get_nullable_type,
)

from schema.model.entities import Entity, Member, Model, Scalar, ToOne, Value
from schema.model.summaries import COUNT, COUNT_DISTINCT
from schema.policy import Counting

SUPPRESSED: Final = "suppressed"

MEAN: Final = "avg"

ARGUMENTS: Final[Mapping[str, frozenset[str]]] = {
    "Connection": frozenset({"where", "year"}),
    "GroupConnection": frozenset({"by", "orderBy", "first", "after"}),
}
"""The arguments left of fields of these types."""

_FIGURES: Final = frozenset({COUNT, COUNT_DISTINCT, MEAN})

_FIELDS: Final[Mapping[str, frozenset[str] | None]] = {
    "Connection": frozenset({"totalCount", "aggregate", "groups"}),
    "Aggregate": _FIGURES,
    "Group": _FIGURES | {"key"},
    "GroupOrder": frozenset({"key"}),
    "GroupEdge": None,
    "GroupConnection": None,
    "Distinct": None,
    "Numbers": None,
    "GroupKey": None,
    "GroupKeyOrder": None,
    "Where": None,
}

KINDS: Final = frozenset(_FIELDS)
"""What follows an entity's name in the names of the types that are left of it."""

_TOLD: Final[Mapping[str, str]] = {
    "Connection": "Whether `totalCount` is hidden: it would tell of too few students.",
    "Aggregate": "Whether the figures are hidden: they would tell of too few students.",
    "Group": "Whether the group's figures are hidden: they would tell of too few students.",
    "Numbers": "Whether one of these is hidden: it would tell of too few students.",
}


def counting(entity: Entity) -> Counting:
    """What is declared of an entity of which there are figures alone; LookupError where nothing is."""
    if entity.access is None or entity.access.counted is None:
        raise LookupError(entity.name)
    return entity.access.counted


def pupil_of(entity: Entity) -> str | None:
    """The member that leads to the pupil; None where the rows are the pupils."""
    found = (one.name for one in entity.members if isinstance(one, ToOne) and one.target == "Student")
    return next(found, None)


def measures(model: Model, entities: Iterable[Entity]) -> dict[str, set[str]]:
    """The numbers left of rows that measures lead to, by the names of their types."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for path in counting(entity).measures:
            here = entity
            first, *rest = path.split(".")
            for name in rest:
                step = here.by_name[first]
                if not isinstance(step, ToOne):
                    msg = f"{entity.name}: {path} does not follow relations to one row"
                    raise TypeError(msg)
                here, first = model.entities[step.target], name
                found.setdefault(f"{here.name}Numbers", set()).add(name)
    return found


def key_of(model: Model, member: ToOne) -> str | None:
    """The value that alone names the row that a dimension leads to; None where there is none."""
    named = (one.arguments for one in model.entities[member.target].lookups if len(one.arguments) == 1)
    return next((argument.name for (argument,) in named if argument.scalar is not Scalar.ID), None)


def shows(model: Model, entity: Entity, kind: str, name: str) -> bool:
    """Whether a field of one of the types is left."""
    kept = _FIELDS[kind]
    if kept is not None:
        return name in kept
    told = counting(entity)
    if kind == "Distinct":
        return name == pupil_of(entity)
    if kind == "Numbers":
        return name in {path.partition(".")[0] for path in told.measures}
    if kind not in ("GroupKey", "GroupKeyOrder", "Where"):
        return True
    member = entity.by_name.get(name)
    if name not in told.dimensions or member is None:
        return False
    return kind != "Where" or isinstance(member, Value) or (isinstance(member, ToOne) and bool(key_of(model, member)))


class Shapes:
    """Shapes the types of one schema; inputs that several types ask by are made once."""

    def __init__(self, model: Model) -> None:
        """The model of the schema."""
        self._model = model
        self._made: dict[str, GraphQLInputObjectType] = {}

    def fields(self, counted: tuple[Entity, str] | None, whole: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of a type, from those that are left of it; ``counted`` if it is one of these types."""
        if counted is None:
            return dict(whole)
        entity, kind = counted
        if kind == "Where":
            return {name: self._one(entity.by_name[name], made) for name, made in whole.items()}
        found = dict(whole)
        if kind in ("Aggregate", "Group"):
            found[COUNT].args = {}
        if kind in _TOLD:
            found[SUPPRESSED] = GraphQLField(GraphQLNonNull(GraphQLBoolean), description=_TOLD[kind])
        return found

    def _one(self, member: Member, whole: GraphQLInputField) -> GraphQLInputField:
        """The field of a filter by one value of a dimension, from the field that could ask for anything."""
        asked: Any = get_nullable_type(whole.type)
        if not isinstance(member, ToOne):
            return GraphQLInputField(self._value(asked), description=member.description)
        key = str(key_of(self._model, member))
        field = asked.fields[key]
        made = self._input(f"One{member.target}", f"One {member.target}.", key, field, lambda: self._value(field.type))
        return GraphQLInputField(made, description=member.description)

    def _value(self, asked: Any) -> GraphQLInputObjectType:  # noqa: ANN401 - the filter of a value
        field = get_nullable_type(asked).fields["equals"]
        name = f"{get_nullable_type(asked).name.removesuffix('Filter')}Value"
        return self._input(name, "One value.", "equals", field, lambda: field.type)

    def _input(
        self, name: str, told: str, key: str, field: GraphQLInputField, asked: Callable[[], Any]
    ) -> GraphQLInputObjectType:
        if name not in self._made:
            inner = GraphQLInputField(GraphQLNonNull(get_nullable_type(asked())), description=field.description)
            self._made[name] = GraphQLInputObjectType(name, {key: inner}, description=told)
        return self._made[name]
