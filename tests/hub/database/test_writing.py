import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub.database import Address, Database, moment
from hub.database.errors import DatabaseBusyError, DatabaseMissingError, IntegrityError, StatementTimeoutError
from schema.compiler.reading import Dialect
from tests.hub.tiny import SLOW

MAKE = "CREATE TABLE counter (id BIGINT PRIMARY KEY, count BIGINT NOT NULL CHECK (count < 1000))"
ADD = "UPDATE counter SET count = $1 WHERE id = $2"
COUNT = "SELECT count FROM counter WHERE id = $1"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(url), readers=2, statement_timeout=1)
    async with opened.writing() as connection:
        await connection.execute(MAKE)
        await connection.execute("INSERT INTO counter VALUES ($1, $2)", (1, 0))
    yield opened
    await opened.close()


async def count_of(database: Database) -> int:
    return int((await database.rows(COUNT, (1,)))[0][0])


async def test_what_a_transaction_wrote_is_read_when_it_is_done(database: Database) -> None:
    async with database.writing() as connection:
        assert await connection.execute(ADD, (5, 1)) == 1
        assert await connection.rows(COUNT, (1,)) == [(5,)]
        assert await count_of(database) == 0
    assert await count_of(database) == 5


async def test_a_write_that_meets_no_row_says_so(database: Database) -> None:
    async with database.writing() as connection:
        assert await connection.execute(ADD, (5, 2)) == 0


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(ADD, (5, 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await write()
    assert await count_of(database) == 0


async def test_a_constraint_refuses_and_undoes(database: Database) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(ADD, (5, 1))
            await connection.execute(ADD, (1000, 1))

    with pytest.raises(IntegrityError):
        await write()
    assert await count_of(database) == 0


async def test_a_cancelled_transaction_is_undone_and_the_next_one_runs(database: Database) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(ADD, (5, 1))
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.writing() as connection:
        assert await connection.rows(COUNT, (1,)) == [(0,)]
        await connection.execute(ADD, (7, 1))
    assert await count_of(database) == 7


async def test_transactions_that_read_and_then_write_lose_nothing(database: Database) -> None:
    lock = " FOR UPDATE" if database.dialect is Dialect.POSTGRESQL else ""

    async def increase() -> None:
        async with database.writing() as connection:
            ((count,),) = await connection.rows(COUNT + lock, (1,))
            await connection.execute(ADD, (count + 1, 1))

    await asyncio.gather(*(increase() for _ in range(50)))
    assert await count_of(database) == 50


async def test_a_statement_that_runs_too_long_is_stopped(database: Database) -> None:
    with pytest.raises(StatementTimeoutError):
        async with database.writing() as connection:
            await connection.rows(SLOW[database.dialect])
    async with database.writing() as connection:
        assert await connection.rows(COUNT, (1,)) == [(0,)]


async def test_a_moment_is_read_as_it_was_written(database: Database) -> None:
    kind = "timestamptz" if database.dialect is Dialect.POSTGRESQL else "TEXT"
    written = datetime(2018, 6, 10, 8, 30, 0, 123_000, tzinfo=UTC)
    async with database.writing() as connection:
        await connection.execute(f"CREATE TABLE event (at {kind})")
        await connection.execute("INSERT INTO event VALUES ($1)", (written,))
        ((read,),) = await connection.rows("SELECT at FROM event")
    assert moment(read) == written


async def test_the_writing_connection_keeps_the_hubs_pragmas(database: Database) -> None:
    if database.dialect is Dialect.POSTGRESQL:
        return
    wanted = {"synchronous": 2, "foreign_keys": 1, "journal_mode": "wal", "busy_timeout": 5000}
    async with database.writing() as connection:
        for name, value in wanted.items():
            assert await connection.rows(f"PRAGMA {name}") == [(value,)]


async def test_another_program_that_keeps_the_turn_is_waited_for_and_then_named(sqlite_url: str) -> None:
    database = await Database.open(Address.parse(sqlite_url), readers=1)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    try:
        async with database.writing() as connection:
            await connection.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusyError, match="Try again"):
            async with database.writing():
                pass
        other.execute("ROLLBACK")
        async with database.writing() as connection:
            assert await connection.rows("SELECT 1") == [(1,)]
    finally:
        other.close()
        await database.close()


async def test_a_file_that_went_away_says_which_command_to_run(sqlite_url: str) -> None:
    database = await Database.open(Address.parse(sqlite_url), readers=1)
    await asyncio.to_thread(Path(sqlite_url.removeprefix("sqlite:///")).unlink)
    with pytest.raises(DatabaseMissingError, match="hub migrate"):
        async with database.writing():
            pass
    await database.close()
