"""One operation's view of the database: a connection taken at the first read, one snapshot for all reads."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from hub.database.errors import InvalidParameterError
from hub.errors import OutOfTimeError
from schema.compiler.reading import Dialect, Value
from schema.policy import Identity, Scope

_BIGGEST = 2**63


class Connection(Protocol):
    """A connection that only reads."""

    async def begin(self) -> None:
        """Open the transaction whose reads share one snapshot."""

    async def read(self, sql: str, parameters: Sequence[Value], scope: Scope | None = None) -> bytes | None:
        """Give the first column of the first row, UTF-8 JSON; None for NULL or no row."""

    async def rows(self, sql: str, parameters: Sequence[Value]) -> list[tuple[Any, ...]]:
        """Read rows as the driver gives them, by SQL whose parameters are `$1`, `$2` ... on both engines."""

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Read rows as :meth:`rows` does, each by the names of its columns."""

    async def explain(self, sql: str, parameters: Sequence[Value]) -> str:
        """Give the engine's plan of the statement as indented text."""


class Source(Protocol):
    """Where connections come from and go back to."""

    @property
    def dialect(self) -> Dialect:
        """The engine."""

    async def acquire(self, identity: Identity | None = None) -> Connection:
        """Wait for a free connection, which reads for `identity` and nobody else; None: nobody at all."""

    def release(self, connection: Connection, *, idle: bool) -> None:
        """Give a connection back, at once; unless `idle`, what it still does is ended first, behind the scene."""


@dataclass(frozen=True)
class Statement:
    """A statement that was read, with its parameters."""

    sql: str
    parameters: tuple[Value, ...]


class SnapshotLeftError(Exception):
    """Something is read by a snapshot that was left: its operation is over, whatever still runs of it."""


class Snapshot:
    """The Reader of one operation; an async context manager.

    Reads of one snapshot never overlap: a connection does one thing at a time. Leaving it by an error or by
    cancellation gives the connection back as soundly as leaving it at peace.
    """

    def __init__(self, source: Source, *, identity: Identity | None = None, record: bool = False) -> None:
        """For `identity` is read; with `record`, `statements` keeps what was, for whoever explains it."""
        self.dialect = source.dialect
        self.statements: list[Statement] = []
        self._source = source
        self._identity = identity
        self._record = record
        self._lock = asyncio.Lock()
        self._connection: Connection | None = None
        self._idle = True
        self._is_left = False
        self._stopped: OutOfTimeError | None = None

    async def __aenter__(self) -> Self:
        """Enter; no connection is taken yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the connection back, if one was taken; nothing is read any more."""
        self._is_left = True
        connection, self._connection = self._connection, None
        if connection is not None:
            self._source.release(connection, idle=self._idle)

    async def read(
        self, sql: str, parameters: Sequence[Value], *, alone: bool, scope: Scope | None = None
    ) -> bytes | None:
        """Read one JSON value; see `schema.compiler.reading.Reader`."""
        _refuse_unstorable(parameters)
        if self._record:
            self.statements.append(Statement(sql, tuple(parameters)))
        if alone:
            return await self._read(sql, parameters, scope, in_transaction=False)
        async with self._lock:
            return await self._read(sql, parameters, scope, in_transaction=True)

    async def _read(
        self, sql: str, parameters: Sequence[Value], scope: Scope | None, *, in_transaction: bool
    ) -> bytes | None:
        connection = self._connection
        if connection is None:
            connection = await self._connect()
            if in_transaction:
                self._idle = False
                await connection.begin()
        if self._stopped is not None:
            # PostgreSQL's transaction is over, and SQLite is not asked for what PostgreSQL refuses.
            raise self._stopped
        was_idle, self._idle = self._idle, False
        try:
            answer = await connection.read(sql, parameters, scope)
        except OutOfTimeError as error:
            self._stopped = error
            raise
        # Not in a finally: after an error or a cancellation the connection is not known to be idle.
        self._idle = was_idle
        return answer

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Read rows by the names of their columns; the SQL's parameters are `$1`, `$2` ... on both engines."""
        _refuse_unstorable(parameters)
        async with self._lock:
            connection = self._connection
            if connection is None:
                connection = await self._connect()
                self._idle = False
                await connection.begin()
            self._idle = False
            return await connection.records(sql, parameters)

    async def explain(self, statement: Statement) -> str:
        """Give the engine's plan of a statement that was read."""
        async with self._lock:
            connection = self._connection or await self._connect()
            was_idle, self._idle = self._idle, False
            plan = await connection.explain(statement.sql, statement.parameters)
            self._idle = was_idle
            return plan

    async def _connect(self) -> Connection:
        """Take a connection; SnapshotLeftError where nobody would give it back."""
        if self._is_left:
            raise SnapshotLeftError
        connection = await self._source.acquire(self._identity)
        if self._is_left:
            self._source.release(connection, idle=True)
            raise SnapshotLeftError
        self._connection = connection
        return connection


def _refuse_unstorable(parameters: Sequence[object]) -> None:
    # The engines disagree: SQLite stores a NUL character and PostgreSQL fails on it. So neither is asked.
    for value in parameters:
        if isinstance(value, str):
            if "\x00" in value:
                raise InvalidParameterError("A text may not contain the NUL character (U+0000); leave it out.")
            if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
                raise InvalidParameterError("A text may not contain half a surrogate pair; send whole characters.")
        elif isinstance(value, int) and not -_BIGGEST <= value < _BIGGEST:
            raise InvalidParameterError(f"The number {value} does not fit 64 bits.")
