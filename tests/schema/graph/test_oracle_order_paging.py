"""Walks through random orders beside the oracle: rows both ways, groups forwards; ties and nulls are among them."""

from graphql import GraphQLEnumType
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.oracle import group_refusals
from tests.oracle.comparison import Engines, opened
from tests.oracle.connections import all_connections
from tests.oracle.fixtures import engines
from tests.oracle.grouping import GroupConnection, member_of
from tests.oracle.ordering import Order
from tests.oracle.orders import draw_order
from tests.oracle.vocabulary import Vocabulary
from tests.oracle.walks import Walk, walk

__all__ = ["engines"]

_FEW = settings(
    max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_a_walk_through_any_order_visits_each_row_once_and_in_order(engines: Engines) -> None:
    vocabulary = Vocabulary.of(engines)

    @_FEW
    @given(data=st.data())
    def visit(data: st.DataObject) -> None:
        field = data.draw(st.sampled_from(all_connections(engines.schema)))
        kind = vocabulary.graph.target(str(field)).__name__
        asked = draw_order(data.draw, vocabulary, f"{kind}Order")
        order = Order.of(kind, asked)
        assume(order is not None and not order.is_refused)
        for engine in engines.engines:
            place = Walk.fullest(engine, field)
            whole = place.whole(engine, {"orderBy": asked})
            expected = opened([whole.cursor(engine.oracle.graph, record) for record in whole.records])
            size = data.draw(st.integers(1, 3)) if len(expected) < 12 else len(expected) // 4
            for forward in (True, False):
                query = place.query(forward=forward, order=f"{kind}Order")
                pages = list(walk(engines, engine, query, {"size": size, "order": asked}))
                visited = [cursor for page in (pages if forward else pages[::-1]) for cursor in page]
                assert opened(visited) == expected, (engine.name, str(field), asked, size, forward)

    visit()


def test_a_walk_through_groups_visits_each_once_and_in_order(engines: Engines) -> None:
    vocabulary = Vocabulary.of(engines)

    @_FEW
    @given(data=st.data())
    def visit(data: st.DataObject) -> None:
        field = data.draw(st.sampled_from(all_connections(engines.schema)))
        kind = vocabulary.graph.target(str(field)).__name__
        members = engines.schema.type_map[f"{kind}GroupBy"]
        assert isinstance(members, GraphQLEnumType)
        by = data.draw(st.lists(st.sampled_from(sorted(members.values)), min_size=1, max_size=3, unique=True))
        names = [member_of(one) for one in by]
        asked = draw_order(data.draw, vocabulary, f"{kind}GroupOrder", names)
        assume(not group_refusals.is_refused(kind, {"by": by, "orderBy": asked}))
        for engine in engines.engines:
            place = Walk.fullest(engine, field)
            graph = engine.oracle.graph
            groups = place.whole(engine, {}).part(graph, "groups", {"by": by, "orderBy": asked, "first": 1000})
            assert isinstance(groups, GroupConnection)
            expected = opened([groups.order.write(graph, group) for group in groups.groups])
            size = data.draw(st.integers(1, 3)) if len(expected) < 12 else len(expected) // 4
            query = place.of_groups(f"{kind}GroupBy", f"{kind}GroupOrder")
            pages = walk(engines, engine, query, {"size": size, "by": by, "order": asked})
            visited = [cursor for page in pages for cursor in page]
            assert opened(visited) == expected, (engine.name, str(field), by, asked, size)

    visit()
