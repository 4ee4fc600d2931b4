"""The compiler beside the oracle as each role: scoped answers equal a naive filter over the plain lists."""

import os
from collections.abc import Iterator

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type, is_leaf_type
from hypothesis import HealthCheck, Phase, given, settings

from schema.policy import Role
from tests.oracle.comparison import Engines
from tests.oracle.connections import all_connections, is_connection, nest
from tests.oracle.declared import exposed
from tests.oracle.fixtures import engines
from tests.oracle.identities import Who, identities, of_schools, of_teacher
from tests.oracle.operations import Operation, operations
from tests.oracle.ordering import Order
from tests.oracle.vocabulary import Vocabulary

__all__ = ["engines"]

EXAMPLES = int(os.environ.get("HUB_ORACLE_EXAMPLES", "300")) // 20
"""Of each identity; `python -m tests.oracle.fuzz --role teacher` asks more, and others."""

NAMES = (
    "officer",
    "head of WAT",
    "head of CITY",
    "head of Empty",
    "head of none",
    "teacher of both",
    "teacher of two schools",
    "teacher of sections",
    "teacher of a homeroom",
    "teacher with a post alone",
    "teacher without a post",
    "teacher of nothing",
    "teacher who is not there",
    "integrator of one",
    "integrator of two",
    "integrator narrowed",
    "integrator of a few columns",
    "integrator of all",
)


@pytest.fixture(scope="module")
def vocabulary(engines: Engines) -> Vocabulary:
    return Vocabulary.of(engines)


@pytest.fixture
def who(request: pytest.FixtureRequest, engines: Engines) -> Who:
    return identities(engines.engines[0].oracle.rows)[request.param]


@pytest.fixture
def seen(engines: Engines, who: Who) -> Engines:
    return engines.seen_by(who)


each = pytest.mark.parametrize("who", NAMES, indirect=True)
some = pytest.mark.parametrize(
    "who", ["head of CITY", "teacher of both", "teacher of sections", "integrator narrowed"], indirect=True
)


def test_every_identity_is_asked_as(engines: Engines) -> None:
    assert {*identities(engines.engines[0].oracle.rows)} == {"admin", *NAMES}


@some
def test_every_field_of_every_row_in_scope_is_as_the_oracle_says(seen: Engines) -> None:
    for made, plural in _listed(seen):
        query = f"{{ {plural}(first: 1000) {{ totalCount edges {{ cursor }} nodes {{ {_leaves(made)} {_singles(made)} }} }} }}"
        assert seen.agree(query).errors == ()


@some
def test_every_list_of_every_row_holds_and_counts_the_rows_in_scope(seen: Engines) -> None:
    for connection in all_connections(seen.schema):
        if connection.owner == "Query" or exposed()[connection.owner].about.plural in _roots(seen):
            # Counted alone, a row that a link leads to was not looked for.
            counted = nest(connection, "totalCount", 2560 if connection.takes_year else None)
            assert seen.agree(counted).errors == ()
            assert seen.agree(counted.replace("totalCount", "nodes { __typename }")).errors == ()


@some
def test_rows_are_grouped_and_counted_apart_by_what_is_in_scope_alone(seen: Engines) -> None:
    # Rows that led out of scope were in a group for each row they led to, whose cursor told its key.
    for made, plural in _listed(seen):
        by = seen.schema.type_map.get(f"{made.name}GroupBy")
        distinct = seen.schema.type_map.get(f"{made.name}Distinct")
        if by is None:
            continue
        assert isinstance(distinct, GraphQLObjectType)
        groups = " ".join(
            f"{value}: groups(by: [{value}], first: 1000) {{ totalCount edges {{ cursor node {{ count }} }} }}"
            for value in by.values  # type: ignore[attr-defined]
        )
        query = f"{{ {plural} {{ aggregate {{ countDistinct {{ {' '.join(distinct.fields)} }} }} {groups} }} }}"
        assert seen.agree(query).errors == ()


@some
def test_rows_are_ordered_by_what_is_in_scope_alone(seen: Engines) -> None:
    for made, plural in _listed(seen):
        order = seen.schema.type_map[f"{made.name}Order"]
        assert isinstance(order, GraphQLInputObjectType)
        for name, field in order.fields.items():
            kind = get_named_type(field.type)
            inner = {"Direction": "DESC", "ListOrder": "{count: DESC}", "YearListOrder": "{count: DESC, year: 2560}"}
            asked = inner.get(kind.name, "{id: DESC}" if "id" in getattr(kind, "fields", ()) else None)
            if asked is not None:
                pages = f"{plural}(first: 40, orderBy: [{{{name}: {asked}}}]) {{ edges {{ cursor }} }}"
                assert seen.agree(f"{{ {pages} }}").errors == ()


@some
def test_rows_are_found_by_what_is_in_scope_alone(seen: Engines) -> None:
    for made, plural in _listed(seen):
        where = seen.schema.type_map[f"{made.name}Where"]
        assert isinstance(where, GraphQLInputObjectType)
        asked = [
            one for name, field in where.fields.items() for one in _conditions(name, get_named_type(field.type).name)
        ]
        for one in asked:
            counts = f"with: count(where: {one}) without: count(where: {{NOT: [{one}]}})"
            assert seen.agree(f"{{ {plural} {{ aggregate {{ {counts} }} }} }}").errors == ()


@some
def test_ids_and_natural_keys_of_rows_out_of_scope_find_nothing(seen: Engines, vocabulary: Vocabulary) -> None:
    query_type = seen.schema.query_type
    assert query_type is not None
    nodes = seen.schema.type_map["Node"]
    types = {made.name for made in seen.schema.get_possible_types(nodes)}  # type: ignore[arg-type]
    ids = [one for one in vocabulary.ids if one.partition(":")[0] in types]
    for place in range(0, len(ids), 10):
        # Those in scope stand beside those out of it.
        assert (
            seen.agree("query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", {"ids": ids[place::7]}).errors
            == ()
        )
    for one in ids:
        assert seen.agree("query ($id: ID!) { node(id: $id) { id } }", {"id": one}).errors == ()
    for name, keys in vocabulary.keys.items():
        if name not in query_type.fields:
            continue
        arguments = query_type.fields[name].args
        told = ", ".join(f"${argument}: {made.type}" for argument, made in arguments.items())
        given_ = ", ".join(f"{argument}: ${argument}" for argument in arguments)
        for key in keys:
            assert seen.agree(f"query ({told}) {{ {name}({given_}) {{ __typename }} }}", key).errors == ()


@some
def test_a_global_id_of_a_hidden_type_is_refused_as_that_of_none(seen: Engines) -> None:
    for name in ("StudentIdentifier", "GraduateDestination", "Nobody"):
        if name not in seen.schema.type_map:
            answer = seen.agree(f'{{ node(id: "{name}:1") {{ id }} }}')
            assert answer.errors == (("node", "BAD_USER_INPUT"),)


@some
def test_cursors_that_another_identity_was_shown_only_say_where_to_begin(seen: Engines, vocabulary: Vocabulary) -> None:
    for made, plural in _listed(seen):
        order = Order.of(made.name, [{"updatedAt": "DESC"}])
        assert order is not None
        records = vocabulary.graph.all(exposed()[made.name])
        cursors = [order.write(vocabulary.graph, record) for record in records[:: max(1, len(records) // 4)]]
        for cursor in cursors if "updatedAt" in made.fields else ():
            page = "edges { cursor } pageInfo { hasNextPage hasPreviousPage }"
            query = f'{{ {plural}(first: 2, orderBy: [{{updatedAt: DESC}}], after: "{cursor}") {{ {page} }} }}'
            assert seen.agree(query).errors == ()
        for cursor in vocabulary.cursors[f"Query.{plural}"][::15]:
            assert seen.agree(f'{{ {plural}(last: 2, before: "{cursor}") {{ edges {{ cursor }} }} }}').errors == ()


def test_a_cursor_ordered_by_a_hidden_column_is_refused(engines: Engines, vocabulary: Vocabulary) -> None:
    order = Order.of("Student", [{"nationalId": "ASC"}])
    assert order is not None
    cursor = order.write(vocabulary.graph, vocabulary.graph.all(exposed()["Student"])[0])
    head = engines.seen_by(of_schools(Role.HEAD, 1))
    assert head.agree(f'{{ students(after: "{cursor}") {{ totalCount }} }}').errors == (("students", "BAD_USER_INPUT"),)


def test_figures_of_a_school_are_the_same_whoever_asks(engines: Engines) -> None:
    rate = "{ count denominator rate change }"
    zeros = "overThreeZeros { ever outstanding denominator everRate outstandingRate everChange }"
    figures = f"studentCount teacherCount subjectCount lowGpax {rate} dropout {rate} {zeros}"
    graduates = (
        "graduates known responseRate jobMatch { count denominator rate } levels { gradeLevel { code } graduates }"
    )
    query = f"{{ indicators {{ year schools {{ school {{ code }} {figures} }} }} destinations {{ year schools {{ school {{ code }} {graduates} }} }} }}"
    answers = []
    for engine in engines.engines:
        whole = engines.show(engine, query, {})
        for school in engine.oracle.rows["school"]:
            seen = engines.seen_by(of_schools(Role.HEAD, school["id"]))
            assert seen.agree(query).errors == ()
            own = seen.show(seen.engines[engines.engines.index(engine)], query, {})
            answers += [(_of_school(told, school["code"]), _of_school(whole, school["code"])) for told in [own]]
    assert [own for own, _ in answers] == [whole for _, whole in answers]
    assert any(own["indicators"] for own, _ in answers)


def test_two_identities_of_one_shape_share_a_plan_and_no_row(engines: Engines) -> None:
    query = "{ students(first: 1000) { totalCount nodes { id school { code } grades { totalCount } } } }"
    rows = engines.engines[0].oracle.rows
    whos = [of_schools(Role.HEAD, row["id"]) for row in rows["school"]]
    whos += [of_teacher(row["id"]) for row in rows["teacher"]]
    answers = [engines.seen_by(who).agree(query).data for who in (*whos, *whos)]
    assert answers[: len(whos)] == answers[len(whos) :]
    assert len({str(answer) for answer in answers}) > len(rows["school"])


def test_five_thousand_schools_are_asked_at_once(engines: Engines) -> None:
    many = engines.seen_by(of_schools(Role.INTEGRATOR, *range(1, 5001)))
    assert many.agree("{ students(first: 100) { totalCount nodes { id grades { totalCount } } } }").errors == ()


@each
def test_random_operations_are_answered_as_the_oracle_answers_them(seen: Engines, vocabulary: Vocabulary) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation=operations(vocabulary.of_role(seen)))
    def ask(operation: Operation) -> None:
        for variables in operation.requests():
            seen.agree(operation.query, variables)

    ask()


def _listed(seen: Engines) -> Iterator[tuple[GraphQLObjectType, str]]:
    """The types whose rows are listed at the root, and by what name."""
    for name, model in exposed().items():
        made = seen.schema.type_map.get(name)
        if isinstance(made, GraphQLObjectType) and model.about.plural in _roots(seen):
            yield made, model.about.plural


def _roots(seen: Engines) -> set[str]:
    query = seen.schema.query_type
    assert query is not None
    return {*query.fields}


def _leaves(made: GraphQLObjectType) -> str:
    found = (field for field, told in made.fields.items() if is_leaf_type(get_named_type(told.type)))
    return " ".join(("__typename", *found))


def _singles(made: GraphQLObjectType) -> str:
    """The leaves of what a row's to-one relations lead to, and of its figures."""
    parts = []
    for name, field in made.fields.items():
        target = get_named_type(field.type)
        if isinstance(target, GraphQLObjectType) and not is_connection(field) and not name.startswith("__"):
            inner = " ".join(
                f"{one} {{ {_leaves(deeper)} }}"
                for one, told in target.fields.items()
                if isinstance(deeper := get_named_type(told.type), GraphQLObjectType)
                and not is_connection(told)
                and not str(told.type).startswith("[")
            )
            parts.append(f"{name} {{ {_leaves(target)} {inner} }}")
    return " ".join(parts)


def _conditions(name: str, kind: str) -> list[str]:
    """A few conditions on a member of a row, by the type of its filter."""
    if name in ("AND", "OR", "NOT"):
        return []
    if kind.endswith("Where"):
        return [f"{{{name}: {{}}}}"]
    if kind.endswith("ListFilter"):
        year = ", year: 2560" if kind.startswith("Year") or kind.endswith("YearListFilter") else ""
        asked = ("some: {}", "none: {}", "count: {gt: 1}", "count: {equals: 0}")
        return [f"{{{name}: {{{one}{year}}}}}" for one in asked]
    return [f"{{{name}: {{isNull: true}}}}"] if kind != "IDFilter" else [f"{{{name}: {{notIn: []}}}}"]


def _of_school(told: dict[str, list[dict[str, object]]], code: str) -> dict[str, list[object]]:
    """The figures of one school, year by year, where it has any."""
    return {
        name: [
            (year["year"], school)
            for year in years
            for school in year["schools"]  # type: ignore[attr-defined]
            if school["school"]["code"] == code
        ]
        for name, years in told.items()
    }
