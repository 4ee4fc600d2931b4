"""Input types of `orderBy`: lists of objects with one key each."""

from schema.graph.declaring import InputTypes
from schema.graph.leaves import Leaves
from schema.model.entities import Entity, Model, ToMany, ToOne
from schema.model.summaries import Direction, Summaries


class Orders:
    """Makes the order of each type that has a connection."""

    def __init__(self, model: Model, inputs: InputTypes, leaves: Leaves) -> None:
        """``inputs`` takes the types."""
        self.inputs = inputs
        self.summaries = Summaries(model)
        entities = model.listed
        for name in ("ListOrder", "YearListOrder", *(f"{entity.name}Order" for entity in entities)):
            inputs.announce(name)
        inputs.namespace["Direction"] = leaves.enum(Direction)
        self._lists()
        for entity in entities:
            self._order(entity)

    def _lists(self) -> None:
        count = self.inputs.field("count", "Direction", "By how many rows there are.")
        year = self.inputs.field("year", "int | None", "Of which school year (B.E.); as in the relation itself.")
        self.inputs.add("ListOrder", [count], "How to order by related rows.")
        self.inputs.add("YearListOrder", [count, year], "How to order by related rows of a school year.")

    def _order(self, entity: Entity) -> None:
        fields = []
        for name, member in self.summaries.ordering(entity).items():
            kind = "Direction"
            if isinstance(member, ToOne):
                kind = f"{member.target}Order"
            elif isinstance(member, ToMany):
                kind = "YearListOrder" if member.years else "ListOrder"
            fields.append(self.inputs.field(name, f"{kind} | None", member.description))
        told = f"One key to order {entity.name} rows by; nulls stand last, whichever the direction."
        self.inputs.add(f"{entity.name}Order", fields, told, one_of=True)
