"""Entries reach the tables on both engines, soon, once, and whatever happens; or nothing more is read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from structlog.testing import capture_logs

from hub.database import Acting, Address, Database, WritingConnection
from hub.read_log import Entry, ReadLog, ReadLogStuckError, ReadRecorder, digest_of
from schema.graph import build_model
from schema.model.personal import is_personal
from schema.policy import Identity, Reach, Role, Scope
from schema.privacy.tables import LONGEST_FIELDS
from tests.engines import Client

SOMCHAI = Identity("account:7", "ครูสมชาย", Role.TEACHER, Scope(Reach.ALL), "class list")
NOON = datetime(2018, 6, 10, 12, tzinfo=UTC)


def entry(pupils: set[int], **changes: Any) -> Entry:  # noqa: ANN401 - whatever an entry has
    told = {"operation": "Names", "document": "0" * 64, "personal": frozenset({"Student.sex"}), "request_id": "r-1"}
    return Entry(identity=SOMCHAI, at=NOON, pupils=frozenset(pupils), **{**told, **changes})


class Broken(Database):
    """A database that cannot be written until it is mended."""

    broken = True

    @asynccontextmanager
    async def writing(
        self, acting: Acting | None = None, *, identity: Identity | None = None
    ) -> AsyncIterator[WritingConnection]:
        if self.broken:
            raise OSError("disk full")
        async with super().writing(acting, identity=identity) as connection:
            yield connection


@asynccontextmanager
async def opened(url: str, kind: type[Database] = Database, **options: float) -> AsyncIterator[tuple[Any, ReadLog]]:
    database = await kind.open(Address.parse(url), readers=1)
    log = ReadLog(database, **options)
    log.start()
    try:
        yield database, log
    finally:
        await log.close()
        await database.close()


async def written(log: ReadLog) -> None:
    async with asyncio.timeout(30):
        while log.waiting:  # noqa: ASYNC110 - the log tells nobody
            await asyncio.sleep(0.01)


async def pairs(url: str) -> list[tuple[Any, ...]]:
    async with Client.connect(url) as client:
        return await client.rows("SELECT read_id, student_id FROM read_log_pupil ORDER BY read_id, student_id")


async def test_an_entry_is_written_with_its_pupils_within_the_interval(engine_url: str) -> None:
    async with opened(engine_url) as (_, log):
        log.add(entry({9, 8}))
        log.add(entry(set(), operation=None, personal=frozenset({"Student.sex", "Grade.score"})))
        assert log.waiting == 2
        await asyncio.sleep(1)
        assert log.waiting == 0
    async with Client.connect(engine_url) as client:
        rows = await client.rows(
            "SELECT identity, name, role, purpose, operation, document, fields, pupils, request_id, at"
            " FROM read_log ORDER BY id"
        )
    assert [row[:-1] for row in rows] == [
        ("account:7", "ครูสมชาย", "teacher", "class list", "Names", "0" * 64, "Student.sex", 2, "r-1"),
        ("account:7", "ครูสมชาย", "teacher", "class list", None, "0" * 64, "Grade.score Student.sex", 0, "r-1"),
    ]
    assert {datetime.fromisoformat(row[-1]) for row in rows} == {NOON}
    assert await pairs(engine_url) == [(1, 8), (1, 9)]


async def test_what_waits_at_the_end_is_written(engine_url: str) -> None:
    async with opened(engine_url, interval=60) as (_, log):
        for pupil in range(300):
            log.add(entry({pupil}))
    assert [pupil for _, pupil in await pairs(engine_url)] == list(range(300))


async def test_many_pupils_are_not_waited_for(engine_url: str) -> None:
    async with opened(engine_url, interval=60) as (_, log):
        log.add(entry(set(range(25_000))))
        await written(log)
    assert len(await pairs(engine_url)) == 25_000


async def test_reads_are_refused_while_entries_wait_too_long_and_nothing_is_lost(engine_url: str) -> None:
    async with opened(engine_url, Broken, patience=0.3, interval=0.01) as (database, log):
        recorder = ReadRecorder(log, SOMCHAI, "r-1")
        recorder.admit()
        recorder.record({7}, frozenset({"Student.sex"}))
        with capture_logs() as lines:
            recorder.finish("{ students { nodes { sex } } }", None)
            recorder.admit()
            await asyncio.sleep(0.5)
            with pytest.raises(ReadLogStuckError, match="cannot write down who reads"):
                recorder.admit()
        assert {"disk full" in str(line["error"]) for line in lines} == {True}
        database.broken = False
        await written(log)
        recorder.admit()
    assert await pairs(engine_url) == [(1, 7)]


async def test_what_cannot_be_written_at_the_end_is_said(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.read_log.log._CLOSE_SECONDS", 0.1)
    with capture_logs() as lines:
        async with opened(engine_url, Broken) as (_, log):
            log.add(entry({7}))
    assert {"event": "reads were not written to the log", "entries": 1, "log_level": "critical"} in lines


async def test_nothing_is_read_where_nobody_writes(engine_url: str) -> None:
    async with opened(engine_url) as (_, log):
        await log.close()
        with pytest.raises(ReadLogStuckError):
            log.check()


async def test_whatever_an_entry_holds_the_database_takes_it(engine_url: str) -> None:
    endless = "ก" * 100_000
    who = Identity(endless, endless, Role.ADMIN, Scope(Reach.ALL), endless)
    nobody = Identity("", "", Role.ADMIN, Scope(Reach.ALL), "")
    personal = frozenset(f"T.{number}" for number in range(10_000))
    async with opened(engine_url) as (_, log):
        for identity in (who, nobody):
            log.add(Entry(identity, NOON, endless, digest_of(endless), personal, frozenset({1}), endless))
    assert await pairs(engine_url) == [(1, 1), (2, 1)]


def test_every_personal_field_of_the_graph_fits_an_entry() -> None:
    model = build_model()
    every = [
        f"{entity.name}.{member.name}"
        for entity in model.entities.values()
        for member in entity.members
        if is_personal(entity, member, model)
    ]
    assert "Student.birthDate" in every
    assert len(" ".join(every)) < LONGEST_FIELDS


async def test_a_request_that_reads_of_nobody_leaves_no_entry(engine_url: str) -> None:
    async with opened(engine_url) as (_, log):
        recorder = ReadRecorder(log, SOMCHAI, "r-1")
        recorder.record(set(), frozenset())
        recorder.finish("{ schools { nodes { name } } }", None)
        assert log.waiting == 0


@pytest.mark.parametrize(
    ("document", "plain"),
    [
        ("{ a }", "{ a }"),
        ('{ a(id: "1234567890121", n: 12, x: -1.5e-3) { w1 $v2 } }', '{ a(id: "", n: 0, x: 0) { w1 $v2 } }'),
        ('{ a(t: """สม "ชาย\\""" ""\n""") } # สมชาย', '{ a(t: "") } '),
        ('{ a(t: "\\"b") b1: c }', '{ a(t: "") b1: c }'),
    ],
)
def test_a_digest_is_of_a_document_without_its_literals(document: str, plain: str) -> None:
    assert digest_of(document) == sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("table", ["read_log", "read_log_pupil"])
async def test_entries_are_neither_changed_nor_deleted_until_they_are_old(engine_url: str, table: str) -> None:
    fresh = entry({7})
    now = Entry(SOMCHAI, datetime.now(UTC), None, "0" * 64, fresh.personal, frozenset({8}), "r-2")
    async with opened(engine_url) as (_, log):
        log.add(fresh)
        log.add(now)
    async with Client.connect(engine_url) as client:
        column = "pupils" if table == "read_log" else "student_id"
        for sql in (f"UPDATE {table} SET {column} = 99", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="append-only"):
                await client.run(sql)
        if client.dialect == "sqlite" and table == "read_log":
            with pytest.raises(Exception, match="append-only"):
                await client.run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        await client.run("DELETE FROM read_log_pupil WHERE read_id = 1")
        await client.run("DELETE FROM read_log WHERE id = 1")
    assert await pairs(engine_url) == [(2, 8)]
