"""Input types of `where`: what it can ask of each type."""

from enum import StrEnum
from typing import Any

from strawberry.types.field import StrawberryField

from schema.graph.declaring import InputTypes
from schema.graph.leaves import Leaves
from schema.model.entities import Entity, Model, Scalar, ToMany, ToOne, Value
from schema.model.operators import DESCRIPTIONS, IS_NULL, LISTS, OPERATORS


class Wheres:
    """Makes the `where` of each type that has a connection, and all it needs."""

    def __init__(self, model: Model, types: InputTypes, leaves: Leaves) -> None:
        """``types`` takes what is made."""
        self.leaves = leaves
        self.types = types
        for entity in model.listed:
            target = entity.name
            for name in (f"{target}Where", f"{target}ListFilter", f"{target}YearListFilter"):
                types.announce(name)
        self.filter_of(Scalar.INT)
        for entity in model.listed:
            self._where(entity, model)
            self._list_filter(entity, dated=False)
            self._list_filter(entity, dated=True)

    def where(self, type_name: str) -> Any:  # noqa: ANN401 - an input type
        """The `where` of a type."""
        return self.types.namespace[f"{type_name}Where"]

    def _where(self, entity: Entity, model: Model) -> None:
        name = f"{entity.name}Where"
        fields = [
            self.types.field("AND", f"list[{name}] | None", "All of these hold; with none, it is so."),
            self.types.field("OR", f"list[{name}] | None", "At least one of these holds; with none, it is not so."),
            self.types.field("NOT", f"list[{name}] | None", "None of these holds."),
        ]
        for member in entity.members:
            if isinstance(member, Value):
                fields.append(
                    self.types.field(
                        member.name, f"{self.filter_of(member.scalar, member.choices)} | None", member.description
                    )
                )
            elif isinstance(member, ToOne) and model.entities[member.target].root is not None:
                told = f"There is one, and it is so. {member.description}"
                fields.append(self.types.field(member.name, f"{member.target}Where | None", told))
            elif isinstance(member, ToMany) and not member.plain:
                kind = "YearListFilter" if member.years else "ListFilter"
                fields.append(self.types.field(member.name, f"{member.target}{kind} | None", member.description))
        self.types.add(name, fields, f"What to ask of a {entity.name}: all of what is said must hold.")

    def _list_filter(self, entity: Entity, *, dated: bool) -> None:
        where = f"{entity.name}Where | None"
        fields = [
            self.types.field("some", where, "At least one row is so."),
            self.types.field("every", where, "All rows are so, as they are where there is none."),
            self.types.field("none", where, "No row is so."),
            self.types.field("count", "IntFilter | None", "How many rows there are."),
            self.types.field("where", where, "Of which rows all of this is asked; of all where it is left out."),
        ]
        if dated:
            fields.append(
                self.types.field("year", int | None, "Of which school year (B.E.); as in the relation itself.")
            )
        kind = "YearListFilter" if dated else "ListFilter"
        told = " of a school year" if dated else ""
        self.types.add(f"{entity.name}{kind}", fields, f"What to ask of related {entity.name} rows{told}.")

    def filter_of(self, scalar: Scalar, choices: type[StrEnum] | None = None) -> str:
        """The name of the input type that asks of a value."""
        name = f"{choices.__name__ if choices else scalar.value}Filter"
        if name not in self.types.namespace:
            self.types.announce(name)
            leaf = self.leaves.leaf(scalar, choices)
            self.types.add(
                name,
                [self._operator(operator, leaf) for operator in OPERATORS[scalar]],
                "What to ask of a value; what is said of it must all hold. A null is nothing but null.",
            )
        return name

    def _operator(self, operator: str, leaf: Any) -> StrawberryField:  # noqa: ANN401 - a type
        annotation = bool if operator == IS_NULL else list[leaf] if operator in LISTS else leaf
        return self.types.field(operator, annotation | None, DESCRIPTIONS[operator])
