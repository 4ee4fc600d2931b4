import pytest
from graphql import get_introspection_query

from schema.compiler.reading import Dialect
from schema.graph import GraphContext
from tests.schema.asking import whole_schema
from tests.schema.compiler.nowhere import Nowhere

CONTEXT = GraphContext(Nowhere(Dialect.SQLITE))  # the schema is not in the database


async def test_the_same_question_about_the_schema_is_answered_once() -> None:
    # It took graphql-core most of a second, in which nobody else was answered.
    query = get_introspection_query()
    first, second = [await whole_schema().execute(query, context_value=CONTEXT) for _ in range(2)]
    assert first.errors is None
    assert first.data is second.data


@pytest.mark.parametrize("name", ["School", "Nothing"])
async def test_another_variable_gives_another_answer(name: str) -> None:
    query = "query Of($name: String!) { __type(name: $name) { name } }"
    result = await whole_schema().execute(query, {"name": name}, context_value=CONTEXT)
    assert result.data == {"__type": {"name": "School"} if name == "School" else None}


async def test_a_directive_is_heeded_in_every_request() -> None:
    query = "query If($if: Boolean!) { __typename __schema @include(if: $if) { queryType { name } } }"
    results = [
        await whole_schema().execute(query, {"if": value}, context_value=CONTEXT) for value in (True, False, True)
    ]
    assert [len(result.data or {}) for result in results] == [2, 1, 2]
