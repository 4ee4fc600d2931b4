"""Object types of `aggregate` and `groups`: what rows are summed up to."""

from typing import TYPE_CHECKING, Any

from strawberry.types.field import StrawberryField

from schema.compiler.parameters import Limits
from schema.model.entities import Argument, Entity, Model, Scalar, ToOne, Value
from schema.model.summaries import COUNT, Family, Summaries

if TYPE_CHECKING:
    from schema.graph.types import Types

_LIMITS = Limits()

PAGE = (
    Argument(
        "first",
        Scalar.INT,
        f"How many groups: 0 to {_LIMITS.largest_page}; {_LIMITS.default_page} where it is not given.",
    ),
    Argument("after", Scalar.STRING, "Only groups that follow this cursor."),
)

KINDS = (*Family, "Aggregate", "GroupKey", "Group", "GroupEdge", "GroupConnection")
"""What follows an entity's name in the names of these types."""


class Aggregates:
    """Makes the object types of each type that has a connection."""

    def __init__(self, model: Model, types: "Types") -> None:
        """``types`` takes what is made; it knows the names of all types already."""
        self.summaries = Summaries(model)
        self.types = types

    def add(self, entity: Entity) -> None:
        """Make an entity's types."""
        name, field = entity.name, self.types.field
        self._families(entity)
        figures = self._figures(entity)
        self.types.add(f"{name}Aggregate", figures, f"What {name} rows are summed up to; null over none, but counts.")
        keys = [self._key(member) for member in self.summaries.grouped(entity).values()]
        self.types.add(f"{name}GroupKey", keys, f"What the {name} rows of a group have in common.")
        told = "What its rows have in common: ask for what they are grouped `by`."
        key = field("key", f"{name}GroupKey", told)
        self.types.add(f"{name}Group", [key, *self._figures(entity)], f"{name} rows that have their keys in common.")
        cursor = field("cursor", str, "Where the group stands in this order; opaque.")
        edge = [cursor, field("node", f"{name}Group", "The group.")]
        self.types.add(f"{name}GroupEdge", edge, f"A group of {name} rows with its cursor.")
        self.types.add(
            f"{name}GroupConnection",
            [
                field("totalCount", "int | None", "How many groups there are in all pages."),
                field("nodes", f"list[{name}Group]", "The groups of this page."),
                field("edges", f"list[{name}GroupEdge]", "The groups of this page, each with its cursor."),
                field("pageInfo", "PageInfo", "Where this page stands."),
            ],
            f"A page of groups of {name} rows.",
        )

    def fields(self, entity: Entity) -> list[StrawberryField]:
        """The fields of an entity's connection."""
        groups = self.types.field("groups", f"{entity.name}GroupConnection", "The rows of all pages, by groups.", PAGE)
        by = self.types.of_input("by", f"list[{entity.name}GroupBy]", "What to group by, at least one.")
        having = self.types.of_input("having", f"{entity.name}Having | None", "Only groups that are so.")
        order = self.types.of_input(
            "orderBy",
            f"list[{entity.name}GroupOrder] | None",
            "How the groups are ordered; then by their keys, in the order of `by`.",
        )
        groups.arguments = [by, having, order, *groups.arguments]
        aggregate = self.types.field("aggregate", f"{entity.name}Aggregate", "What the rows of all pages sum up to.")
        return [aggregate, groups]

    def _figures(self, entity: Entity) -> list[StrawberryField]:
        count = self.types.field(COUNT, "int | None", "How many rows there are.")
        count.arguments = [
            self.types.of_input("where", f"{entity.name}Where | None", "Count only rows that are so, too.")
        ]
        functions = self.summaries.functions(entity)
        return [
            count,
            *(self.types.field(name, f"{entity.name}{family}", told) for name, (family, told) in functions.items()),
        ]

    def _families(self, entity: Entity) -> None:
        for family, members in self.summaries.families(entity).items():
            fields = [
                self.types.field(name, self._figure(family, member), member.description)
                for name, member in members.items()
            ]
            self.types.add(f"{entity.name}{family}", fields, f"Figures of {entity.name} rows.")

    def _figure(self, family: Family, member: Value | ToOne) -> Any:  # noqa: ANN401 - a type, or its name
        if family is Family.DISTINCT:
            return int | None
        if isinstance(member, ToOne):
            return f"{member.target}{family}"
        return (
            float | None if family is Family.NUMBERS else self.types.leaves.leaf(member.scalar, member.choices) | None
        )

    def _key(self, member: Value | ToOne) -> StrawberryField:
        if isinstance(member, ToOne):
            return self.types.field(member.name, f"{member.target} | None", member.description)
        leaf = self.types.leaves.leaf(member.scalar, member.choices)
        return self.types.field(member.name, leaf | None, member.description)
