"""Strawberry types made from the model: no field of a table is written here."""

from collections.abc import Iterable, Iterator
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from schema.compiler.parameters import Limits
from schema.graph import aggregates
from schema.graph.aggregates import Aggregates
from schema.graph.declaring import InputTypes, filled
from schema.graph.group_inputs import GroupInputs
from schema.graph.leaves import Leaves
from schema.graph.orders import Orders
from schema.graph.wheres import Wheres
from schema.model.entities import Argument, Embedded, Entity, Listing, Member, Model, Scalar, ToMany, ToOne, Value
from schema.rules.calendar import FIRST_YEAR, LAST_YEAR

YEAR = Argument(
    "year", Scalar.INT, f"School year (B.E.), {FIRST_YEAR} to {LAST_YEAR}; of a year without records there is nothing."
)

_LIMITS = Limits()

PAGE = (
    Argument(
        "first",
        Scalar.INT,
        f"How many from the front: 0 to {_LIMITS.largest_page}; {_LIMITS.default_page} without first and last.",
    ),
    Argument("after", Scalar.STRING, "Only what follows this cursor."),
    Argument("last", Scalar.INT, f"How many from the end: 0 to {_LIMITS.largest_page}."),
    Argument("before", Scalar.STRING, "Only what precedes this cursor."),
    Argument("offset", Scalar.INT, "How many to pass over at the front."),
)


class Types:
    """The Strawberry types of a model, by name; they refer to one another by name, so their order does not matter."""

    def __init__(self, model: Model) -> None:
        """Make every type of the model."""
        # All classes exist, empty, before any is filled, because they refer to one another by name.
        node = type("Node", (), {})
        self.namespace: dict[str, Any] = {"Node": node}
        for name, is_node in _names(model):
            self.namespace[name] = type(name, (node,) if is_node else (), {})
        self.leaves = Leaves()
        self.inputs = InputTypes()
        wheres = Wheres(model, self.inputs, self.leaves)
        Orders(model, self.inputs, self.leaves)
        GroupInputs(model, self.inputs, wheres)
        self.aggregates = Aggregates(model, self)
        self._add_node_and_page_info()
        for entity in model.entities.values():
            self._add_entity(entity)

    def field(
        self,
        name: str,
        annotation: Any,  # noqa: ANN401 - a type, or the name of one
        description: str,
        arguments: Iterable[Argument] = (),
    ) -> StrawberryField:
        """A field without a resolver: the compiler answers it, or the row it belongs to does not exist in Python."""
        made = StrawberryField(
            python_name=name,
            graphql_name=name,
            type_annotation=StrawberryAnnotation(annotation, namespace=self.namespace),
            description=description,
        )
        made.arguments = [self.argument(argument) for argument in arguments]
        return made

    def argument(self, argument: Argument) -> StrawberryArgument:
        """An argument; one that is not required may be left out or null."""
        annotation = self.leaves.leaf(argument.scalar, argument.choices)
        if argument.many:
            annotation = list[annotation]  # type: ignore[valid-type]
        return StrawberryArgument(
            python_name=argument.name,
            graphql_name=argument.name,
            type_annotation=StrawberryAnnotation(annotation if argument.required else annotation | None),
            description=argument.description,
        )

    def add(self, name: str, fields: Iterable[StrawberryField], description: str) -> type:
        """Make an object type of the class that the others know by this name."""
        return strawberry.type(filled(self.namespace[name], fields), name=name, description=description)

    def to_many(self, relation: ToMany) -> StrawberryField:
        """The field of a to-many relation."""
        if relation.plain:
            return self.field(relation.name, f"list[{relation.target}]", relation.description)
        arguments = (*((YEAR,) if relation.years else ()), *PAGE)
        made = self.field(relation.name, f"{relation.target}Connection", relation.description, arguments)
        where = self.of_input(
            "where", f"{relation.target}Where | None", "Only rows that are so; rows and counts alike."
        )
        order = self.of_input(
            "orderBy",
            f"list[{relation.target}Order] | None",
            "How the rows are ordered; then by their id. Without it, by what people know them by.",
        )
        made.arguments = [where, order, *made.arguments]
        return made

    def of_input(self, name: str, annotation: str, description: str) -> StrawberryArgument:
        """An argument of an input type."""
        return StrawberryArgument(
            python_name=name,
            graphql_name=name,
            type_annotation=StrawberryAnnotation(annotation, namespace=self.inputs.namespace),
            description=description,
        )

    def _add_node_and_page_info(self) -> None:
        identity = [self.field("id", strawberry.ID, "The object's global id; opaque.")]
        strawberry.interface(
            filled(self.namespace["Node"], identity), name="Node", description="An object with a global id."
        )
        cursor = "str | None"
        self.add(
            "PageInfo",
            [
                self.field("hasNextPage", bool, "Whether rows follow this page."),
                self.field("hasPreviousPage", bool, "Whether rows precede this page."),
                self.field("startCursor", cursor, "Cursor of the page's first row."),
                self.field("endCursor", cursor, "Cursor of the page's last row."),
            ],
            "Where a page stands among all rows.",
        )

    def _add_entity(self, entity: Entity) -> None:
        fields = [self._member(member) for member in entity.members]
        self.add(entity.name, fields, entity.description)
        if entity.root is None:
            return
        self.add(
            f"{entity.name}Edge",
            [
                self.field("cursor", str, "Where the row stands in this connection's order; opaque."),
                self.field("node", entity.name, "The row."),
            ],
            f"A {entity.name} with its cursor.",
        )
        self.add(
            f"{entity.name}Connection",
            [
                self.field(
                    "totalCount", "int | None", "How many rows there are in all pages; null where it is hidden."
                ),
                self.field("nodes", f"list[{entity.name}]", "The rows of this page."),
                self.field("edges", f"list[{entity.name}Edge]", "The rows of this page, each with its cursor."),
                self.field("pageInfo", "PageInfo", "Where this page stands."),
                *self.aggregates.fields(entity),
            ],
            f"A page of {entity.name} rows.",
        )
        self.aggregates.add(entity)

    def _member(self, member: Member) -> StrawberryField:
        if isinstance(member, ToMany):
            return self.to_many(member)
        if isinstance(member, ToOne):
            annotation = f"{member.target} | None" if member.nullable else member.target
            return self.field(member.name, annotation, member.description, (YEAR,) if member.years else ())
        if isinstance(member, Embedded):
            if not hasattr(self.namespace[member.type_name], "__strawberry_definition__"):
                self.add(member.type_name, [self._member(v) for v in member.values], member.type_description)
            arguments = (YEAR,) if member.years else ()
            return self.field(member.name, member.type_name, member.description, arguments)
        if isinstance(member, Listing):
            return self.field(member.name, f"list[{member.target}]", member.description)
        return self._value(member)

    def _value(self, value: Value) -> StrawberryField:
        annotation = self.leaves.leaf(value.scalar, value.choices)
        return self.field(
            value.name, annotation | None if value.nullable else annotation, value.description, value.arguments
        )


def _names(model: Model) -> Iterator[tuple[str, bool]]:
    """The names of all types, and whether each is a node."""
    yield from (("Query", False), ("PageInfo", False))
    for entity in model.entities.values():
        yield entity.name, entity.is_node
        yield from ((name, False) for name in _embedded(entity.members))
        if entity.root is not None:
            yield from ((f"{entity.name}{suffix}", False) for suffix in ("Edge", "Connection", *aggregates.KINDS))


def _embedded(members: Iterable[Member]) -> Iterator[str]:
    """The names of the types of embedded objects, those inside others too."""
    for member in members:
        if isinstance(member, Embedded):
            yield member.type_name
            yield from _embedded(member.values)
