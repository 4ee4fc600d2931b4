"""Which values a cursor can hold of a field, and how they compare with those of rows."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Boolean, Date, Integer, Numeric

from schema.tables.moments import Moment
from tests.oracle.declared import Model, Stored, fields_of, target_of
from tests.oracle.where_refusals import is_moment, is_text

_LARGEST_KEY: Final = 2**63 - 1

Read = Callable[[Any], Any]
"""What a value of a cursor compares as; ValueError or TypeError where the field has no such value."""


def reader(model: Model, path: Sequence[str]) -> Read:
    """The reader of the values of a field at the end of to-one relations; of such a relation itself, of its keys."""
    *before, name = path
    for step in before:
        target = target_of(model, step)
        assert target is not None
        model = target
    if name == "id" or target_of(model, name) is not None:
        return whole
    declared = fields_of(model).get(name)
    if not isinstance(declared, Stored):
        return _text if name == "nationalId" else number
    return next((read for kind, read in _BY_TYPE.items() if isinstance(declared.column.type, kind)), _text)


def certain(value: Any) -> Any:  # noqa: ANN401 - whatever a cursor held
    """A whole number that is never null: a row's own key, or how many rows there are."""
    return whole(value)


def whole(value: Any) -> Any:  # noqa: ANN401 - whatever a cursor held
    """A whole number that a database can hold."""
    if type(value) is not int or abs(value) > _LARGEST_KEY:
        raise TypeError
    return value


def _flag(value: Any) -> Any:  # noqa: ANN401
    if type(value) is not int or value not in {0, 1}:
        raise TypeError
    return value


def number(value: Any) -> Any:  # noqa: ANN401 - whatever a cursor held
    """A number that a double can hold."""
    if type(value) not in (int, Decimal) or not math.isfinite(float(value)):
        raise TypeError
    return value


def _text(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, str) or not is_text(value):
        raise TypeError
    return value


def _day(value: Any) -> Any:  # noqa: ANN401
    return date.fromisoformat(value).isoformat()


def _moment(value: Any) -> Any:  # noqa: ANN401
    read = datetime.fromisoformat(value)
    if not is_moment(read):
        raise ValueError
    return read.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_BY_TYPE: Mapping[type, Read] = {Boolean: _flag, Integer: whole, Numeric: number, Date: _day, Moment: _moment}
