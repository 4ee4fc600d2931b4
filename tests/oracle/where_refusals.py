"""Which `where` cannot be asked, judged by its declared type; its size and depth are not judged."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLInputType, get_named_type

YEARS = range(2400, 3000)
LONGEST_LIST = 10_000

_GLOBAL_ID = re.compile(r"([A-Za-z]+):([1-9][0-9]{0,18})", re.ASCII)
_LARGEST_KEY = 2**63 - 1


def cannot_be_asked(value: Any, declared: GraphQLInputType, nodes: Collection[str]) -> bool:  # noqa: ANN401
    """Whether a part of a `where` holds what has no answer; `nodes` are the types whose ids are known."""
    if value is None:
        return True
    if isinstance(value, Mapping):
        kind = get_named_type(declared)
        assert isinstance(kind, GraphQLInputObjectType)
        return any(_member(name, inner, kind, nodes) for name, inner in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return len(value) > LONGEST_LIST or any(cannot_be_asked(inner, declared, nodes) for inner in value)
    return _leaf(value, get_named_type(declared).name, nodes)


def _member(name: str, value: Any, kind: GraphQLInputObjectType, nodes: Collection[str]) -> bool:  # noqa: ANN401
    if name == "year" and kind.name.endswith("ListFilter"):
        return value is not None and value not in YEARS
    return cannot_be_asked(value, kind.fields[name].type, nodes)


def _leaf(value: Any, kind: str, nodes: Collection[str]) -> bool:  # noqa: ANN401
    if kind == "ID":
        return not is_global_id(value, nodes)
    if isinstance(value, datetime):
        return not is_moment(value)
    if isinstance(value, float):
        return not math.isfinite(value)
    return isinstance(value, str) and not is_text(value)


def is_moment(value: datetime) -> bool:
    """Whether a moment says its offset, and is one in UTC too."""
    if value.tzinfo is None:
        return False
    try:
        value.astimezone(UTC)
    except OverflowError:
        return False
    return True


def is_global_id(text: str, nodes: Collection[str]) -> bool:
    """Whether a text is shaped as the id of one of those nodes."""
    match = _GLOBAL_ID.fullmatch(text)
    return match is not None and match[1] in nodes and int(match[2]) <= _LARGEST_KEY


def is_text(text: str) -> bool:
    """Whether both engines can hold a text: no NUL, no half surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
