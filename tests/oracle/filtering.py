"""`where`: whether it holds of a row, by looking at the rows one after another."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Boolean

from schema.tables.moments import Moment
from tests.oracle.declared import Stored, fields_of, target_of

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record

Where = Mapping[str, Any]
"""A `where`, or a part of it, as graphql-core coerced it."""

COMPUTED: Final = ("id", "gpax", "gpa", "nationalId")
"""The values that are no column's."""


_FOLDING = str.maketrans(ascii_uppercase, ascii_lowercase)


def _folded(text: str) -> str:
    """A text with A to Z made small, and no other letter."""
    return text.translate(_FOLDING)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, asked: bool(value == asked),
    "in": lambda value, asked: value in asked,
    "notIn": lambda value, asked: value not in asked,
    "lt": lambda value, asked: bool(value < asked),
    "lte": lambda value, asked: bool(value <= asked),
    "gt": lambda value, asked: bool(value > asked),
    "gte": lambda value, asked: bool(value >= asked),
    "contains": lambda value, asked: _folded(asked) in _folded(value),
    "startsWith": lambda value, asked: _folded(value).startswith(_folded(asked)),
    "endsWith": lambda value, asked: _folded(value).endswith(_folded(asked)),
}


class Filtering:
    """Judges rows by one `where`; what was judged is not judged again."""

    def __init__(self, graph: "Graph") -> None:
        """``graph`` resolves the fields that are asked about."""
        self._graph = graph
        self._judged: dict[tuple[int, str, int], bool] = {}

    def holds(self, record: "Record", where: Where) -> bool:
        """Whether all that is said holds of the row."""
        place = (id(where), record.model.__name__, record.values["id"])
        if place not in self._judged:
            self._judged[place] = all(self._key(record, name, asked) for name, asked in where.items())
        return self._judged[place]

    def _key(self, record: "Record", name: str, asked: Any) -> bool:  # noqa: ANN401 - an argument of any type
        if name == "AND":
            return all(self.holds(record, part) for part in asked)
        if name == "OR":
            return any(self.holds(record, part) for part in asked)
        if name == "NOT":
            return not any(self.holds(record, part) for part in asked)
        declared = None if name in COMPUTED else fields_of(record.model)[name]
        if declared is None or isinstance(declared, Stored):
            value = value_of(self._graph, record, name)
            return all(compare(value, operator, operand) for operator, operand in asked.items())
        if target_of(record.model, name) is not None:
            other = self._graph.member(record, name, {})
            return other is not None and self.holds(other, asked)
        return self._list(self._graph.related(record, name, {"year": asked.get("year")}), asked)

    def _list(self, others: "Sequence[Record]", asked: Where) -> bool:
        if "where" in asked:
            others = [other for other in others if self.holds(other, asked["where"])]
        for name, part in asked.items():
            if name == "count":
                told = all(compare(len(others), operator, operand) for operator, operand in part.items())
            elif name in ("year", "where"):
                told = True
            else:
                found = [self.holds(other, part) for other in others]
                told = {"some": any(found), "every": all(found), "none": not any(found)}[name]
            if not told:
                return False
        return True


def compare(value: Any, operator: str, asked: Any) -> bool:  # noqa: ANN401 - values of any type
    """Whether a comparison holds; with a null value none does."""
    if operator == "isNull":
        return (value is None) is bool(asked)
    return value is not None and _OPERATORS[operator](value, asked)


def value_of(graph: "Graph", record: "Record", name: str) -> Any:  # noqa: ANN401 - a value of any type
    """A row's value as operands are compared with it: moments as such, decimals as the nearest double."""
    declared = None if name in COMPUTED else fields_of(record.model)[name]
    if not isinstance(declared, Stored):
        return graph.member(record, name, {})
    value = record.values[declared.column.name]
    if value is None:
        return None
    if isinstance(declared.column.type, Moment):
        return datetime.fromisoformat(value)
    if isinstance(declared.column.type, Boolean):
        return bool(value)
    return float(value) if isinstance(value, Decimal) else value
