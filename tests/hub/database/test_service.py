import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub import migration
from hub.database import Address, Database, PoolUsage
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseOlderError,
    DatabaseUnreachableError,
    FileUnusableError,
    InvalidParameterError,
)
from schema.compiler.reading import Dialect
from tests.conftest import Templates
from tests.engines import Client
from tests.hub.tiny import ECHO, SLOW

COUNT = {
    Dialect.SQLITE: "SELECT CAST(count(*) AS BLOB) FROM alembic_version",
    Dialect.POSTGRESQL: "SELECT to_json(count(*)) FROM alembic_version",
}
NULL = {Dialect.SQLITE: "SELECT NULL", Dialect.POSTGRESQL: "SELECT NULL::json"}
NO_ROW = {
    Dialect.SQLITE: "SELECT 1 WHERE 0",
    Dialect.POSTGRESQL: "SELECT '1'::json WHERE false",
}


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(url), readers=2)
    yield opened
    await opened.close()


async def write_revision(url: str, revision: str) -> None:
    async with Client.connect(url) as client:
        await client.run("INSERT INTO alembic_version VALUES ($1)", revision)


async def remove_revision(url: str) -> None:
    async with Client.connect(url) as client:
        await client.run("DELETE FROM alembic_version")


async def settled(database: Database) -> PoolUsage:
    for _ in range(200):
        if database.usage.busy == 0:
            break
        await asyncio.sleep(0.02)
    return database.usage


async def test_a_read_gives_json_bytes(database: Database) -> None:
    async with database.snapshot() as reader:
        answer = await reader.read(ECHO[database.dialect], ["ไทย"], alone=True)
    assert answer is not None
    assert answer.decode() == '["ไทย"]'


async def test_null_and_no_row_are_none(database: Database) -> None:
    async with database.snapshot() as reader:
        assert await reader.read(NULL[database.dialect], [], alone=True) is None
        assert await reader.read(NO_ROW[database.dialect], [], alone=True) is None


async def test_a_snapshot_that_reads_nothing_takes_no_connection(database: Database) -> None:
    async with database.snapshot():
        assert database.usage.busy == 0


async def test_a_connection_is_back_when_the_operation_is_done(database: Database) -> None:
    async with database.snapshot() as reader:
        await reader.read(COUNT[database.dialect], [], alone=True)
        assert database.usage.busy == 1
    assert (await settled(database)).busy == 0


async def test_all_reads_of_an_operation_see_one_snapshot(database: Database, url: str) -> None:
    async with database.snapshot() as reader:
        before = await reader.read(COUNT[database.dialect], [], alone=False)
        await write_revision(url, "another")
        assert await reader.read(COUNT[database.dialect], [], alone=False) == before
    async with database.snapshot() as reader:
        assert await reader.read(COUNT[database.dialect], [], alone=False) != before


async def test_reads_that_begin_together_wait_for_each_other(database: Database) -> None:
    async with database.snapshot() as reader:
        answers = await asyncio.gather(
            *(reader.read(ECHO[database.dialect], [str(number)], alone=False) for number in range(5))
        )
    assert [answer and answer.decode() for answer in answers] == [f'["{number}"]' for number in range(5)]


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.snapshot() as reader:
        with pytest.raises((sqlite3.Error, asyncpg.PostgresError)):
            await reader.read("DELETE FROM alembic_version", [], alone=True)
    assert await database.check() == migration.expected_revision()


@pytest.mark.parametrize("alone", [True, False])
async def test_a_cancelled_read_gives_back_a_sound_connection(database: Database, *, alone: bool) -> None:
    async def read() -> None:
        async with database.snapshot() as reader:
            await reader.read(SLOW[database.dialect], [], alone=alone)

    for _ in range(3):
        task = asyncio.create_task(read())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert (await settled(database)).busy == 0
    for _ in range(4):
        async with database.snapshot() as reader:
            assert await reader.read(COUNT[database.dialect], [], alone=False) == b"1"


async def test_more_operations_than_connections_wait_their_turn(database: Database) -> None:
    async def read(number: int) -> bytes | None:
        async with database.snapshot() as reader:
            return await reader.read(ECHO[database.dialect], [str(number)], alone=True)

    answers = await asyncio.gather(*(read(number) for number in range(40)))
    assert len(set(answers)) == 40
    assert (await settled(database)).size <= 2


async def test_a_failed_statement_leaves_a_sound_connection(database: Database) -> None:
    for _ in range(3):
        with pytest.raises((sqlite3.Error, asyncpg.PostgresError)):
            async with database.snapshot() as reader:
                await reader.read("SELECT * FROM nowhere", [], alone=False)
    async with database.snapshot() as reader:
        assert await reader.read(COUNT[database.dialect], [], alone=False) == b"1"


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", 2**63, -(2**63) - 1])
async def test_a_value_no_column_holds_is_refused_alike(database: Database, value: str | int) -> None:
    async with database.snapshot() as reader:
        with pytest.raises(InvalidParameterError):
            await reader.read(ECHO[database.dialect], [value], alone=True)


async def test_a_plan_can_be_read(database: Database) -> None:
    async with database.snapshot(record=True) as reader:
        await reader.read(COUNT[database.dialect], [], alone=True)
        assert "alembic_version" in await reader.explain(reader.statements[0])


async def test_a_missing_file_says_which_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError, match="hub migrate"):
        await Database.open(Address.parse(f"sqlite:///{tmp_path}/none.db"), readers=1)
    assert not (tmp_path / "none.db").exists()


async def test_a_file_that_is_no_database_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("This is no database, but a text that is long enough to be taken for one. " * 20)
    with pytest.raises(FileUnusableError, match=r"not a database.*move this one away"):
        await Database.open(Address.parse(f"sqlite:///{tmp_path}/text.db"), readers=1)


async def test_a_missing_postgresql_database_says_which_command_to_run(postgresql_templates: Templates) -> None:
    url = postgresql_templates.engine.create()
    postgresql_templates.engine.drop(url)
    with pytest.raises(DatabaseMissingError, match="hub migrate"):
        await Database.open(Address.parse(url), readers=1)


async def test_a_server_that_is_away_is_a_typed_error() -> None:
    with pytest.raises(DatabaseUnreachableError, match="HUB_DATABASE_URL"):
        await Database.open(Address.parse("postgresql://nobody:secret@127.0.0.1:1/hub"), readers=1)


async def test_an_unmigrated_database_says_which_command_to_run(database: Database, url: str) -> None:
    await remove_revision(url)
    with pytest.raises(DatabaseOlderError, match="hub migrate"):
        await database.check()


async def test_a_newer_database_says_which_command_to_run(database: Database, url: str) -> None:
    await remove_revision(url)
    await write_revision(url, "from_the_future")
    with pytest.raises(DatabaseNewerError, match="from_the_future"):
        await database.check()
