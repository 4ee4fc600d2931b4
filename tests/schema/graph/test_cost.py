"""What a query could return is known, shown and bounded before it runs."""

from typing import Any

import pytest

from schema.graph import GraphContext
from tests.schema.asking import Asker

GRADES = "{ schools(first: 7) { nodes { students(first: 100) { nodes { grades(first: 50) { nodes { subject { code } } } } } } } }"


async def extensions(ask: Asker, query: str, **variables: object) -> dict[str, Any]:
    async with ask.database.snapshot() as reader:
        result = await ask.schema.execute(query, variables, context_value=GraphContext(reader))
    assert result.errors is None
    return dict(result.extensions or {})


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ __typename }", 0),
        ("{ schools { totalCount } }", 0),
        ("{ schools(first: 3) { nodes { code } } }", 3),
        ("{ schools { nodes { code } } }", 50),
        ("{ schools(first: 3) { nodes { code } edges { node { code } } } }", 6),
        (
            "{ schools(first: 2) { nodes { municipality { name } subjects(last: 5) { nodes { learningArea { code } } } } } }",
            24,
        ),
        (GRADES, 7 + 700 + 35_000 * 2),
        ('{ node(id: "School:1") { ... on School { subjects(first: 4) { nodes { code } } } } }', 5),
        ('{ nodes(ids: ["School:1", "Student:1"]) { id } }', 2),
        ("{ indicators(years: [2560, 2561]) { lowGpax { count } } }", 4),
        ("{ __schema { types { name fields { name } } } }", 0),
    ],
)
async def test_the_cost_is_the_objects_it_could_return(ask: Asker, query: str, cost: int) -> None:
    assert await extensions(ask, query) == {"cost": cost}


async def test_the_cost_follows_the_variables_of_each_request(ask: Asker) -> None:
    query = "query Q($n: Int, $all: Boolean!) { schools(first: $n) { nodes { subjects(first: 10) @include(if: $all) { nodes { code } } } } }"
    found = [
        await extensions(ask, query, n=n, all=everything)
        for n, everything in ((3, True), (3, False), (5, True), (None, False), (3, True))
    ]
    assert [one["cost"] for one in found] == [33, 3, 55, 50, 33]


async def test_a_query_that_could_return_too_much_is_refused_unread(ask: Asker) -> None:
    error = await ask.error("{ schools(first: 1000) { nodes { pupils: students(first: 1000) { nodes { id } } } } }")
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    assert "1001000 objects" in error["message"]
    assert "schools.nodes.pupils.nodes" in error["message"]
    assert ask.statements == []


async def test_a_query_of_very_many_lists_is_refused_unread(ask: Asker) -> None:
    aliases = " ".join(f"a{n}: students(first: 0) {{ totalCount }}" for n in range(201))
    assert (await ask.error(f"{{ {aliases} }}"))["extensions"]["code"] == "COST_EXCEEDED"


async def test_filters_count_as_fields_however_often_a_variable_repeats_them(ask: Asker) -> None:
    query = (
        "query Q($w: StudentWhere) { "
        + " ".join(f"a{n}: students(where: $w) {{ totalCount }}" for n in range(40))
        + " }"
    )
    where = {"OR": [{"sex": {"equals": "MALE"}}] * 100}
    assert (await ask.error(query, w=where))["extensions"]["code"] == "COST_EXCEEDED"


async def test_the_schema_is_not_asked_for_many_times_at_once(ask: Asker) -> None:
    query = "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(5)) + " }"
    assert (await ask.error(query))["extensions"]["code"] == "COST_EXCEEDED"


@pytest.mark.parametrize("size", [0, 1])
async def test_fragments_that_each_spread_the_next_twice_are_refused_at_once(ask: Asker, size: int) -> None:
    fragments = " ".join(
        f"fragment F{n} on School {{ a: students(first: {size}) {{ nodes {{ schools(first: {size}) {{ nodes {{ ...F{n + 1} }} }} }} }}"
        f" b: students(first: {size}) {{ nodes {{ schools(first: {size}) {{ nodes {{ ...F{n + 1} }} }} }} }} }}"
        for n in range(39)
    )
    query = f"{{ schools(first: {size}) {{ nodes {{ ...F0 }} }} }} {fragments} fragment F39 on School {{ code }}"
    error = await ask.error(query)
    assert error["extensions"]["code"] == "COST_EXCEEDED"
    assert ask.statements == []
