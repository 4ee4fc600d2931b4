"""Levels in the making."""

from dataclasses import dataclass, field

from schema.compiler.rows import Join, Year
from schema.model.entities import Step


@dataclass(slots=True)
class Draft:
    """A level in the making: the aliases taken and the joins made so far."""

    path: str
    joins: dict[tuple[str, str, str, Year | None], Join] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def join(self, origin: str, step: Step, year: Year | None) -> Join:
        """The join to a row from the row ``origin``; the same join is made once."""
        key = (origin, step.name, step.key, year)
        if key not in self.joins:
            # What follows an outer join must be outer too, or the rows without it would be lost.
            outer = step.outer or any(join.outer for join in self.joins.values() if join.alias == origin)
            self.joins[key] = Join(self._alias(origin, step.name), step.table, step.key, origin, outer, year)
        return self.joins[key]

    def within(self, key: str) -> "Draft":
        """The same level, seen from one of its objects."""
        return Draft(f"{self.path}.{key}", self.joins, self.taken)

    def apart(self, alias: str) -> "Draft":
        """A subquery within the level, with joins of its own, whose rows are ``alias``."""
        return Draft(self.path, taken={*self.taken, alias})

    def _alias(self, origin: str, name: str) -> str:
        alias, number = name, 1
        if alias in self.taken:
            alias = f"{origin}_{name}"
        while alias in self.taken:
            number += 1
            alias = f"{origin}_{name}_{number}"
        self.taken.add(alias)
        return alias
