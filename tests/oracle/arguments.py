"""Random arguments of a field, most of them good."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLInputType, get_named_type
from hypothesis import strategies as st

from tests.oracle.connections import is_connection
from tests.oracle.groups import draw_groups
from tests.oracle.orders import cursors_of, draw_order
from tests.oracle.vocabulary import Vocabulary
from tests.oracle.wheres import draw_where

Draw = Callable[[st.SearchStrategy[Any]], Any]

_FEW_OBJECTS = 3
"""Where a page may be asked without a size."""

_BAD: Mapping[str, Sequence[Any]] = {
    "first": (-1, 1001, 2**31 - 1),
    "last": (-1, 1001, -(2**31)),
    "offset": (-1, -(2**31)),
    "after": ("", "00", "<cursor Query.nothing 1>", "\0", "\ud800"),
    "before": ("5B", "[]", "'"),
    "year": (2399, 3000, 0, -(2**31)),
    "since": (2399, 3000, -1),
    "years": ([2399], [2561, 2500], [3000]),
    "id": ("", "Student", "Student:0", "Student:01", "Nobody:1", "TermResult:1", "Student:9223372036854775808"),
    "ids": (["Student:1", "x"], ["StudentSensitive:1"]),
}


@dataclass(frozen=True, slots=True)
class Given:
    """An argument, its declared type, and its value as a variable carries it."""

    name: str
    declared: GraphQLInputType
    value: Any


def draw_arguments(
    draw: Draw, vocabulary: Vocabulary, path: tuple[str, str], definition: GraphQLField, outer: int
) -> list[Given]:
    """Arguments of a field, `path` its type and name, that stands in at most `outer` objects."""
    owner, name = path
    if "by" in definition.args:
        kind = get_named_type(definition.type).name.removesuffix("GroupConnection")
        values = draw_groups(draw, vocabulary, kind, definition)
    elif is_connection(definition):
        values = _connection(draw, vocabulary, path, definition, outer)
    elif owner == "Query" and name in vocabulary.keys:
        values = _natural_key(draw, vocabulary.keys[name], definition)
    elif set(definition.args) == {"where"}:
        kind = get_named_type(definition.args["where"].type).name.removesuffix("Where")
        values = {"where": draw_where(draw, vocabulary, kind)} if draw(st.booleans()) else {}
    else:
        values = {argument: _value(draw, vocabulary, argument, definition) for argument in definition.args}
        values = {argument: value for argument, value in values.items() if value is not ...}
    if values and draw(st.integers(0, 59)) == 59:
        worse = draw(st.sampled_from(sorted(values)))
        if worse in _BAD:
            values[worse] = draw(st.sampled_from(_BAD[worse]))
    return [_given(argument, definition.args[argument].type, values[argument]) for argument in values]


def _connection(
    draw: Draw, vocabulary: Vocabulary, path: tuple[str, str], definition: GraphQLField, outer: int
) -> dict[str, Any]:
    kind = get_named_type(definition.type).name.removesuffix("Connection")
    known = vocabulary.cursors[".".join(path).replace("Me.", "Query.")]
    cursors = st.sampled_from(known) if known else None
    given: dict[str, Any] = {}
    if draw(st.integers(0, 2)) == 2:
        order = draw_order(draw, vocabulary, f"{kind}Order")
        given["orderBy"] = None if draw(st.integers(0, 39)) == 39 else order
        # Rarely cursors of the default order, which are refused.
        if given["orderBy"] and draw(st.integers(0, 19)) < 19:
            cursors = cursors_of(vocabulary, kind, order)
    values = {**given, **_page(draw, cursors, outer)}
    if "year" in definition.args and draw(st.booleans()):
        values["year"] = draw(st.sampled_from([None, *vocabulary.years]))
    if draw(st.booleans()):
        rarely = draw(st.integers(0, 39)) == 39
        values["where"] = None if rarely else draw_where(draw, vocabulary, kind)
    return values


def _page(draw: Draw, cursors: st.SearchStrategy[str] | None, outer: int) -> dict[str, Any]:
    values: dict[str, Any] = {}
    sides = ["first", "last", "none"] if outer <= _FEW_OBJECTS else ["first", "last"]
    side = draw(st.sampled_from(sides))
    if side != "none":
        values[side] = draw(st.integers(0, 3))
    for cursor in ("after", "before"):
        if cursors is not None and draw(st.integers(0, 3)) == 3:
            values[cursor] = draw(cursors)
    # Rarely together with `last`, which is refused.
    if draw(st.integers(0, most := 29 if side == "last" else 3)) == most:
        values["offset"] = draw(st.sampled_from([0, 1, 2, 3, None, 2**31 - 1]))
    if draw(st.integers(0, 9)) == 9:
        values.setdefault("last", None)
    return values


def _natural_key(draw: Draw, keys: Sequence[Mapping[str, Any]], definition: GraphQLField) -> dict[str, Any]:
    values = dict(draw(st.sampled_from(keys)))
    for argument in list(values):
        required = str(definition.args[argument].type).endswith("!")
        if not required and draw(st.booleans()):
            values[argument] = None
        elif draw(st.integers(0, 9)) == 9:
            values[argument] = draw(st.sampled_from(keys))[argument]
    return values


def _value(draw: Draw, vocabulary: Vocabulary, argument: str, definition: GraphQLField) -> Any:  # noqa: ANN401
    """The value of an argument that is not a page's nor a key's; an ellipsis where it is left out."""
    if argument == "id":
        return draw(st.sampled_from(vocabulary.ids))
    if argument == "ids":
        return draw(st.lists(st.sampled_from(vocabulary.ids), max_size=4))
    if draw(st.booleans()):
        return draw(st.sampled_from([..., None]))
    if argument == "years":
        return draw(st.lists(st.sampled_from(vocabulary.years[:-1]), max_size=3))
    kind = get_named_type(definition.args[argument].type)
    if isinstance(kind, GraphQLEnumType):
        return draw(st.sampled_from(sorted(kind.values)))
    return draw(st.sampled_from(vocabulary.years))


def _given(name: str, declared: GraphQLInputType, value: Any) -> Given:  # noqa: ANN401
    return Given(name, declared, value)
