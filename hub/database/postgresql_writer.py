"""PostgreSQL: a small pool of connections that write."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]

from hub.database.address import Address
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseUnreachableError,
    IntegrityError,
    InvalidParameterError,
    StatementTimeoutError,
)
from hub.database.postgresql import AWAY, CLOSE_SECONDS, CONNECT_SECONDS
from hub.database.writing import Acting, WriteValue, WritingConnection
from schema.derived.recording import SETTINGS

_CONNECTIONS: Final = 2
_SESSION: Final = {"application_name": "hub writer", "timezone": "UTC"}
_ACT: Final = "SELECT " + ", ".join(f"set_config('{name}', ${place}, true)" for place, name in enumerate(SETTINGS, 1))
"""Tells who writes, until the transaction ends."""


@dataclass(frozen=True, eq=False)
class PostgresWritingConnection:
    """A connection inside a transaction."""

    raw: Any  # asyncpg's PoolConnectionProxy; it has no types
    where: str
    timeout: float

    async def execute(self, sql: str, parameters: Sequence[WriteValue] = ()) -> int:
        """Run a statement; how many rows it wrote."""
        with self._refusals():
            status: str = await self.raw.execute(sql, *parameters)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdecimal() else 0

    async def rows(self, sql: str, parameters: Sequence[WriteValue] = ()) -> list[tuple[Any, ...]]:
        """Run a statement; its rows."""
        with self._refusals():
            return [tuple(row) for row in await self.raw.fetch(sql, *parameters)]

    async def records(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run a statement; its rows by the names of their columns."""
        with self._refusals():
            return [dict(row) for row in await self.raw.fetch(sql, *parameters)]

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except asyncpg.DataError as error:
            raise InvalidParameterError(f"A value does not fit its column: {error}.") from error
        except asyncpg.IntegrityConstraintViolationError as error:
            # Its detail would repeat the row.
            raise IntegrityError(str(error).partition("\n")[0]) from error
        except asyncpg.QueryCanceledError as error:
            raise StatementTimeoutError(self.timeout) from error
        except AWAY as error:
            # The driver says as much of a wrong call, on a connection that is well.
            if isinstance(error, asyncpg.InterfaceError) and not self.raw.is_closed():
                raise
            raise DatabaseUnreachableError(self.where, str(error)) from error


class PostgresWriter:
    """Writes to one server."""

    def __init__(self, address: Address, statement_timeout: float) -> None:
        """Nothing is connected before the first transaction."""
        self._address = address
        self._timeout = statement_timeout
        self._opening = asyncio.Lock()
        self._pool: asyncpg.Pool | None = None

    @asynccontextmanager
    async def transaction(self, acting: Acting | None = None) -> AsyncIterator[WritingConnection]:
        """Begin a transaction."""
        try:
            pool = await self._opened()
            raw = await pool.acquire(timeout=CONNECT_SECONDS)
        except asyncpg.InvalidCatalogNameError as error:
            raise DatabaseMissingError(self._address.shown) from error
        except (*AWAY, asyncpg.PostgresError) as error:
            raise DatabaseUnreachableError(self._address.shown, str(error) or type(error).__name__) from error
        try:
            async with raw.transaction():
                writing = PostgresWritingConnection(raw, self._address.shown, self._timeout)
                if acting is not None:
                    await writing.rows(_ACT, (acting.key, acting.name, acting.face.value))
                yield writing
        except asyncpg.PostgresConnectionError as error:
            raise DatabaseUnreachableError(self._address.shown, str(error)) from error
        finally:
            await pool.release(raw)

    async def close(self) -> None:
        """Wait for the transactions that run, and close every connection."""
        if self._pool is None:
            return
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()

    async def _opened(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._address.target,
                    min_size=0,
                    max_size=_CONNECTIONS,
                    timeout=CONNECT_SECONDS,
                    server_settings={**_SESSION, "statement_timeout": str(ceil(self._timeout * 1000))},
                )
            return self._pool
