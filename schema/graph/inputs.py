"""Input types made from the model: what a `where` can ask of each type."""

from collections.abc import Mapping
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField

from schema.graph.leaves import Leaves
from schema.model.entities import Entity, Model, Scalar, ToMany, ToOne, Value
from schema.model.operators import DESCRIPTIONS, IS_NULL, OPERATORS

_LISTS = ("in", "notIn")


class Inputs:
    """The input types of a model, by name, in a namespace of their own."""

    def __init__(self, model: Model, leaves: Leaves) -> None:
        """Make the `where` of each type that has a connection, and all it needs."""
        self.leaves = leaves
        self.namespace: dict[str, Any] = {f"{name}Where": type(f"{name}Where", (), {}) for name in _filtered(model)}
        for target in _filtered(model):
            for name in (f"{target}ListFilter", f"{target}YearListFilter"):
                self.namespace[name] = type(name, (), {})
        self._filter(Scalar.INT, None)
        for entity in _filtered(model).values():
            self._where(entity, model)
            self._list_filter(entity, dated=False)
            self._list_filter(entity, dated=True)

    def where(self, type_name: str) -> Any:  # noqa: ANN401 - an input type
        """The `where` of a type."""
        return self.namespace[f"{type_name}Where"]

    def _where(self, entity: Entity, model: Model) -> None:
        name = f"{entity.name}Where"
        fields = [
            self._field("AND", f"list[{name}] | None", "All of these hold; with none, it is so."),
            self._field("OR", f"list[{name}] | None", "At least one of these holds; with none, it is not so."),
            self._field("NOT", f"list[{name}] | None", "None of these holds."),
        ]
        for member in entity.members:
            if isinstance(member, Value):
                fields.append(self._field(member.name, f"{self._filter_of(member)} | None", member.description))
            elif isinstance(member, ToOne) and member.target in _filtered(model):
                told = f"There is one, and it is so. {member.description}"
                fields.append(self._field(member.name, f"{member.target}Where | None", told))
            elif isinstance(member, ToMany) and not member.plain:
                kind = "YearListFilter" if member.years else "ListFilter"
                fields.append(self._field(member.name, f"{member.target}{kind} | None", member.description))
        self._add(name, fields, f"What to ask of a {entity.name}: all of what is said must hold.")

    def _list_filter(self, entity: Entity, *, dated: bool) -> None:
        where = f"{entity.name}Where | None"
        fields = [
            self._field("some", where, "At least one row is so."),
            self._field("every", where, "All rows are so, as they are where there is none."),
            self._field("none", where, "No row is so."),
            self._field("count", "IntFilter | None", "How many rows there are."),
        ]
        if dated:
            fields.append(self._field("year", int | None, "Of which school year (B.E.); as in the relation itself."))
        kind = "YearListFilter" if dated else "ListFilter"
        told = " of a school year" if dated else ""
        self._add(f"{entity.name}{kind}", fields, f"What to ask of related {entity.name} rows{told}.")

    def _filter_of(self, value: Value) -> str:
        return self._filter(value.scalar, value)

    def _filter(self, scalar: Scalar, value: Value | None) -> str:
        choices = value.choices if value else None
        name = f"{choices.__name__ if choices else scalar.value}Filter"
        if name not in self.namespace:
            self.namespace[name] = type(name, (), {})
            leaf = self.leaves.leaf(scalar, choices)
            self._add(
                name,
                [self._operator(operator, leaf) for operator in OPERATORS[scalar]],
                "What to ask of a value; what is said of it must all hold. A null is nothing but null.",
            )
        return name

    def _operator(self, operator: str, leaf: Any) -> StrawberryField:  # noqa: ANN401 - a type
        annotation = bool if operator == IS_NULL else list[leaf] if operator in _LISTS else leaf
        return self._field(operator, annotation | None, DESCRIPTIONS[operator])

    def _field(self, name: str, annotation: Any, description: str) -> StrawberryField:  # noqa: ANN401 - a type, or its name
        return StrawberryField(
            # Some names are Python's own: `in`.
            python_name=f"{name}_",
            graphql_name=name,
            type_annotation=StrawberryAnnotation(annotation, namespace=self.namespace),
            description=description,
            default=strawberry.UNSET,
        )

    def _add(self, name: str, fields: list[StrawberryField], description: str) -> None:
        bare: type = self.namespace[name]
        bare.__annotations__ = {}
        for made in fields:
            setattr(bare, str(made.python_name), made)
            bare.__annotations__[str(made.python_name)] = (
                made.type_annotation.annotation if made.type_annotation else Any
            )
        strawberry.input(bare, name=name, description=description)


def _filtered(model: Model) -> Mapping[str, Entity]:
    return {name: entity for name, entity in model.entities.items() if entity.root is not None}
