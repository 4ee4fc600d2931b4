"""Keyset cursors: opaque text that carries the order it belongs to and the sort keys of its row.

The text is hexadecimal, because both engines can write it: the UTF-8 of a JSON list ``[signature, year …, key …]``.
"""

import json
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from schema.compiler.errors import BadUserInputError
from schema.compiler.operands import moment
from schema.compiler.parameters import Arguments, check_text, given
from schema.compiler.plan import Signature, SortKey
from schema.compiler.reading import Value
from schema.model.entities import Scalar

_LONGEST = 4096
_LARGEST_KEY = 2**63 - 1
_HINT = "is not a cursor of this connection and its order; use one from its own edges or pageInfo."


def column_of(key: str) -> str:
    """The column of a default order's template."""
    return key.partition("}.")[2].partition(",")[0]


def read_key(
    path: str, name: str, signature: Signature, keys: Sequence[SortKey], place: int
) -> Callable[[Arguments], Value]:
    """Read the sort key at ``place`` out of the cursor argument ``name``."""

    def read(arguments: Arguments) -> Value:
        years = [year.read(arguments) for year in signature.years]
        return _decode(f"{path}({name}:)", given(arguments, name), [signature.text, *years], keys)[place]

    return read


def _decode(argument: str, cursor: str, head: Sequence[Value], keys: Sequence[SortKey]) -> list[Value]:
    if len(cursor) > _LONGEST:
        raise BadUserInputError(argument, _HINT)
    try:
        found = json.loads(bytes.fromhex(cursor).decode())
    except (ValueError, RecursionError):
        raise BadUserInputError(argument, _HINT) from None
    if not isinstance(found, list) or len(found) != len(head) + len(keys) or found[: len(head)] != head:
        raise BadUserInputError(argument, _HINT)
    return [_key(argument, value, key) for value, key in zip(found[len(head) :], keys, strict=True)]


def _key(argument: str, value: Any, key: SortKey) -> Value:  # noqa: ANN401 - of any JSON
    """A sort key as the database compares it; BadUserInputError where it can be no key of that kind."""
    if value is None and key.nullable:
        return None
    try:
        return _READERS[key.scalar](argument, value)
    except (TypeError, ValueError, OverflowError):
        raise BadUserInputError(argument, _HINT) from None


def _text(argument: str, value: Any) -> Value:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError
    check_text(argument, value)
    return value


def _whole(_argument: str, value: Any) -> Value:  # noqa: ANN401
    if type(value) is not int or abs(value) > _LARGEST_KEY:
        raise TypeError
    return value


def _flag(_argument: str, value: Any) -> Value:  # noqa: ANN401
    if type(value) is not int or value not in (0, 1):
        raise TypeError
    return value


def _number(_argument: str, value: Any) -> Value:  # noqa: ANN401
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _date(_argument: str, value: Any) -> Value:  # noqa: ANN401
    return date.fromisoformat(value).isoformat()


def _moment(argument: str, value: Any) -> Value:  # noqa: ANN401
    return moment(argument, datetime.fromisoformat(value))


_READERS: dict[Scalar, Callable[[str, Any], Value]] = {
    Scalar.STRING: _text,
    Scalar.ENUM: _text,
    Scalar.INT: _whole,
    Scalar.BOOLEAN: _flag,
    Scalar.ID: _whole,
    Scalar.FLOAT: _number,
    Scalar.DATE: _date,
    Scalar.DATETIME: _moment,
}
