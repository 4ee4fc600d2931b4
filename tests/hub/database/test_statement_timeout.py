"""A statement that runs past its time is stopped in the database, and nothing else is."""

import asyncio
import time
from collections.abc import AsyncIterator

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub.database import Address, Database
from hub.database.errors import StatementTimeoutError
from schema.compiler.reading import Dialect
from tests.hub.tiny import ECHO, SLOW

LIMIT = 0.3
FOR_EVER = 30.0
"""Seconds; what SLOW takes at least when nothing stops it."""


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(url), readers=2, statement_timeout=LIMIT)
    yield opened
    await opened.close()


async def read_slowly(database: Database, *, alone: bool = True) -> None:
    async with database.snapshot() as reader:
        await reader.read(SLOW[database.dialect], [], alone=alone)


async def echo(database: Database, text: str, *, alone: bool = True) -> bytes | None:
    async with database.snapshot() as reader:
        return await reader.read(ECHO[database.dialect], [text], alone=alone)


@pytest.mark.parametrize("alone", [True, False])
async def test_a_slow_statement_is_stopped_and_says_what_to_do(database: Database, *, alone: bool) -> None:
    begun = time.monotonic()
    with pytest.raises(StatementTimeoutError, match=r"0\.3 s.*Ask for less"):
        await read_slowly(database, alone=alone)
    assert LIMIT / 2 < time.monotonic() - begun < FOR_EVER / 2


@pytest.mark.parametrize("alone", [True, False])
async def test_the_same_connection_answers_afterwards(url: str, *, alone: bool) -> None:
    database = await Database.open(Address.parse(url), readers=1, statement_timeout=LIMIT)
    for number in range(3):
        with pytest.raises(StatementTimeoutError):
            await read_slowly(database, alone=alone)
        assert await echo(database, f"first {number}") == f'["first {number}"]'.encode()
        assert await echo(database, f"second {number}", alone=False) == f'["second {number}"]'.encode()
    await database.close()


async def test_it_is_the_same_connection_on_postgresql(url: str) -> None:
    database = await Database.open(Address.parse(url), readers=1, statement_timeout=LIMIT)
    if database.dialect is Dialect.POSTGRESQL:
        async with database.snapshot() as reader:
            before = await reader.read("SELECT to_json(pg_backend_pid())", [], alone=True)
        with pytest.raises(StatementTimeoutError):
            await read_slowly(database)
        async with database.snapshot() as reader:
            assert await reader.read("SELECT to_json(pg_backend_pid())", [], alone=True) == before
    await database.close()


async def test_others_are_answered_while_one_is_slow(database: Database) -> None:
    slow = asyncio.create_task(read_slowly(database))
    await asyncio.sleep(0.05)
    answers = [await echo(database, str(number)) for number in range(20)]
    assert answers == [f'["{number}"]'.encode() for number in range(20)]
    with pytest.raises(StatementTimeoutError):
        await slow


async def test_what_follows_in_the_same_operation_is_stopped_alike(database: Database) -> None:
    async with database.snapshot() as reader:
        results = await asyncio.gather(
            reader.read(SLOW[database.dialect], [], alone=False),
            reader.read(ECHO[database.dialect], ["next"], alone=False),
            return_exceptions=True,
        )
    assert [type(result) for result in results] == [StatementTimeoutError] * 2


async def test_nothing_keeps_running_in_the_server(url: str, database: Database) -> None:
    with pytest.raises(StatementTimeoutError):
        await read_slowly(database, alone=False)
    if database.dialect is Dialect.POSTGRESQL:
        other = await asyncpg.connect(url)
        running = await other.fetch(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state = 'active'"
        )
        await other.close()
        assert [row["query"] for row in running if "pg_sleep" in row["query"]] == []
    else:
        # The thread that ran the statement is free: its connection takes the next one at once.
        for number in range(4):
            assert await asyncio.wait_for(echo(database, str(number)), FOR_EVER / 2)
