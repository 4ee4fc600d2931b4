"""Input types of `groups`: what rows are grouped by, which groups are kept, and how those are ordered."""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from schema.graph.declaring import InputTypes
from schema.graph.wheres import Wheres
from schema.model.entities import Entity, Model, Scalar, ToOne
from schema.model.names import screaming
from schema.model.summaries import COUNT, Family, GroupBy, Summaries

_KINDS = ("Having", "Order")
_Leaf = Callable[[Any], str]


class GroupInputs:
    """Makes the input types of each type that has a connection."""

    def __init__(self, model: Model, inputs: InputTypes, wheres: Wheres) -> None:
        """``inputs`` takes what is made, ``wheres`` has the filters of values."""
        self.summaries = Summaries(model)
        self.inputs = inputs
        self.wheres = wheres
        entities = model.listed
        for entity in entities:
            for kind in ("Having", "GroupOrder", *(f"{family}{kind}" for family in Family for kind in _KINDS)):
                inputs.announce(entity.name + kind)
            inputs.announce(f"{entity.name}GroupKeyOrder")
        for entity in entities:
            self._by(entity)
            self._having(entity)
            self._order(entity)

    def by(self, type_name: str) -> Any:  # noqa: ANN401 - an enumeration
        """The enumeration of what rows of a type can be grouped by."""
        return self.inputs.namespace[f"{type_name}GroupBy"]

    def _by(self, entity: Entity) -> None:
        name = f"{entity.name}GroupBy"
        values = {screaming(one): one for one in self.summaries.grouped(entity)}
        made: Any = GroupBy(name, values)  # type: ignore[call-arg] # of a class without values it makes another
        self.inputs.namespace[name] = strawberry.enum(made, description=f"What {entity.name} rows can be grouped by.")

    def _having(self, entity: Entity) -> None:
        name = f"{entity.name}Having"
        integer, number = self.wheres.filter_of(Scalar.INT), self.wheres.filter_of(Scalar.FLOAT)
        told = f"What to ask of figures of {entity.name} rows; all that is said must hold."
        self._families(
            entity,
            "Having",
            {
                Family.DISTINCT: lambda _: integer,
                Family.NUMBERS: lambda _: number,
                Family.EXTREMES: lambda value: self.wheres.filter_of(value.scalar, value.choices),
            },
            told,
        )
        fields = [
            self.inputs.field("AND", f"list[{name}] | None", "All of these hold; with none, it is so."),
            self.inputs.field("OR", f"list[{name}] | None", "At least one of these holds; with none, it is not so."),
            self.inputs.field("NOT", f"list[{name}] | None", "None of these holds."),
            self.inputs.field(COUNT, f"{integer} | None", "How many rows the group has."),
            *self._functions(entity, "Having"),
        ]
        self.inputs.add(name, fields, f"What to ask of a group of {entity.name} rows; all that is said must hold.")

    def _order(self, entity: Entity) -> None:
        told = f"One figure of {entity.name} rows to order groups by."
        self._families(entity, "Order", dict.fromkeys(Family, lambda _: "Direction"), told)
        keys = [
            self.inputs.field(
                name, f"{f'{m.target}Order' if isinstance(m, ToOne) else 'Direction'} | None", m.description
            )
            for name, m in self.summaries.grouped(entity).items()
        ]
        told = f"One key of a group of {entity.name} rows to order by: one of those it is grouped `by`."
        self.inputs.add(f"{entity.name}GroupKeyOrder", keys, told, one_of=True)
        fields = [
            self.inputs.field("key", f"{entity.name}GroupKeyOrder | None", "By a key."),
            self.inputs.field(COUNT, "Direction | None", "By how many rows the group has."),
            *self._functions(entity, "Order"),
        ]
        told = f"One thing to order groups of {entity.name} rows by; nulls stand last, whichever the direction."
        self.inputs.add(f"{entity.name}GroupOrder", fields, told, one_of=True)

    def _functions(self, entity: Entity, kind: str) -> list[StrawberryField]:
        return [
            self.inputs.field(name, f"{entity.name}{family}{kind} | None", told)
            for name, (family, told) in self.summaries.functions(entity).items()
        ]

    def _families(self, entity: Entity, kind: str, leaves: dict[Family, _Leaf], told: str) -> None:
        for family, members in self.summaries.families(entity).items():
            fields = []
            for name, member in members.items():
                if isinstance(member, ToOne) and family is not Family.DISTINCT:
                    inner = f"{member.target}{family}{kind}"
                else:
                    inner = leaves[family](member)
                fields.append(self.inputs.field(name, f"{inner} | None", member.description))
            self.inputs.add(f"{entity.name}{family}{kind}", fields, told, one_of=kind == "Order")
