"""Random `where` arguments, their values mostly taken from the rows, so that they hold of some and not of others."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, get_named_type, is_list_type
from hypothesis import strategies as st

from tests.oracle.vocabulary import Vocabulary

Draw = Callable[[st.SearchStrategy[Any]], Any]

DEPTH = 3
"""How deep relations and AND, OR, NOT may stand in one another."""

_BAD: Mapping[str, Sequence[Any]] = {
    "String": (None, "\0", "\ud800"),
    "ID": (None, "", "Student:0", "Nobody:1", "Student:9223372036854775808"),
    "DateTime": (None, "2016-05-16T08:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
}
_OTHER: Mapping[str, Sequence[Any]] = {
    "String": ("", "%", "_", "ก", "o", "O", "'", "\U0001f600", "Z"),
    "ID": ("Student:999999", "School:1", "Student:2"),
    "Int": (0, 1, 2, 2561, -(2**31), 2**31 - 1),
    "Float": (0.0, 1.0, 2.005, -1.5, 1e300, 0.1),
    "Date": ("2016-05-16", "0001-01-01", "9999-12-31"),
    "DateTime": ("2016-10-01T08:02:03.004+07:00", "2030-01-01T00:00:00Z", "2016-10-01T01:02:03.0045Z"),
    "Boolean": (True, False),
}


def draw_where(draw: Draw, vocabulary: Vocabulary, name: str, depth: int = DEPTH) -> dict[str, Any]:
    """A `where` of the type `name`."""
    kind = vocabulary.schema.type_map[f"{name}Where"]
    assert isinstance(kind, GraphQLInputObjectType)
    values, deep = _sorts(kind)
    found: dict[str, Any] = {}
    for _ in range(draw(st.integers(0, 2)) if draw(st.integers(0, 9)) == 9 else 1):
        field = draw(st.sampled_from(deep if depth and draw(st.integers(0, 2)) else values))
        found[field] = _asked(draw, vocabulary, name, field, depth)
    return found


def _sorts(kind: GraphQLInputObjectType) -> tuple[list[str], list[str]]:
    """The fields of a `where` that ask of a value, and those that hold another `where`."""
    deep = [name for name, field in kind.fields.items() if get_named_type(field.type).name.endswith(_DEEP)]
    return [name for name in kind.fields if name not in deep], deep


_DEEP = ("Where", "ListFilter")


def _asked(draw: Draw, vocabulary: Vocabulary, name: str, field: str, depth: int) -> Any:  # noqa: ANN401
    kind = vocabulary.schema.type_map[f"{name}Where"]
    assert isinstance(kind, GraphQLInputObjectType)
    declared = kind.fields[field].type
    if draw(st.integers(0, 399)) == 399:
        return None
    if is_list_type(declared):
        return [draw_where(draw, vocabulary, name, depth - 1) for _ in range(draw(st.integers(0, 3)))]
    filter_type = get_named_type(declared)
    assert isinstance(filter_type, GraphQLInputObjectType)
    if filter_type.name.endswith("Where"):
        return draw_where(draw, vocabulary, filter_type.name.removesuffix("Where"), depth - 1)
    if filter_type.name.endswith("ListFilter"):
        return _of_list(draw, vocabulary, filter_type, depth)
    return draw_operators(draw, filter_type, vocabulary.values.get((name, field), ()))


def _of_list(draw: Draw, vocabulary: Vocabulary, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "year" in kind.fields and draw(st.booleans()):
        found["year"] = draw(st.sampled_from([None, *list(vocabulary.years) * 6, 2399]))
    target = get_named_type(kind.fields["some"].type).name.removesuffix("Where")
    if draw(st.integers(0, 2)) == 2:
        found["where"] = draw_where(draw, vocabulary, target, depth - 1)
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 0]))):
        asked = draw(st.sampled_from(["some", "every", "none", "count"]))
        if asked == "count":
            counts = vocabulary.schema.type_map["IntFilter"]
            assert isinstance(counts, GraphQLInputObjectType)
            found[asked] = draw_operators(draw, counts, (0, 1, 2, 3, 5))
        else:
            found[asked] = draw_where(draw, vocabulary, target, depth - 1)
    return found


def draw_operators(draw: Draw, kind: GraphQLInputObjectType, known: Sequence[Any]) -> dict[str, Any]:
    """What is asked of a value, by a filter of the type `kind`; it is likely to be one of those `known`."""
    operators = draw(st.lists(st.sampled_from(sorted(kind.fields)), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 29)) == 29:
        operators = []
    return {operator: _operand(draw, kind, operator, known) for operator in operators}


def _operand(draw: Draw, kind: GraphQLInputObjectType, operator: str, known: Sequence[Any]) -> Any:  # noqa: ANN401
    declared = kind.fields[operator].type
    leaf = get_named_type(declared)
    if operator == "isNull":
        return draw(st.sampled_from([True, False, True, False, *[True, False] * 12, None]))
    others = sorted(leaf.values) if isinstance(leaf, GraphQLEnumType) else _OTHER[leaf.name]
    one = st.one_of(st.sampled_from(known), st.sampled_from(known), st.sampled_from(others)) if known else None
    one = st.sampled_from(others) if one is None else one
    if is_list_type(declared):
        return draw(st.lists(one, max_size=4))
    if draw(st.integers(0, 199)) == 199 and leaf.name in _BAD:
        return draw(st.sampled_from(_BAD[leaf.name]))
    value = draw(one)
    if operator in ("contains", "startsWith", "endsWith"):
        return _part(draw, value, operator)
    return value


def _part(draw: Draw, text: str, operator: str) -> str:
    """A part of a text, that it begins or ends with where that is asked, perhaps in the other case."""
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    part = text[:last] if operator == "startsWith" else text[first:] if operator == "endsWith" else text[first:last]
    return part.swapcase() if draw(st.booleans()) else part
