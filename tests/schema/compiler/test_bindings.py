"""What a statement binds it uses, and what it uses it binds, whatever is asked for side by side."""

import asyncio
import itertools
import re

import pytest

from schema.compiler.reading import Dialect
from schema.compiler.statement import Statement
from schema.graph import GraphContext, build_model
from schema.graph.schema import schema_of
from tests.schema.compiler.nowhere import Nowhere
from tests.schema.compiler.recording import Recording

PLACEHOLDERS = {Dialect.SQLITE: r"\?(\d+)", Dialect.POSTGRESQL: r"\$(\d+)"}
PAGE_INFO = [f"pageInfo {{ {name} }}" for name in ("hasPreviousPage", "hasNextPage", "startCursor", "__typename")]
BY_COUNT = "orderBy: [{%sschool: {students: {count: DESC, year: 2561}}%s}]"
GROUP_PARTS = ["totalCount", "nodes { count }", "edges { cursor }", "edges { __typename }", "__typename", *PAGE_INFO]
GROUP_PARTS += ["nodes { key { school { students(year: 2560) { totalCount } } } }"]
PARTS = [
    "totalCount",
    "nodes { id }",
    "edges { cursor }",
    "aggregate { __typename }",
    "groups(by: [SEX]) { __typename }",
]
PARTS += ["aggregate { c: count(where: {sex: {equals: MALE}}) }", *PAGE_INFO]
WHERE = "where: {grades: {count: {gt: 1}, where: {score: {gt: 3}}}}"


COMPILER = Recording(build_model())
SCHEMA = schema_of(COMPILER)


def wrong(queries: list[str], dialect: Dialect) -> list[str]:
    async def ask() -> None:
        for query in queries:
            result = await SCHEMA.execute(query, context_value=GraphContext(Nowhere(dialect)))
            assert not result.errors, (query, result.errors)

    COMPILER.statements.clear()
    asyncio.run(ask())
    return [statement.sql for statement in COMPILER.statements if not numbers_its_own(statement, dialect)]


def numbers_its_own(statement: Statement, dialect: Dialect) -> bool:
    """Whether the numbers in a statement are those of its parameters."""
    used = {int(number) for number in re.findall(PLACEHOLDERS[dialect], statement.sql)}
    return used == set(range(1, len(statement.parameters) + 1))


@pytest.mark.parametrize("dialect", list(Dialect))
def test_groups_bind_what_they_use(dialect: Dialect) -> None:
    # A key of the order was bound though only the number of groups was asked for: an error no client could mend.
    orders = ("first: 1", BY_COUNT % ("key: {", "}"), f"{BY_COUNT % ('key: {', '}')}, having: {{count: {{gt: 1}}}}")
    queries = [
        f"{{ students {{ groups(by: [SCHOOL], {order}) {{ {' '.join(parts)} }} }} }}"
        for order in orders
        for parts in itertools.combinations(GROUP_PARTS, 2)
    ]
    assert wrong(queries, dialect) == []


@pytest.mark.parametrize("dialect", list(Dialect))
def test_connections_bind_what_they_use(dialect: Dialect) -> None:
    pages = ("first: 1", "last: 1", "first: 1, offset: 2")
    orders = ("", f"{WHERE},", f"{BY_COUNT % ('', '')},", f"{WHERE}, {BY_COUNT % ('', '')},")
    queries = [
        f"{{ students({order} {page}) {{ {' '.join(parts)} }} }}"
        for order in orders
        for page in pages
        for parts in itertools.combinations(PARTS, 2)
    ]
    assert wrong(queries, dialect) == []
