"""A row's values as they are ordered, summed up and grouped by: numbers exact, booleans as 0 and 1."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Numeric

from schema.rules.thai_text import make_sort_key
from schema.tables.columns import info_of
from schema.tables.moments import Moment
from tests.oracle import values
from tests.oracle.declared import Model, Stored, fields_of

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record


def exact(graph: "Graph", record: "Record", name: str) -> Any:  # noqa: ANN401 - a value of any type
    """A value: numbers as int or Decimal, moments as they are shown, an id as the row's key."""
    if name == "id":
        return record.values["id"]
    declared = fields_of(record.model).get(name)
    if not isinstance(declared, Stored):
        computed = graph.member(record, name, {})
        return Decimal(str(computed)) if isinstance(computed, float) else computed
    value = record.values[declared.column.name]
    if value is None:
        return None
    if isinstance(declared.column.type, Boolean):
        return int(value)
    if isinstance(declared.column.type, Numeric):
        return Decimal(str(value))
    return values.show(declared.column, value)


def ordered(graph: "Graph", record: "Record", name: str) -> Any:  # noqa: ANN401 - a value of any type
    """What a row is ordered by: the value, or the place in the dictionary of words in Thai."""
    value, declared = exact(graph, record, name), fields_of(record.model).get(name)
    is_thai = isinstance(declared, Stored) and info_of(declared.column).thai
    return make_sort_key(value) if is_thai and value is not None else value


def shown(value: Any) -> Any:  # noqa: ANN401 - a value of any type
    """A figure as the graph shows it."""
    return float(value) if isinstance(value, Decimal | Fraction) else value


def comparable(model: Model, name: str, figure: Any) -> Any:  # noqa: ANN401 - a value of any type
    """A figure of a field as operands are compared with it: moments as such, numbers as they are shown."""
    declared = fields_of(model).get(name)
    if isinstance(figure, str) and isinstance(declared, Stored) and isinstance(declared.column.type, Moment):
        return datetime.fromisoformat(figure)
    return shown(figure)
