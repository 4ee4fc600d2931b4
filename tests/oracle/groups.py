"""Random arguments of `groups`, most of them good."""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLEnumType, GraphQLField, GraphQLInputObjectType, get_named_type, is_list_type
from hypothesis import strategies as st

from tests.oracle import group_refusals
from tests.oracle.declared import exposed
from tests.oracle.grouping import GroupOrder, group_by, member_of
from tests.oracle.orders import draw_order
from tests.oracle.vocabulary import Vocabulary
from tests.oracle.wheres import draw_operators

Draw = Callable[[st.SearchStrategy[Any]], Any]

_DEPTH = 2
"""How deep to-one relations and AND, OR, NOT may stand in one another."""


def draw_groups(draw: Draw, vocabulary: Vocabulary, name: str, definition: GraphQLField) -> dict[str, Any]:
    """The arguments of `groups` of the type `name`."""
    kind = get_named_type(definition.args["by"].type)
    assert isinstance(kind, GraphQLEnumType)
    members = st.sampled_from(sorted(kind.values))
    by = draw(st.lists(members, min_size=1, max_size=3, unique=True))
    values: dict[str, Any] = {"by": by, "first": draw(st.integers(0, 4))}
    if draw(st.integers(0, 2)) == 2:
        values["having"] = draw_having(draw, vocabulary, f"{name}Having")
    if draw(st.booleans()):
        values["orderBy"] = draw_order(draw, vocabulary, f"{name}GroupOrder", [member_of(one) for one in by])
    if draw(st.integers(0, 3)) == 3:
        values["after"] = _cursor(draw, vocabulary, name, values)
    if draw(st.integers(0, 39)) == 39:
        values["by"] = draw(st.sampled_from([[], by + by[:1], sorted(kind.values)[:9]]))
    return values


def _cursor(draw: Draw, vocabulary: Vocabulary, name: str, values: dict[str, Any]) -> str | None:
    """A cursor of a group of all rows of the type, which need not be among the groups asked for."""
    graph, model = vocabulary.graph, exposed()[name]
    groups = group_by(graph, model, graph.all(model), values["by"])
    if not groups:
        return None
    # An order by what is not grouped by has no cursors.
    own = draw(st.integers(0, 19)) < 19 and not group_refusals.is_refused(name, values)
    order = GroupOrder.of(name, values if own else {"by": values["by"]})
    return order.write(graph, draw(st.sampled_from(groups)))


def draw_having(draw: Draw, vocabulary: Vocabulary, name: str, depth: int = _DEPTH) -> dict[str, Any]:
    """A `having` of the type `name`, or the figures of one function in it."""
    kind = vocabulary.schema.type_map[name]
    assert isinstance(kind, GraphQLInputObjectType)
    names = list(kind.fields)
    if depth <= 0:
        names = [field for field in names if get_named_type(kind.fields[field].type).name.endswith("Filter")] or names
    found: dict[str, Any] = {}
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 0]))):
        field = draw(st.sampled_from(names))
        found[field] = _asked(draw, vocabulary, kind, field, depth)
    return found


def _asked(draw: Draw, vocabulary: Vocabulary, kind: GraphQLInputObjectType, field: str, depth: int) -> Any:  # noqa: ANN401
    declared = kind.fields[field].type
    asked = get_named_type(declared)
    assert isinstance(asked, GraphQLInputObjectType)
    if draw(st.integers(0, 399)) == 399:
        return None
    if is_list_type(declared):
        return [draw_having(draw, vocabulary, kind.name, depth - 1) for _ in range(draw(st.integers(0, 2)))]
    if asked.name.endswith("Having"):
        # The figures of a function are those of the rows themselves.
        return draw_having(draw, vocabulary, asked.name, depth - ("AND" not in kind.fields))
    return draw_operators(draw, asked, _known(vocabulary, kind.name, field))


def _known(vocabulary: Vocabulary, kind: str, field: str) -> Sequence[Any]:
    """Values that a figure is likely to have."""
    for family in ("NumbersHaving", "ExtremesHaving"):
        if kind.endswith(family):
            return vocabulary.values.get((kind.removesuffix(family), field), ())
    return (0, 1, 2, 3, 5, 10)
