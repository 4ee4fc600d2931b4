"""A page of rows: its keys are found first, in the order of an index, and what its rows refer to is told of them alone."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from admin.console import Console
from admin.engine import lent
from schema.compiler.reading import Dialect
from tests.engines import Client
from tests.small_city import SmallCity


class Watched:
    """A connection that the console uses, and what it was asked."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.asked: list[tuple[str, Sequence[object]]] = []

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        self.asked.append((sql, parameters))
        # One column, the key: there is no need to read more to see what is asked.
        return [{"id": row[0]} for row in await self.client.rows(sql, *parameters)] if len(self.asked) == 1 else []


async def asked_for(url: str, table: str, **parameters: str) -> list[tuple[str, Sequence[object]]]:
    """What a list asks of the database."""
    async with Client.connect(url) as client:
        rows = Console(Dialect(client.dialect)).rows[table]
        watched = Watched(client)
        request = Request({"type": "http", "query_string": urlencode(parameters).encode(), "headers": []})
        with lent(watched):
            await rows.get_all(request, params=dict(request.query_params))
        return watched.asked


async def test_what_rows_refer_to_is_told_of_the_rows_of_the_page_alone(small_city: SmallCity) -> None:
    # It was told of every row that is passed over too: the last page of results ran into PostgreSQL's time limit.
    filtered = {"credits": "0", "credits__operator": "gte", "__order": "-score", "__readable": "true"}
    (keys, _), (told, values) = await asked_for(small_city.url, "grade", **filtered, __page="3", __page_size="2")
    assert "||" not in keys
    assert "LIMIT 2" in keys
    assert "OFFSET 4" in keys
    assert "||" in told
    assert "OFFSET" not in told
    assert "credits" not in told.rpartition(" WHERE ")[2]
    assert len(values) == 2


@pytest.mark.parametrize(("order", "read"), [("academic_year_id", "ASC"), ("-academic_year_id", "DESC")])
async def test_rows_that_are_alike_come_as_the_rest_goes_so_that_one_index_gives_both(
    small_city: SmallCity, order: str, read: str
) -> None:
    # Of the last year's 200,000 results all were put in the order of their keys to show thirty: three seconds.
    (keys, values), *_ = await asked_for(small_city.url, "grade", __order=order)
    assert keys.count(f" {read}") == 2
    async with Client.connect(small_city.url) as client:
        if client.dialect == "sqlite":
            steps = await client.rows(f"EXPLAIN QUERY PLAN {keys}", *values)
            assert not any("TEMP B-TREE" in step[3] for step in steps)
        else:
            await client.run("SET enable_seqscan = off")
            steps = await client.rows(f"EXPLAIN {keys}", *values)
            assert not any("Sort" in step[0] for step in steps)


async def test_of_no_rows_nothing_is_shown(small_city: SmallCity) -> None:
    asked = await asked_for(small_city.url, "grade", __page="9999999")
    assert "1 = 0" in asked[-1][0]
