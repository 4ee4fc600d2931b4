"""Fifty who write at once, by the hub and by raw SQL, while others read: nothing is lost, nobody is told to go away."""

import asyncio
import json
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING

import asyncpg  # type: ignore[import-untyped]

from hub.database import Acting, Database
from hub.history.sealer import ChangeSealer
from hub.history.sealing import seal_all
from hub.history.verifying import verify
from schema.compiler.reading import Dialect
from schema.graph import GraphContext
from schema.history import Face
from tests.schema.asking import whole_schema
from tests.small_city import SmallCity

if TYPE_CHECKING:
    from collections.abc import Awaitable

WRITERS = 25
READERS = 15
ADD = "UPDATE subject SET credits = credits + 0.5 WHERE id = 7"
QUESTION = (
    "{ subjects(first: 20) { nodes { code credits school { name } } } changes(last: 5) { nodes { table face } } }"
)


async def edit_by_the_hub(hub: Database, number: int) -> None:
    """Read, then write what follows from it, as the console does."""
    lock = " FOR UPDATE" if hub.dialect is Dialect.POSTGRESQL else ""
    async with hub.writing(Acting(f"account:{number}", f"editor {number}", Face.CONSOLE)) as connection:
        ((weight,),) = await connection.rows(f"SELECT credits FROM subject WHERE id = 7{lock}")
        text = "CAST(CAST($1 AS TEXT) AS NUMERIC)"
        await connection.execute(f"UPDATE subject SET credits = {text} WHERE id = 7", (str(float(weight) + 0.5),))


async def edit_by_sqlite(path: str) -> None:
    def work() -> None:
        raw = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(ADD)
            raw.execute("COMMIT")
        finally:
            raw.close()

    await asyncio.to_thread(work)


async def edit_by_asyncpg(url: str) -> None:
    raw = await asyncpg.connect(url)
    try:
        await raw.execute(ADD)
    finally:
        await raw.close()


async def read(hub: Database) -> None:
    async with hub.snapshot() as reader:
        answer = await whole_schema().execute(QUESTION, context_value=GraphContext(reader))
    assert not answer.errors


async def test_fifty_at_once_lose_nothing_and_the_history_is_whole_and_in_order(
    hub: Database, own_city: SmallCity
) -> None:
    whole_schema()  # It takes seconds to make, which whoever has begun to write should not have to wait.
    async with hub.writing() as connection:
        await connection.execute("UPDATE subject SET credits = 1 WHERE id = 7")
    ((since,),) = await hub.rows("SELECT max(id) FROM change_log")
    sealer = ChangeSealer(hub, interval=0.05)
    sealer.start()
    work: list[Awaitable[None]] = []
    for number in range(WRITERS):
        work.append(edit_by_the_hub(hub, number))
        if hub.dialect is Dialect.SQLITE:
            work.append(edit_by_sqlite(hub.address.target))
        else:
            work.append(edit_by_asyncpg(own_city.url))
    work += [read(hub) for _ in range(READERS)]
    await asyncio.gather(*work)
    await sealer.close()
    await seal_all(hub)

    ((weight,),) = await hub.rows("SELECT credits FROM subject WHERE id = 7")
    assert float(weight) == 1 + 0.5 * 2 * WRITERS
    found = await hub.rows(
        "SELECT c.before, c.after, c.face, c.actor_name, s.id FROM change_log AS c"
        " JOIN change_seal AS s ON s.change_id = c.id WHERE c.id > $1 ORDER BY s.id",
        (since,),
    )
    weights = [json.loads(before)["credits"] for before, *_ in found]
    assert weights == [1 + 0.5 * step for step in range(2 * WRITERS)]
    assert all(before == after for (_, after, *_), (before, *_) in pairwise(found))
    assert sorted(face for _, _, face, _, _ in found) == ["CONSOLE"] * WRITERS + ["SQL"] * WRITERS
    assert {name for _, _, _, name, _ in found} == {None, *(f"editor {number}" for number in range(WRITERS))}
    verdict = await verify(hub)
    assert (verdict.complaints, verdict.unsealed) == ([], 0)
