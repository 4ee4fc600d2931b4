"""Leaf types: scalars and enumerations, each made once."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum, StrEnum
from typing import Any

import strawberry

from schema.model.entities import Scalar

_PYTHON: Mapping[Scalar, Any] = {
    Scalar.ID: strawberry.ID,
    Scalar.STRING: str,
    Scalar.INT: int,
    Scalar.FLOAT: float,
    Scalar.BOOLEAN: bool,
    Scalar.DATE: dt.date,
    Scalar.DATETIME: dt.datetime,
    Scalar.STRINGS: list[str],
}


class Leaves:
    """The leaf types of a schema."""

    def __init__(self) -> None:
        """With no enumeration yet."""
        self._enums: dict[str, Any] = {}

    def leaf(self, scalar: Scalar, choices: type[StrEnum] | None) -> Any:  # noqa: ANN401 - a type
        """The type of a value."""
        return _PYTHON[scalar] if choices is None else self.enum(choices)

    def enum(self, choices: type[StrEnum]) -> Any:  # noqa: ANN401 - a type
        """The type of an enumeration."""
        if choices.__name__ not in self._enums:
            self._enums[choices.__name__] = strawberry.enum(choices, description=_first_line(choices))
        return self._enums[choices.__name__]


def _first_line(enum: type[Enum]) -> str:
    return (enum.__doc__ or "").strip().partition("\n")[0]
