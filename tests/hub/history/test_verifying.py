"""Whoever changes the history, or the rows past it, is found out; the database's own guards taken away first."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest

from hub.database import Database
from hub.history import comparing
from hub.history.comparing import complaints_of
from hub.history.sealing import seal_all
from hub.history.verifying import verify
from schema import derived
from schema.history import recorded_tables
from tests.engines import Client
from tests.hub.history.conftest import ACTING
from tests.small_city import SmallCity

GRADES: Final = next(table for table in recorded_tables() if table.name == "grade")


@pytest.fixture
async def unguarded(hub: Database, own_city: SmallCity) -> AsyncIterator[Client]:
    """The small city with some history, sealed, and then no trigger to keep it."""
    async with hub.writing(ACTING) as connection:
        for name in ("One", "Two", "Three"):
            await connection.execute("UPDATE school SET name = $1 WHERE id = 1", (name,))
        await connection.execute("INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Teachers', 'ครู')")
        await connection.execute("DELETE FROM occupation WHERE code = '2341'")
    await seal_all(hub)
    async with Client.connect(own_city.url) as client:
        await client.run_all(derived.drop_statements(client.dialect))
        yield client


ONE = "(SELECT min(id) + 1 FROM change_log WHERE table_name = 'school' AND operation = 'UPDATE')"
LAST = "(SELECT max(id) FROM change_log WHERE table_name = 'school' AND row_id = 1)"
FORGED = "INSERT INTO change_log (table_name, row_id, operation, before, after, face)"
TAMPERING = (
    (f"UPDATE change_log SET after = replace(after, 'Two', 'Tow') WHERE id = {ONE}", "does not hold what link"),
    (f"UPDATE change_log SET actor_name = 'somchai' WHERE id = {ONE}", "does not follow from the link before"),
    (f"UPDATE change_log SET at = '2018-10-01T12:00:00.000+00:00' WHERE id = {ONE}", "does not follow from"),
    (f"UPDATE change_log SET face = 'SQL' WHERE id = {ONE}", "does not follow from the link before"),
    (f"DELETE FROM change_log WHERE id = {ONE}", "is missing"),
    (f"UPDATE change_log SET key = NULL, before = NULL, after = NULL WHERE id = {ONE}", "does not hold what link"),
    (f"UPDATE change_seal SET salt = NULL WHERE change_id = {ONE}", "has lost what it held, and no erasure says so"),
    (f"DELETE FROM change_seal WHERE change_id = {ONE}", "is missing: the next that is there"),
    (f"UPDATE change_seal SET digest = '{'0' * 64}' WHERE change_id = {ONE}", "does not hold what link"),
    (
        f"{FORGED} VALUES ('school', 1, 'UPDATE', '{{}}', '{{\"name\":\"Forged\"}}', 'CONSOLE')",
        "school 1 is not as its last change",
    ),
    (
        f"{FORGED} SELECT 'school', 1, 'UPDATE', '{{\"name\":\"Forged\"}}', after, 'CONSOLE' FROM change_log WHERE id = {LAST}",
        "does not begin where change",
    ),
    (
        "INSERT INTO change_log (table_name, row_id, operation, after, face) VALUES ('school', 99, 'INSERT', '{}', 'CLI')",
        "school 99 is not there, and no change deleted it",
    ),
    ("UPDATE school SET name = 'Past the triggers' WHERE id = 1", "school 1 is not as its last change"),
    ("DELETE FROM attendance WHERE id = 1", "attendance 1 is not there, and no change deleted it"),
    (
        "INSERT INTO occupation (code, name, name_th) VALUES ('9', 'Past', 'x')",
        r"occupation has 3 rows, and by its changes it should have 2",
    ),
)


async def test_nothing_is_complained_of_where_nothing_was_done(hub: Database, unguarded: Client) -> None:
    verdict = await verify(hub)
    assert verdict.complaints == []
    assert verdict.rows > 200
    assert await unguarded.value("SELECT chain FROM change_seal ORDER BY id DESC LIMIT 1") == verdict.head


@pytest.mark.parametrize(("statement", "complaint"), TAMPERING)
async def test_tampering_is_told(hub: Database, unguarded: Client, statement: str, complaint: str) -> None:
    await unguarded.run(statement)
    complaints = (await verify(hub)).complaints
    assert any(complaint in one for one in complaints), complaints


async def test_changes_that_trade_places_are_told(hub: Database, unguarded: Client) -> None:
    one, other = await unguarded.rows(
        "SELECT id, before, after FROM change_log WHERE table_name = 'school' AND operation = 'UPDATE' ORDER BY id LIMIT 2"
    )
    for (key, _, _), (_, before, after) in ((one, other), (other, one)):
        await unguarded.run("UPDATE change_log SET before = $1, after = $2 WHERE id = $3", before, after, key)
    complaints = (await verify(hub)).complaints
    assert sum("does not hold what link" in one for one in complaints) == 2


async def test_links_that_trade_places_are_told(hub: Database, unguarded: Client) -> None:
    await unguarded.run("UPDATE change_seal SET id = -id WHERE id IN (5, 6)")
    await unguarded.run("UPDATE change_seal SET id = 11 + id WHERE id < 0")
    assert any("link 5 does not follow" in one for one in (await verify(hub)).complaints)


async def test_a_new_end_made_of_nothing_is_told_by_a_head_that_was_kept(hub: Database, unguarded: Client) -> None:
    kept = (await verify(hub)).head
    await unguarded.run("DELETE FROM change_seal WHERE id > 10")
    assert await seal_all(hub) > 100
    verdict = await verify(hub)
    assert verdict.complaints == []
    assert verdict.head != kept
    assert any("is in no link" in one for one in (await verify(hub, kept)).complaints)


async def test_a_head_that_was_kept_is_found(hub: Database, own_city: SmallCity) -> None:
    await seal_all(hub)
    verdict = await verify(hub)
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE school SET name = 'Later' WHERE id = 1")
    await seal_all(hub)
    later = await verify(hub, verdict.head)
    assert (later.complaints, later.known_at, later.links) == ([], verdict.links, verdict.links + 1)


async def test_a_table_that_was_loaded_is_compared_from_there_on(hub: Database, unguarded: Client) -> None:
    await unguarded.run("UPDATE school SET name = 'Loaded' WHERE id = 1")
    await unguarded.run_all(derived.load_statements())
    await unguarded.run_all(derived.create_statements(unguarded.dialect))
    await unguarded.run("UPDATE school SET name = 'Later' WHERE id = 1")
    await seal_all(hub)
    assert (await verify(hub)).complaints == []


async def test_no_payload_of_what_was_loaded_and_then_changed_well_is_read(
    hub: Database, unguarded: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Memory grew with the history: of each row that was loaded the first change was read, to be found well.
    await unguarded.run_all(derived.load_statements())
    await unguarded.run_all(derived.create_statements(unguarded.dialect))
    await unguarded.run("UPDATE grade SET credits = credits + 1")
    read, rows = list[tuple[Any, ...]](), hub.rows

    async def counted(sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        found = await rows(sql, parameters)
        read.extend(found if "WITH loaded" in sql and "count(*)" not in sql else ())
        return found

    monkeypatch.setattr(hub, "rows", counted)
    assert (await complaints_of(hub, GRADES))[1] == []
    assert read == []


async def test_however_much_is_wrong_it_is_read_some_at_a_time(
    hub: Database, unguarded: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await unguarded.run_all(derived.create_statements(unguarded.dialect))
    await unguarded.run("UPDATE grade SET credits = credits + 1")
    await unguarded.run_all(derived.drop_statements(unguarded.dialect))
    forged = """UPDATE change_log SET before = '{"credits":0.5}' WHERE operation = 'UPDATE' AND table_name = 'grade'"""
    await unguarded.run(forged)
    await unguarded.run("UPDATE grade SET credits = credits + 1")
    at_once = await complaints_of(hub, GRADES)
    monkeypatch.setattr(comparing, "_PAGE", 3)
    assert await complaints_of(hub, GRADES) == at_once
    assert len(at_once[1]) == 21
    assert at_once[1][-1].endswith(" more")
