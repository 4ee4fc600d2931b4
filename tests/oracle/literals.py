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
        return f"[{', '.join(_part(inner, kind.of_type, lift) for inner in value)}]"
    if not isinstance(value, Mapping):
        return str(value) if isinstance(kind, GraphQLEnumType) else json.dumps(value)
    assert isinstance(kind, GraphQLInputObjectType)
    parts = []
    for name, inner in value.items():
        field = kind.fields[name]
        # The variable of the one key of an object may not be null.
        declared = GraphQLNonNull(field.type) if kind.is_one_of else field.type
        parts.append(f"{name}: {_part(inner, declared, lift)}")
    return f"{{{', '.join(parts)}}}"


def _part(value: Any, declared: GraphQLInputType, lift: Lift | None) -> str:  # noqa: ANN401
    variable = lift(declared, value) if lift else None
    return variable or write(value, declared, lift)


def has_parts(declared: GraphQLInputType) -> bool:
    """Whether a value of a type has parts that may be variables: a `where`, a `having`, an order, a list."""
    kind = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
    return isinstance(kind, GraphQLList) or isinstance(get_named_type(kind), GraphQLInputObjectType)
