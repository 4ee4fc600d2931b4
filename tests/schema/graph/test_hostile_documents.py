"""Documents that would keep graphql-core busy: each is refused before validation or execution, and says by how much."""

import pytest
from graphql import get_introspection_query

from tests.schema.asking import Asker

TYPES = "types { name kind fields { name args { name type { name ofType { name } } } type { name ofType { name } } } }"


async def test_a_document_that_extends_too_far_is_not_validated(ask: Asker) -> None:
    fragments = " ".join(f"fragment F{n} on Nothing {{ unknown ...F{n + 1} ...F{n + 1} }}" for n in range(39))
    error = await ask.error(f"{{ ...F0 }} {fragments} fragment F39 on Nothing {{ unknown }}")
    assert error["extensions"] == {"code": "COST_EXCEEDED"}
    assert ask.statements == []


async def test_a_refused_document_is_refused_again(ask: Asker) -> None:
    query = "{ schools { nodes { " + "code " * 200 + "} } }"
    assert await ask.error(query) == await ask.error(query)


async def test_ten_errors_of_a_document_say_enough(ask: Asker) -> None:
    # Each looks for names that are like the one that is wrong: a hundred took a second.
    response = await ask.response("{ " + " ".join(f"schoolz{n}" for n in range(900)) + " }")
    assert len(response["errors"]) == 11
    assert "error limit" in response["errors"][-1]["message"]


async def test_the_standard_introspection_query_is_answered(ask: Asker) -> None:
    query = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )
    assert (await ask.data(query))["__schema"]["types"]


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { " + " ".join(f"a{n}: {TYPES}" for n in range(20)) + " } }",
        " ".join(
            [
                "{",
                *(f"a{n}: __schema {{ b: {TYPES} c: {TYPES} d: {TYPES} e: {TYPES} f: {TYPES} }}" for n in range(4)),
                "}",
            ]
        ),
        "{ __schema { types { fields { type { fields { args { type { name kind } } } } } } } }",
        "query($n: String!) { __type(name: $n) { "
        + " ".join(f"a{n}: fields {{ type {{ fields {{ name args {{ name }} }} }} }}" for n in range(50))
        + " } }",
    ],
)
async def test_more_of_the_schema_than_the_standard_query_asks_for_is_refused(ask: Asker, query: str) -> None:
    # Each took graphql-core many seconds, in which nobody else was answered.
    error = await ask.error(query, n="StudentWhere")
    assert error["extensions"] == {"code": "COST_EXCEEDED"}
    assert "values of the schema; the most is" in error["message"]


async def test_a_long_variable_in_many_fields_is_counted_once(ask: Asker) -> None:
    names = " ".join(f"a{n}: students(where: $w, first: 0) {{ totalCount }}" for n in range(100))
    where = {"OR": [{"studentNo": {"equals": str(n)}} for n in range(40)]}
    error = await ask.error(f"query($w: StudentWhere) {{ {names} }}", w=where)
    assert error["extensions"] == {"code": "COST_EXCEEDED"}
    assert "fields and filters" in error["message"]


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000])
async def test_a_number_of_thousands_of_digits_is_refused(ask: Asker, number: str) -> None:
    assert (await ask.error(f"{{ schools(first: {number}) {{ totalCount }} }}"))["message"]
