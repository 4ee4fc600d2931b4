"""Operands: how the values in a `where` are read from a request and told to the database."""

import json
import math
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from schema.compiler import global_ids
from schema.compiler.errors import BadUserInputError
from schema.compiler.parameters import FIRST_YEAR, LAST_YEAR, Arguments, check_text
from schema.compiler.reading import Value
from schema.model.entities import Entity, Model, Scalar

_LONGER_THAN_ANY = 2001
"""Characters; no column holds as many, so that no text begins with, ends in or holds what is cut off here."""

_FOLDED = str.maketrans(ascii_uppercase, ascii_lowercase)

Path = tuple[str | int, ...]
"""Where an operand stands in its field's arguments."""

SQL_TYPES = {
    Scalar.ID: "bigint",
    Scalar.STRING: "text",
    Scalar.ENUM: "text",
    Scalar.INT: "bigint",
    Scalar.FLOAT: "double precision",
    Scalar.BOOLEAN: "boolean",
    Scalar.DATE: "date",
    Scalar.DATETIME: "timestamptz",
}


def shown(path: str, keys: Path) -> str:
    """The path of an operand as an error names it, such as ``students(where.OR.0.sex.equals:)``."""
    return f"{path}({'.'.join(map(str, keys))}:)"


def dig(arguments: Arguments, keys: Path) -> Any:  # noqa: ANN401 - an argument of any type
    """The value that stands at ``keys``."""
    found: Any = arguments
    for key in keys:
        found = found[key]
    return found


def read_one(path: str, keys: Path, scalar: Scalar, entity: Entity, model: Model) -> Callable[[Arguments], Value]:
    """Read a single operand."""
    name = shown(path, keys)
    return lambda arguments: _operand(name, dig(arguments, keys), scalar, entity, model)


def read_part(path: str, keys: Path) -> Callable[[Arguments], Value]:
    """Read a part of a text, A to Z folded; of one longer than any column's text, no more than tells it apart."""
    name = shown(path, keys)

    def read(arguments: Arguments) -> Value:
        text: str = dig(arguments, keys)
        check_text(name, text)
        return text[:_LONGER_THAN_ANY].translate(_FOLDED)

    return read


def read_year(path: str, keys: Path) -> Callable[[Arguments], Value]:
    """Read a school year."""
    name = shown(path, keys)

    def read(arguments: Arguments) -> Value:
        year: int = dig(arguments, keys)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadUserInputError(name, f"must be from {FIRST_YEAR} to {LAST_YEAR}; it is {year}.")
        return year

    return read


def read_list(  # noqa: PLR0913, PLR0917 - what a list is read as
    path: str, keys: Path, scalar: Scalar, entity: Entity, model: Model, longest: int
) -> Callable[[Arguments], Value]:
    """Read a list of operands, as JSON."""
    name = shown(path, keys)

    def read(arguments: Arguments) -> Value:
        values: Sequence[Any] = dig(arguments, keys)
        if len(values) > longest:
            raise BadUserInputError(name, f"lists {len(values)} values; the most is {longest}.")
        return json.dumps([_operand(name, value, scalar, entity, model) for value in values], ensure_ascii=False)

    return read


def _operand(name: str, value: Any, scalar: Scalar, entity: Entity, model: Model) -> Value:  # noqa: ANN401
    if value is None:
        raise BadUserInputError(name, "must not hold null; ask for nulls by `isNull: true`.")
    if scalar is Scalar.ID:
        type_name, key = global_ids.parse(name, value, model)
        # No row has the key 0: an id of another type is nobody's here.
        return key if type_name == entity.name else 0
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, datetime):
        return moment(name, value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        raise BadUserInputError(name, "must be a finite number.")
    if isinstance(value, str):
        check_text(name, value)
    return value  # type: ignore[no-any-return]


def moment(name: str, value: datetime) -> str:
    """A moment as both engines compare it: in UTC, to the millisecond or finer."""
    if value.tzinfo is None:
        raise BadUserInputError(name, "has no time zone; end it in Z, or in an offset such as +07:00.")
    try:
        moment = value.astimezone(UTC)
    except OverflowError:
        raise BadUserInputError(name, "is outside the years 1 to 9999 in UTC.") from None
    # Texts compare as moments do, on SQLite too: a + comes before every digit.
    return moment.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
