"""From a `having` to a predicate on groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schema.compiler.filters import Filters, combined
from schema.compiler.operands import Path
from schema.compiler.predicates import AllOf, Predicate
from schema.model.entities import Entity, ToOne, Value
from schema.model.summaries import COUNT, Family

if TYPE_CHECKING:
    from schema.compiler.summing import Summing

GROUPED = "grouped"
"""The alias of the rows of sums, before the page of them is cut."""


@dataclass(slots=True)
class Having:
    """Reads a `having`, whose figures are columns of the row ``grouped``."""

    summing: "Summing"
    filters: Filters

    def read(self, value: Mapping[str, Any] | None) -> Predicate | None:
        """The predicate on groups; None where nothing is asked."""
        return None if value is None else self._group(value, ("having",))

    def _group(self, value: Mapping[str, Any], keys: Path) -> Predicate:
        self.filters.check_size(keys)
        return AllOf(tuple(self._asked(name, inner, (*keys, name)) for name, inner in value.items()))

    def _asked(self, name: str, value: Any, keys: Path) -> Predicate:  # noqa: ANN401 - a key and its value
        self.filters.check_given(value, keys)
        if name in ("AND", "OR", "NOT"):
            return combined(name, [self._group(part, (*keys, place)) for place, part in enumerate(value)])
        if name == COUNT:
            return self._compared(self.summing.count(), value, keys)
        family, _ = self.summing.summaries.functions(self.summing.entity)[name]
        return self._family(name, family, self.summing.entity, self.summing.row, value, keys)

    def _family(  # noqa: PLR0913, PLR0917 - a function of the members of a row
        self, function: str, family: Family, entity: Entity, row: str, value: Mapping[str, Any], keys: Path
    ) -> Predicate:
        self.filters.check_size(keys)
        parts: list[Predicate] = []
        for name, inner in value.items():
            own = (*keys, name)
            self.filters.check_given(inner, own)
            member = self.summing.summaries.families(entity)[family][name]
            if isinstance(member, ToOne) and family is not Family.DISTINCT:
                target = self.summing.builder.model.entities[member.target]
                parts.append(self._family(function, family, target, self.summing.follow(member, row), inner, own))
            else:
                figure = self.summing.figure(function, entity, member, row)
                parts.append(self._compared(figure, inner, own))
        return AllOf(tuple(parts))

    def _compared(self, figure: Value, value: Mapping[str, Any], keys: Path) -> Predicate:
        return self.filters.compared(figure, self.summing.entity, GROUPED, value, keys)
