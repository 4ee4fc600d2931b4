"""Rows are looked for word by word, in every table, and no row's text is put together to be compared."""

from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from typing import Any

import httpx
import pytest

from admin.console import Console
from admin.filters import Condition
from admin.leading import ROW, statements
from admin.places import places_of
from admin.searching import MOST_WORDS, Search
from schema.compiler.reading import Dialect
from tests.engines import Client
from tests.hub.editor.visiting import TABLES, visiting
from tests.small_city import SmallCity


class Searched:
    """A search in one table, and what it asked of the database."""

    def __init__(self, client: Client, table: str) -> None:
        self.client = client
        self.dialect = Dialect(client.dialect)
        self.asked: list[Condition] = []
        known = {each.name: each.model for each in Console(self.dialect).tables}
        self.search = Search(known[table], known, self.dialect, self._ask)

    async def keys(self, text: str, limit: int = 100, offset: int = 0) -> list[int]:
        return await self.search.keys(text, limit, offset)

    async def _ask(self, sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        self.asked.append(Condition(sql, tuple(parameters)))
        names = [part.rpartition(" AS ")[2] for part in sql.partition(" FROM ")[0].split(", ")]
        rows = await self.client.rows(numbered(sql), *parameters)
        return [dict(zip(names, row, strict=True)) for row in rows]

    async def plan(self, condition: Condition) -> str:
        """The engine's plan; of a table so small PostgreSQL would read all of it if it were not kept from that."""
        if self.dialect is Dialect.SQLITE:
            steps = await self.client.rows(f"EXPLAIN QUERY PLAN {numbered(condition.sql)}", *condition.parameters)
            return "\n".join(step[3] for step in steps)
        async with self.client.transaction():
            await self.client.run("SET LOCAL enable_seqscan = off")
            await self.client.run("SET LOCAL plan_cache_mode = force_generic_plan")
            steps = await self.client.rows(f"EXPLAIN {numbered(condition.sql)}", *condition.parameters)
        return "\n".join(step[0] for step in steps)


def numbered(sql: str) -> str:
    parts = sql.split("{}")
    return parts[0] + "".join(f"${place}{part}" for place, part in enumerate(parts[1:], 1))


@pytest.fixture
async def city(small_city: SmallCity) -> AsyncIterator[Client]:
    async with Client.connect(small_city.url) as client:
        yield client


async def chosen(client: httpx.AsyncClient, table: str, search: str) -> dict[str, str]:
    """All rows that are offered, page by page."""
    found: dict[str, str] = {}
    while True:
        asked = {"search": search, "limit": "100", "offset": str(len(found))}
        page = (await client.get(f"{TABLES}/{table}/ids/", params=asked)).json()
        assert not page.keys() & found.keys()
        found |= page
        if len(page) < 100:
            return found


def folded(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


async def test_what_is_found_is_what_shows_each_word(small_city: SmallCity) -> None:
    async with visiting(small_city.url) as client:
        for table in (await client.get("/admin/api/tables/")).json():
            every = await chosen(client, table, "")
            assert every
            texts = sorted(every.values())
            words = [word for text in (texts[0], texts[-1]) for word in text.split() if word != "-"]
            searches = [
                *words[:4],
                *(" ".join(pair) for pair in pairwise(words[::3])),
                words[-1][1:-1],
                "MAth",
                "%",
                "_",
            ]
            for search in searches:
                wanted = {
                    key: text
                    for key, text in every.items()
                    if all(folded(word) in folded(text) for word in search.split())
                }
                assert await chosen(client, table, search) == wanted, f"{table}: {search!r}"


async def test_nothing_more_is_asked_once_a_word_is_nowhere(city: Client) -> None:
    # Six digits that nothing has took seconds among 800,000 results, and PostgreSQL until its time limit.
    for table in ("grade", "attendance", "grade_event"):
        searched = Searched(city, table)
        assert await searched.keys("987654 ท") == []
        assert len(searched.asked) == 2
        assert not any(f"AS {ROW}" in each.sql for each in searched.asked)


@pytest.mark.parametrize("table", ["grade", "attendance", "grade_event", "section_teacher"])
async def test_rows_are_led_to_by_keys_and_given_in_the_order_of_an_index(city: Client, table: str) -> None:
    searched = Searched(city, table)
    await searched.keys("3083000001 ท 2561", limit=100, offset=10_000)
    leading = [each for each in searched.asked if f"AS {ROW}" in each.sql and not each.sql.startswith("SELECT count")]
    assert leading
    for each in leading:
        plan = await searched.plan(each)
        assert f"SCAN {ROW}" not in plan
        assert "Seq Scan" not in plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan
        assert "MULTI-INDEX OR" not in plan


async def test_pages_follow_each_other_from_one_statement_into_the_next(city: Client) -> None:
    for table, text in (("grade", "1"), ("grade", "3083000001"), ("grade_event", "1"), ("attendance", "ท 1")):
        every = await Searched(city, table).keys(text, limit=10_000)
        assert len(every) == len(set(every)) > 1
        for size in (1, 7):
            pages = [await Searched(city, table).keys(text, size, at) for at in range(0, len(every) + size, size)]
            assert [key for page in pages for key in page] == every
        assert await Searched(city, table).keys(text, 5, len(every) + 1_000) == []


async def test_the_word_that_fewest_have_leads(city: Client) -> None:
    searched = Searched(city, "grade")
    assert await searched.keys("308300000 ค", limit=1)
    (led,) = [each for each in searched.asked if f"AS {ROW}" in each.sql][:1]
    alone = Searched(city, "grade")
    assert await alone.keys("ค", limit=1)
    assert led.parameters[0] == alone.asked[-1].parameters[0]


async def test_of_a_table_that_leads_nowhere_each_row_is_looked_at_in_the_order_of_keys(city: Client) -> None:
    searched = Searched(city, "student")
    keys = await searched.keys("1")
    assert keys == sorted(keys)
    assert searched.asked[-1].sql.count(f"FROM student AS {ROW} WHERE") == 1


async def test_numbers_of_which_there_are_few_are_found_by_an_index(city: Client) -> None:
    searched = Searched(city, "grade_event")
    assert await searched.keys("777") == []
    (led,) = [each for each in searched.asked if f"AS {ROW}" in each.sql]
    assert "sequence" in await searched.plan(led)
    assert "LIKE" not in led.sql


@pytest.mark.parametrize("dialect", Dialect)
def test_a_row_that_others_tell_is_looked_through(dialect: Dialect) -> None:
    known = {each.name: each.model for each in Console(dialect).tables}
    assert [place.column.name for place in places_of(known["attendance"], ROW, known).every] == [
        "student_id",
        "section_id",
    ]
    through = places_of(known["grade_event"], ROW, known).through
    assert [each.table for each in through.values()] == ["grade"]
    assert not places_of(known["student"], ROW, known).through


async def test_no_more_words_are_looked_for_than_some(city: Client) -> None:
    searched, letters = Searched(city, "school"), "abcdefghij"
    await searched.keys(" ".join(letters))
    assert [each.sql.count("LIKE") for each in searched.asked] == [MOST_WORDS * 2]


def test_no_word_asks_for_every_row() -> None:
    known = {each.name: each.model for each in Console(Dialect.SQLITE).tables}
    (every,) = statements(places_of(known["grade"], ROW, known), known["grade"], [], Dialect.SQLITE)
    assert every == Condition(f"SELECT {ROW}.id AS id FROM grade AS {ROW} WHERE 1 = 1 ORDER BY {ROW}.id")
