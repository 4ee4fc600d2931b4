"""`aggregate`: what rows sum up to, one row after another."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from schema.rules.exact import round_half_up
from tests.oracle.declared import Model, target_of
from tests.oracle.exact import exact, shown
from tests.oracle.filtering import Filtering

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record


class Part(ABC):
    """An object of an answer that is no row."""

    @abstractmethod
    def part(self, graph: "Graph", name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The value of its field."""


@dataclass(frozen=True, slots=True)
class Summary(Part):
    """All figures of some rows of a table."""

    model: Model
    records: Sequence["Record"]

    def part(self, graph: "Graph", name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """How many rows there are, or the figures of a function."""
        if name != "count":
            return Figures(name, self.model, self.records)
        where = arguments.get("where")
        filtering = Filtering(graph)
        return sum(where is None or filtering.holds(record, where) for record in self.records)


@dataclass(frozen=True, slots=True)
class Figures(Part):
    """The figures of one function."""

    function: str
    model: Model
    records: Sequence["Record"]

    def part(self, graph: "Graph", name: str, _: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A figure as it is shown, or the figures of what a to-one relation leads to."""
        target = target_of(self.model, name)
        if target is None or self.function == "countDistinct":
            return shown(self.figure(graph, name))
        return Figures(self.function, target, self.related(graph, name))

    def figure(self, graph: "Graph", name: str) -> Any:  # noqa: ANN401
        """A figure: exact, but for what is defined to be rounded; null over no value."""
        if target_of(self.model, name) is not None:
            return len({other.values["id"] for other in self.related(graph, name)})
        values = [exact(graph, record, name) for record in self.records]
        return _FUNCTIONS[self.function]([value for value in values if value is not None])

    def related(self, graph: "Graph", name: str) -> list["Record"]:
        """What a to-one relation of each row leads to, where it leads somewhere."""
        others = [graph.member(record, name, {}) for record in self.records]
        return [other for other in others if other is not None]

    def at(self, graph: "Graph", path: Sequence[str]) -> Any:  # noqa: ANN401
        """The figure at the end of to-one relations."""
        name, *rest = path
        if not rest:
            return self.figure(graph, name)
        target = target_of(self.model, name)
        assert target is not None
        return Figures(self.function, target, self.related(graph, name)).at(graph, rest)


def _average(values: Sequence[Any]) -> Any:  # noqa: ANN401
    return round_half_up(sum(map(Fraction, values)) / Fraction(len(values)), 4) if values else None


def _sum(values: Sequence[Any]) -> Any:  # noqa: ANN401
    return sum(map(Fraction, values)) if values else None


def _percentile(part: Fraction) -> Callable[[Sequence[Any]], Any]:
    """Linear between the closest ranks, of which the first is 0 and the last 1."""

    def interpolate(values: Sequence[Any]) -> Any:  # noqa: ANN401
        if not values:
            return None
        ordered = [Fraction(value) for value in sorted(values)]
        whole, beyond = divmod((len(ordered) - 1) * part, 1)
        below, above = ordered[int(whole)], ordered[min(int(whole) + 1, len(ordered) - 1)]
        return below + beyond * (above - below)

    return interpolate


_FUNCTIONS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "countDistinct": lambda values: len(set(values)),
    "avg": _average,
    "sum": _sum,
    "p25": _percentile(Fraction(1, 4)),
    "median": _percentile(Fraction(1, 2)),
    "p75": _percentile(Fraction(3, 4)),
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}
