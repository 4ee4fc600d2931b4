"""SQLite: a pool of connections that only read, every PRAGMA set and asserted on each."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias

import aiosqlite

from hub.database.address import Address
from hub.database.engine import DEFAULT_TIMEOUT, PoolUsage
from hub.database.errors import (
    PragmaError,
    StatementTimeoutError,
    TooDeepError,
)
from hub.database.file import refusal_of, require_file
from hub.database.places import Places
from hub.database.snapshot import Connection
from hub.database.sqlite_sets import TeacherSets
from schema.compiler.reading import Dialect, Value
from schema.policy import Identity, Scope

_STATEMENTS = 128
_INTERRUPT_EVERY = 0.02  # seconds

# 8 MiB a connection. 16 was no faster; nor was a memory map of any size, and a map counts as resident once for each
# connection: after a mix of queries over a 450 MB file, 290 MB without a map, 473 MB with one of 128 MB.
_CACHE_KIB = 8_192

Pragmas: TypeAlias = tuple[tuple[str, int | str, int | str], ...]
"""Each one's name, what it is told, and what it then answers; in order."""

WRITING_PRAGMAS: Final[Pragmas] = (
    ("busy_timeout", 5_000, 5_000),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("cache_size", -_CACHE_KIB, -_CACHE_KIB),
    ("mmap_size", 0, 0),
)
# query_only last, for it forbids switching to WAL.
_PRAGMAS: Final[Pragmas] = (*WRITING_PRAGMAS, ("query_only", "ON", 1))


@dataclass(frozen=True, eq=False)
class SqliteConnection:
    """One reading connection; its statements run in a thread of its own."""

    raw: aiosqlite.Connection
    timeout: float
    sets: TeacherSets

    @classmethod
    async def open(
        cls, address: Address, statement_timeout: float = DEFAULT_TIMEOUT, pragmas: Pragmas = _PRAGMAS
    ) -> Self:
        """Open the file, which must exist; a statement is stopped after so many seconds. Raises DatabaseError."""
        # mode=rw, not ro: a read-only handle cannot make the -shm file that reading a WAL needs.
        uri = f"{address.path.absolute().as_uri()}?mode=rw"
        await asyncio.to_thread(require_file, address)
        try:
            raw = await aiosqlite.connect(uri, uri=True, isolation_level=None, cached_statements=_STATEMENTS)
        except sqlite3.Error as error:
            raise refusal_of(address, error) from error
        try:
            for pragma in pragmas:
                await _set(raw, *pragma, where=address.shown)
        except sqlite3.Error as error:
            await raw.close()
            raise refusal_of(address, error) from error
        except BaseException:
            await raw.close()
            raise
        return cls(raw, statement_timeout, TeacherSets(raw._conn))  # noqa: SLF001 -- used in the connection's thread alone

    async def begin(self) -> None:
        """Open a deferred transaction: the snapshot is taken by its first read."""
        await self.raw.execute_fetchall("BEGIN")

    async def read(self, sql: str, parameters: Sequence[Value], scope: Scope | None = None) -> bytes | None:
        """Read the first column of the first row; it arrives as a BLOB."""
        teacher = None if scope is None else scope.teacher
        return next((row[0] for row in await self._fetch(sql, parameters, teacher)), None)

    async def rows(self, sql: str, parameters: Sequence[Value]) -> list[tuple[Any, ...]]:
        """Read rows; the parameters are `$1`, `$2` ... ."""
        named = {str(place): value for place, value in enumerate(parameters, 1)}
        return [tuple(row) for row in await self._fetch(sql, named)]

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Read rows by the names of their columns."""
        named: dict[str, Any] = {str(place): value for place, value in enumerate(parameters, 1)}
        deadline = Deadline(self.raw, self.timeout)
        try:
            return await self.raw._execute(_named_rows, self.raw._conn, sql, named)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001
        except sqlite3.OperationalError as error:
            if deadline.passed:
                raise StatementTimeoutError(self.timeout) from error
            raise
        finally:
            deadline.lift()

    async def _fetch(
        self, sql: str, parameters: Sequence[Value] | dict[str, Value], teacher: int | None = None
    ) -> list[sqlite3.Row]:
        deadline = Deadline(self.raw, self.timeout)
        try:
            # In one go: each turn of the connection's thread costs as much as a small statement.
            return await self.raw._execute(self.sets.read, sql, parameters, teacher)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001
        except sqlite3.OperationalError as error:
            if deadline.passed:
                raise StatementTimeoutError(self.timeout) from error
            if "parser stack overflow" in str(error) or "Expression tree is too large" in str(error):
                raise TooDeepError("The query is nested too deeply for SQLite; ask for less at once.") from error
            raise
        finally:
            deadline.lift()

    async def explain(self, sql: str, parameters: Sequence[Value]) -> str:
        """Give EXPLAIN QUERY PLAN as an indented tree."""
        depth = {0: -1}
        lines: list[str] = []
        for key, parent, _, detail in await self.raw.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}", parameters):
            depth[key] = depth.get(parent, -1) + 1
            lines.append("  " * depth[key] + detail)
        return "\n".join(lines)

    async def settle(self) -> bool:
        """End whatever runs, and the transaction; False, and closed, when the connection is past saving."""
        # The worker thread takes jobs in order, so the rollback is done when the statement before it is. A statement
        # not yet begun when it is interrupted would run on: hence again and again.
        rollback = asyncio.ensure_future(self.raw.rollback())
        while not rollback.done():
            await self.raw.interrupt()
            await asyncio.wait({rollback}, timeout=_INTERRUPT_EVERY)
        try:
            rollback.result()
        except sqlite3.Error:
            await self.close()
            return False
        self.sets.forget()
        return True

    async def close(self) -> None:
        """Close it."""
        await self.raw.close()


class Deadline:
    """Interrupts what a connection runs once its time is over; `passed` tells that it did.

    A timer, not SQLite's progress handler: that calls Python from the statement's thread again and again, and waits for
    the interpreter each time.
    """

    def __init__(self, raw: aiosqlite.Connection, seconds: float) -> None:
        self.passed = False
        self._raw = raw
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(seconds, self._interrupt)

    def lift(self) -> None:
        """End it: what ran is done."""
        self._timer.cancel()

    def _interrupt(self) -> None:
        self.passed = True
        self._raw._conn.interrupt()  # noqa: SLF001 -- what aiosqlite's interrupt() does; but that is a coroutine
        # A statement not yet begun when it is interrupted would run on: hence again and again.
        self._timer = self._loop.call_later(_INTERRUPT_EVERY, self._interrupt)


def _named_rows(raw: sqlite3.Connection, sql: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Run a statement in the connection's own thread."""
    cursor = raw.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor]


async def _set(raw: aiosqlite.Connection, name: str, told: int | str, wanted: int | str, *, where: str) -> None:
    await raw.execute_fetchall(f"PRAGMA {name} = {told}")
    got = next(iter(await raw.execute_fetchall(f"PRAGMA {name}")))[0]
    if got != wanted:
        raise PragmaError(where, name, wanted, got)


class SqliteEngine:
    """A pool of reading connections to one file."""

    dialect: Final = Dialect.SQLITE

    def __init__(self, address: Address, first: SqliteConnection, size: int) -> None:
        """Use `open`."""
        self._address = address
        self._places = Places(size, lambda: SqliteConnection.open(address, first.timeout), first)

    @classmethod
    async def open(cls, address: Address, size: int, statement_timeout: float = DEFAULT_TIMEOUT) -> Self:
        """Open the first of at most `size` connections, which stop what runs past `statement_timeout` seconds.

        Raises DatabaseError.
        """
        return cls(address, await SqliteConnection.open(address, statement_timeout), size)

    @property
    def usage(self) -> PoolUsage:
        """How many connections there may be and how many are out."""
        return self._places.usage

    async def acquire(self, identity: Identity | None = None) -> SqliteConnection:  # noqa: ARG002 - SQLite has no rows of its own to hide
        """Wait for a free connection; the first to use a place connects it."""
        return await self._places.take()

    def release(self, connection: Connection, *, idle: bool) -> None:
        """Give a connection back; one that is not idle is settled first, in the background."""
        assert isinstance(connection, SqliteConnection)  # noqa: S101 -- only acquire() hands them out
        self._places.release(connection, idle=idle)

    async def revision(self) -> str | None:
        """Give the Alembic revision; None when no migration has run."""
        connection = await self.acquire()
        idle = False
        try:
            tables = await connection.raw.execute_fetchall(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
            )
            rows = await connection.raw.execute_fetchall("SELECT version_num FROM alembic_version") if tables else ()
            idle = True
        except sqlite3.Error as error:
            raise refusal_of(self._address, error) from error
        finally:
            self.release(connection, idle=idle)
        return next((str(row[0]) for row in rows), None)

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back."""
        await self._places.close()
