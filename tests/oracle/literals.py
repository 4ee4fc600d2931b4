"""Input values as a document writes them."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

Lift = Callable[[GraphQLInputType, Any], str | None]
"""Given a value and its type: the variable to write in its place, or None to write the value."""


def write(value: Any, declared: GraphQLInputType, lift: Lift | None = None) -> str:  # noqa: ANN401
    """A value of the declared type; what ``lift`` takes out of it is written as variables."""
    kind = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
    if value is None:
        return "null"
    if isinstance(kind, GraphQLList):
        return f"[{', '.join(write(inner, kind.of_type, lift) for inner in value)}]"
    if not isinstance(value, Mapping):
        return str(value) if isinstance(kind, GraphQLEnumType) else json.dumps(value)
    assert isinstance(kind, GraphQLInputObjectType)
    parts = []
    for name, inner in value.items():
        field = kind.fields[name]
        variable = lift(field.type, inner) if lift else None
        parts.append(f"{name}: {variable or write(inner, field.type, lift)}")
    return f"{{{', '.join(parts)}}}"


def is_filter(declared: GraphQLInputType) -> bool:
    """Whether a type is that of a `where`."""
    return isinstance(get_named_type(declared), GraphQLInputObjectType)
