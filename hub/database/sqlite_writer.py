"""SQLite: the one connection of a process that writes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from hub.database.address import Address
from hub.database.errors import DatabaseBusyError, IntegrityError, StatementTimeoutError
from hub.database.file import refusal_of
from hub.database.sqlite import WRITING_PRAGMAS, Deadline, SqliteConnection
from hub.database.writing import Acting, WriteValue, WritingConnection

_PRIMARY: Final = 0xFF
_TURN_TAKEN: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

# The row is gone before the commit, so no other connection ever sees it or writes under its name.
_ACT: Final = (
    "INSERT INTO acting_identity (id, actor_key, actor_name, face) VALUES (1, $1, $2, $3) ON CONFLICT (id) DO UPDATE"
    " SET actor_key = excluded.actor_key, actor_name = excluded.actor_name, face = excluded.face"
)
_ACT_NO_MORE: Final = "DELETE FROM acting_identity"


@dataclass(frozen=True, eq=False)
class SqliteWritingConnection:
    """The connection inside a transaction."""

    connection: SqliteConnection

    async def execute(self, sql: str, parameters: Sequence[WriteValue] = ()) -> int:
        """Run a statement; how many rows it wrote."""
        before = self.connection.raw.total_changes
        await self.rows(sql, parameters)
        return self.connection.raw.total_changes - before

    async def rows(self, sql: str, parameters: Sequence[WriteValue] = ()) -> list[tuple[Any, ...]]:
        """Run a statement; its rows."""
        given = {str(place): _bound(value) for place, value in enumerate(parameters, 1)}
        with self._refusals():
            return [tuple(row) for row in await self.connection.raw.execute_fetchall(sql, given)]

    async def records(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run a statement; its rows by the names of their columns."""
        with self._refusals():
            return await self.connection.records(sql, [_bound(value) for value in parameters])

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        deadline = Deadline(self.connection.raw, self.connection.timeout)
        try:
            yield
        except sqlite3.IntegrityError as error:
            raise IntegrityError(str(error)) from error
        except sqlite3.OperationalError as error:
            if deadline.passed:
                raise StatementTimeoutError(self.connection.timeout) from error
            raise
        finally:
            deadline.lift()


class SqliteWriter:
    """Writes to one file; who comes while another writes waits its turn."""

    def __init__(self, address: Address, statement_timeout: float) -> None:
        """Nothing is opened before the first transaction."""
        self._address = address
        self._timeout = statement_timeout
        self._turn = asyncio.Lock()
        self._connection: SqliteConnection | None = None

    @asynccontextmanager
    async def transaction(self, acting: Acting | None = None) -> AsyncIterator[WritingConnection]:
        """Begin a transaction."""
        async with self._turn:
            if self._connection is None:
                self._connection = await SqliteConnection.open(self._address, self._timeout, WRITING_PRAGMAS)
            connection = self._connection
            try:
                # Not deferred: one that reads first and is then refused the turn to write could not be tried again.
                await self._run(connection, "BEGIN IMMEDIATE")
                writing = SqliteWritingConnection(connection)
                if acting is not None:
                    await writing.rows(_ACT, (acting.key, acting.name, acting.face.value))
                yield writing
                if acting is not None:
                    await writing.rows(_ACT_NO_MORE)
                await self._run(connection, "COMMIT")
            except BaseException:
                # The connection's thread takes jobs in order, so whatever still runs is done before this is.
                await asyncio.shield(asyncio.ensure_future(connection.raw.rollback()))
                raise

    async def close(self) -> None:
        """Wait for the transaction that runs, and close the connection."""
        async with self._turn:
            if self._connection is not None:
                await self._connection.raw.close()
                self._connection = None

    async def _run(self, connection: SqliteConnection, sql: str) -> None:
        try:
            await connection.raw.execute_fetchall(sql)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY in _TURN_TAKEN:
                raise DatabaseBusyError(self._address.shown) from error
            raise refusal_of(self._address, error) from error


def _bound(value: object) -> Any:  # noqa: ANN401 - whatever the driver takes
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
