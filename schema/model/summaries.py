"""How rows can be ordered, summed up and grouped: which members of an entity take part in what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from schema.model.entities import Embedded, Entity, Listing, Model, Scalar, ToMany, ToOne, Value


class Direction(StrEnum):
    """Which way a key orders; nulls stand last either way."""

    ASC = "ASC"
    DESC = "DESC"


class GroupBy(StrEnum):
    """What rows are grouped by: the base of each type's own enumeration, whose values name members."""


NUMERIC: Final[Mapping[str, str]] = {
    "avg": "The mean, to four decimals, half up.",
    "sum": "The sum.",
    "p25": "The first quartile: a quarter of the way through the ordered values, interpolated.",
    "median": "The median, interpolated.",
    "p75": "The third quartile, interpolated.",
}
"""What numbers are summed up by; nulls take no part, and of no value there is null."""

EXTREMES: Final[Mapping[str, str]] = {
    "min": "The least value; text by code point.",
    "max": "The greatest value; text by code point.",
}
"""What ordered values are summed up by."""

COUNT: Final = "count"
COUNT_DISTINCT: Final = "countDistinct"


class Family(StrEnum):
    """Figures of the same members, as they stand in the names of types."""

    DISTINCT = "Distinct"
    NUMBERS = "Numbers"
    EXTREMES = "Extremes"


_ORDERED: Final = (Scalar.STRING, Scalar.INT, Scalar.FLOAT, Scalar.DATE, Scalar.DATETIME)


@dataclass(frozen=True, slots=True)
class Summaries:
    """What the entities of a model offer; each answer lists members by name."""

    model: Model
    _families: dict[str, dict[Family, dict[str, Value | ToOne]]] = field(default_factory=dict)

    def ordering(self, entity: Entity) -> dict[str, Value | ToOne | ToMany]:
        """What rows can be ordered by: values, what to-one relations lead to, counts of to-many ones."""
        return {
            member.name: member
            for member in entity.members
            if not isinstance(member, Embedded | Listing)
            and not (isinstance(member, ToOne) and self._root_of(member) is None)
            and not (isinstance(member, ToMany) and member.plain)
        }

    def families(self, entity: Entity) -> dict[Family, dict[str, Value | ToOne]]:
        """The members of each family; different values are counted of whatever rows can be grouped by."""
        if entity.name not in self._families:
            found = {Family.DISTINCT: self.grouped(entity), Family.EXTREMES: self.extremes(entity)}
            numbers = self.numbers(entity)
            self._families[entity.name] = found | {Family.NUMBERS: numbers} if numbers else found
        return self._families[entity.name]

    def functions(self, entity: Entity) -> dict[str, tuple[Family, str]]:
        """The functions that rows are summed up by, beside `count`: the family of each, and what it tells."""
        found = {COUNT_DISTINCT: (Family.DISTINCT, "How many different values there are; null is none.")}
        if Family.NUMBERS in self.families(entity):
            found |= {name: (Family.NUMBERS, told) for name, told in NUMERIC.items()}
        return found | {name: (Family.EXTREMES, told) for name, told in EXTREMES.items()}

    def grouped(self, entity: Entity) -> dict[str, Value | ToOne]:
        """What rows can be grouped by."""
        return {
            member.name: member
            for member in entity.members
            if (isinstance(member, Value) and member.scalar is not Scalar.ID)
            or (isinstance(member, ToOne) and self._root_of(member) is not None)
        }

    def extremes(self, entity: Entity) -> dict[str, Value | ToOne]:
        """What has a least and a greatest value, by way of to-one relations too."""
        return {
            name: member
            for name, member in self.grouped(entity).items()
            if isinstance(member, ToOne) or member.scalar in _ORDERED
        }

    def numbers(self, entity: Entity) -> dict[str, Value | ToOne]:
        """What has a mean and a sum, by way of to-one relations too."""
        return self._numbers(entity, frozenset())

    def _numbers(self, entity: Entity, seen: frozenset[str]) -> dict[str, Value | ToOne]:
        found: dict[str, Value | ToOne] = {}
        for name, member in self.grouped(entity).items():
            if isinstance(member, Value):
                if member.scale is not None:
                    found[name] = member
            elif member.target not in seen:
                target = self.model.entities[member.target]
                if self._numbers(target, seen | {entity.name}):
                    found[name] = member
        return found

    def _root_of(self, member: ToOne) -> object:
        return self.model.entities[member.target].root
