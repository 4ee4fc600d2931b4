"""Rows are looked for word by word, in every table, and no row's text is put together to be compared."""

import re
from itertools import pairwise

import httpx
import pytest

from admin.console import Console
from admin.searching import MOST_WORDS, looked_for
from schema.compiler.reading import Dialect
from tests.hub.editor.visiting import TABLES, visiting
from tests.small_city import SmallCity


@pytest.mark.parametrize("dialect", Dialect)
def test_a_result_is_looked_for_by_its_keys_which_are_indexed(dialect: Dialect) -> None:
    known = {table.name: table.model for table in Console(dialect).tables}
    sought = looked_for(known["grade"], "ท21101 3083000001", known, dialect)
    indexed = {next(iter(index.columns)).name for index in known["grade"].__table__.indexes}
    assert set(re.findall(r"\bgrade\.(\w+)", sought.sql)) == {"student_id", "section_id"} <= indexed
    assert len(re.findall(r"\bgrade\.\w+ IN \(SELECT", sought.sql)) == len(re.findall(r"\bgrade\.", sought.sql))
    assert "||" not in sought.sql
    assert "ท21101" not in sought.sql


def test_no_more_words_are_looked_for_than_some() -> None:
    known = {table.name: table.model for table in Console(Dialect.SQLITE).tables}
    most, more = (looked_for(known["school"], "a " * count, known, Dialect.SQLITE) for count in (MOST_WORDS, 99))
    assert most == more


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
