"""Random orders of rows and of groups, most of them good."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from graphql import GraphQLInputObjectType, get_named_type
from hypothesis import strategies as st

from tests.oracle.declared import exposed
from tests.oracle.ordering import Order
from tests.oracle.vocabulary import Vocabulary

Draw = Callable[[st.SearchStrategy[Any]], Any]

DIRECTIONS: Final = ("ASC", "DESC")
_DEPTH = 2
"""How many to-one relations a key leads through, mostly."""


def draw_order(draw: Draw, vocabulary: Vocabulary, name: str, by: Collection[str] = ()) -> list[dict[str, Any]]:
    """The keys of the type `name`; those of a group are mostly among what it is grouped `by`."""
    count = 9 if draw(st.integers(0, 99)) == 99 else draw(st.sampled_from([1, 1, 2, 3, 0]))
    return [draw_key(draw, vocabulary, name, by) for _ in range(count)]


def draw_key(
    draw: Draw, vocabulary: Vocabulary, name: str, by: Collection[str] = (), depth: int = _DEPTH
) -> dict[str, Any]:
    """One key of the type `name`."""
    kind = vocabulary.schema.type_map[name]
    assert isinstance(kind, GraphQLInputObjectType)
    if not kind.is_one_of:
        return _of_list(draw, vocabulary, kind)
    targets = {field: get_named_type(definition.type).name for field, definition in kind.fields.items()}
    names = list(targets)
    if name.endswith("GroupKeyOrder") and by and draw(st.integers(0, 39)) < 39:
        names = [field for field in names if field in by]
    elif depth <= 0:
        flat = [field for field, target in targets.items() if target in ("Direction", "ListOrder", "YearListOrder")]
        names = flat or names
    field = draw(st.sampled_from(names))
    if targets[field] == "Direction":
        return {field: draw(st.sampled_from(DIRECTIONS))}
    # What groups are ordered by is not itself a step away from the rows.
    step = not name.endswith("GroupOrder")
    return {field: draw_key(draw, vocabulary, targets[field], by, depth - step)}


def _of_list(draw: Draw, vocabulary: Vocabulary, kind: GraphQLInputObjectType) -> dict[str, Any]:
    found = {"count": draw(st.sampled_from(DIRECTIONS))}
    if "year" in kind.fields and draw(st.booleans()):
        return {**found, "year": draw(st.sampled_from([None, *list(vocabulary.years) * 6, 2399]))}
    return found


def cursors_of(vocabulary: Vocabulary, name: str, asked: list[dict[str, Any]]) -> st.SearchStrategy[str] | None:
    """The cursors of the rows of a type in an order, and sometimes the other way round; None where there is no row."""
    records = vocabulary.graph.all(exposed()[name])
    orders = [Order.of(name, asked)] * 19 + [Order.of(name, flipped(asked))]
    if not records:
        return None
    return st.builds(
        lambda order, record: order.write(vocabulary.graph, record), st.sampled_from(orders), st.sampled_from(records)
    )


def flipped(value: Any) -> Any:  # noqa: ANN401 - an order or a part of one
    """The same with every direction turned round."""
    if isinstance(value, Mapping):
        return {name: flipped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [flipped(inner) for inner in value]
    return {"ASC": "DESC", "DESC": "ASC"}.get(value, value)
