"""PostgreSQL: connections of asyncpg, set up to read short statements that answer JSON."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, Self

import asyncpg  # type: ignore[import-untyped]

from hub.database.address import Address
from hub.database.asked import AskedConnection
from hub.database.engine import DEFAULT_TIMEOUT, PoolUsage
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseUnreachableError,
    InvalidParameterError,
    StatementTimeoutError,
)
from hub.database.places import Places
from hub.database.snapshot import Connection
from schema.compiler.reading import Dialect, Value
from schema.derived.kept_sets import KEEP
from schema.policy import Identity, Scope

_STATEMENTS = 128
_LONGEST_KEPT = 64 * 1024  # bytes; a longer statement is prepared each time
CONNECT_SECONDS: Final = 10
CLOSE_SECONDS: Final = 5
_LONGEST_IDLE: Final = 300.0  # seconds; firewalls forget a connection without a word

# A statement is prepared once and its parameters are page sizes and keys, which no plan should hang on: a custom plan
# is made anew for each read and, knowing the limit, hashes whole tables. Seven schools, a pupil each with 45 grades and
# subjects: 7.8 ms with custom plans, 3.1 ms with the generic one; answers of megabytes are alike. jit made nothing
# faster, and costs tens of milliseconds when it strikes a statement that takes one.
_SESSION: Final = {
    "application_name": "hub",
    "default_transaction_read_only": "on",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
}
AWAY: Final = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, TimeoutError)
"""What the driver raises when the server is away."""


@dataclass(frozen=True, eq=False)
class PostgresConnection:
    """One reading connection."""

    raw: Any  # an AskedConnection; asyncpg has no types
    where: str
    timeout: float

    @classmethod
    async def open(cls, address: Address, statement_timeout: float) -> Self:
        """Connect; the server stops what runs past `statement_timeout` seconds. Raises DatabaseError."""
        try:
            raw = await asyncpg.connect(
                address.target,
                connection_class=AskedConnection,
                timeout=CONNECT_SECONDS,
                statement_cache_size=_STATEMENTS,
                max_cached_statement_lifetime=0,
                max_cacheable_statement_size=_LONGEST_KEPT,
                # Told once, as the connection is made: no request pays for it.
                server_settings={**_SESSION, "statement_timeout": str(ceil(statement_timeout * 1000))},
            )
            try:
                await raw.set_type_codec("json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary")
            except BaseException:
                raw.terminate()
                raise
        except asyncpg.InvalidCatalogNameError as error:
            raise DatabaseMissingError(address.shown) from error
        except (*AWAY, asyncpg.PostgresError) as error:
            raise DatabaseUnreachableError(address.shown, str(error) or type(error).__name__) from error
        return cls(raw, address.shown, statement_timeout)

    async def begin(self) -> None:
        """Open the transaction; its first read takes the snapshot."""
        await self._fetch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())

    async def read(self, sql: str, parameters: Sequence[Value], scope: Scope | None = None) -> bytes | None:
        """Read the first column of the first row, the raw bytes of a `json`."""
        if scope is not None and scope.teacher is not None and (names := self.raw.wanted(sql, scope.teacher)):
            await self._fetch(KEEP, (scope.teacher, names))
            self.raw.has_kept(names, scope.teacher)
        # fetch, not fetchval: a limit of one row in the protocol keeps PostgreSQL from starting parallel workers.
        rows = await self._fetch(sql, parameters)
        answer: bytes | None = rows[0][0] if rows else None
        return answer

    async def explain(self, sql: str, parameters: Sequence[Value]) -> str:
        """Give EXPLAIN's text."""
        return "\n".join(str(row[0]) for row in await self._fetch(f"EXPLAIN {sql}", parameters))

    async def rows(self, sql: str, parameters: Sequence[Value]) -> list[tuple[Any, ...]]:
        """Read rows; the parameters are `$1`, `$2` ... ."""
        return [tuple(row) for row in await self._fetch(sql, parameters)]

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Read rows by the names of their columns."""
        return [dict(row) for row in await self._fetch(sql, parameters)]

    async def _fetch(self, sql: str, parameters: Sequence[object]) -> list[asyncpg.Record]:
        try:
            rows: list[asyncpg.Record] = await self.raw.fetch(sql, *parameters)
        except asyncpg.DataError as error:
            raise InvalidParameterError(f"A value does not fit its column: {error}.") from error
        except asyncpg.QueryCanceledError as error:
            raise StatementTimeoutError(self.timeout) from error
        except AWAY as error:
            # The driver says as much of a wrong call, on a connection that is well.
            if isinstance(error, asyncpg.InterfaceError) and not self.raw.is_closed():
                raise
            raise DatabaseUnreachableError(self.where, str(error)) from error
        return rows

    async def settle(self) -> bool:
        """End whatever runs, and the transaction; False, and closed, when that cannot be."""
        try:
            if not self.raw.is_closed():
                await self.raw.execute("ROLLBACK", timeout=CLOSE_SECONDS)
        except (*AWAY, asyncpg.PostgresError):
            self.raw.terminate()
        self.raw.forget()
        return not self.raw.is_closed()

    async def close(self) -> None:
        """Close it, at once when the server does not answer in time."""
        try:
            await self.raw.close(timeout=CLOSE_SECONDS)
        except (*AWAY, asyncpg.PostgresError):
            self.raw.terminate()


def _is_sound(connection: PostgresConnection, idle: float) -> bool:
    return not connection.raw.is_closed() and idle < _LONGEST_IDLE


class PostgresEngine:
    """A pool of reading connections to one server."""

    dialect: Final = Dialect.POSTGRESQL

    def __init__(self, address: Address, first: PostgresConnection, size: int) -> None:
        """Use `open`."""
        self._where = address.shown
        self._places = Places(size, lambda: PostgresConnection.open(address, first.timeout), first, _is_sound)

    @classmethod
    async def open(cls, address: Address, size: int, statement_timeout: float = DEFAULT_TIMEOUT) -> Self:
        """Open the first of at most `size` connections; the server stops what runs past `statement_timeout` seconds.

        Raises DatabaseError.
        """
        return cls(address, await PostgresConnection.open(address, statement_timeout), size)

    @property
    def usage(self) -> PoolUsage:
        """How many connections there may be and how many are out."""
        return self._places.usage

    async def acquire(self, identity: Identity | None = None) -> PostgresConnection:
        """Wait for a free connection, which then reads what row-level security lets `identity` read."""
        connection = await self._places.take()
        try:
            await connection.raw.read_for(identity)
        except BaseException as error:
            # Whose settings it has now is not known, so nobody reads by it.
            connection.raw.terminate()
            self.release(connection, idle=False)
            if isinstance(error, (*AWAY, asyncpg.PostgresError)):
                raise DatabaseUnreachableError(self._where, str(error) or type(error).__name__) from error
            raise
        return connection

    def release(self, connection: Connection, *, idle: bool) -> None:
        """Give a connection back; one that is not idle is cancelled and rolled back first, in the background."""
        assert isinstance(connection, PostgresConnection)  # noqa: S101 -- only acquire() hands them out
        self._places.release(connection, idle=idle)

    async def revision(self) -> str | None:
        """Give the Alembic revision; None when no migration has run."""
        connection = await self.acquire()
        idle = False
        try:
            rows = await connection.raw.fetch("SELECT version_num FROM alembic_version")
            idle = True
        except asyncpg.UndefinedTableError:
            return None
        except AWAY as error:
            raise DatabaseUnreachableError(self._where, str(error)) from error
        finally:
            self.release(connection, idle=idle)
        return next((str(row[0]) for row in rows), None)

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back, unless they do not in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._places.close()
