"""The database of one process: opened at the start, checked against the migrations, closed at the end."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

from hub import migration
from hub.database.address import Address
from hub.database.asked import TELL_ONCE
from hub.database.engine import DEFAULT_TIMEOUT, Engine, PoolUsage
from hub.database.errors import DatabaseError, DatabaseNewerError, DatabaseOlderError
from hub.database.postgresql import PostgresEngine
from hub.database.postgresql_writer import PostgresWriter
from hub.database.service_role import UNDER_NO_POLICY, ServiceRoleTooMightyError
from hub.database.snapshot import Snapshot
from hub.database.sqlite import SqliteEngine
from hub.database.sqlite_writer import SqliteWriter
from hub.database.writing import Acting, Writer, WritingConnection
from schema.compiler.reading import Dialect, Value
from schema.derived.row_security import settings_of
from schema.policy import Identity


class Database:
    """Reads, one snapshot an operation, and writes, one transaction a block, on whichever engine the address names."""

    def __init__(self, address: Address, engine: Engine, writer: Writer) -> None:
        """Use `open`."""
        self.address = address
        self._engine = engine
        self._writer = writer

    @classmethod
    async def open(cls, address: Address, *, readers: int, statement_timeout: float = DEFAULT_TIMEOUT) -> Self:
        """Open a pool of at most `readers` connections, whose statements are stopped after so many seconds.

        Raises DatabaseError, which names the command to run.
        """
        if address.dialect is Dialect.SQLITE:
            engine: Engine = await SqliteEngine.open(address, readers, statement_timeout)
            return cls(address, engine, SqliteWriter(address, statement_timeout))
        engine = await PostgresEngine.open(address, readers, statement_timeout)
        return cls(address, engine, PostgresWriter(address, statement_timeout))

    @property
    def dialect(self) -> Dialect:
        """The engine."""
        return self._engine.dialect

    @property
    def usage(self) -> PoolUsage:
        """How many connections there may be and how many are out."""
        return self._engine.usage

    def snapshot(self, *, identity: Identity | None = None, record: bool = False) -> Snapshot:
        """Give the Reader of one operation, to be used as an async context manager.

        PostgreSQL's row-level security gives the rows that `identity` may read; without one it gives none.
        """
        return Snapshot(self._engine, identity=identity, record=record)

    async def rows(
        self, sql: str, parameters: Sequence[Value] = (), *, identity: Identity | None = None
    ) -> list[tuple[Any, ...]]:
        """Read rows as the driver gives them, by SQL whose parameters are `$1`, `$2` ... on both engines.

        PostgreSQL's row-level security gives the rows of the graph's tables that `identity` may read.
        """
        connection = await self._engine.acquire(identity)
        idle = False
        try:
            rows = await connection.rows(sql, parameters)
            idle = True
        finally:
            self._engine.release(connection, idle=idle)
        return rows

    @asynccontextmanager
    async def writing(
        self, acting: Acting | None = None, *, identity: Identity | None = None
    ) -> AsyncIterator[WritingConnection]:
        """Give a transaction that writes: `async with database.writing(acting) as connection`.

        It is committed at the end of the block, and rolled back when an error or a cancellation leaves it. In the
        history `acting` made what it changes; who writes what is not recorded, such as the log of reads, names nobody.
        On PostgreSQL it reads of the graph's tables what `identity` may read; without one, nothing.
        """
        async with self._writer.transaction(acting) as connection:
            if identity is not None and self.dialect is Dialect.POSTGRESQL:
                await connection.rows(TELL_ONCE, settings_of(identity))
            yield connection

    async def check(self) -> str:
        """Give the revision when it is the one this hub needs. Raises DatabaseError else."""
        found = await self._engine.revision()
        expected = migration.expected_revision()
        if found is not None and found == expected:
            return found
        if found is not None and not migration.is_known(found):
            raise DatabaseNewerError(self.address.shown, found, expected)
        raise DatabaseOlderError(self.address.shown, found, expected)

    async def require_row_security(self) -> None:
        """Raise ServiceRoleTooMightyError when row-level security does not hold this connection's role.

        SQLite has none, and no roles.
        """
        if self.dialect is Dialect.POSTGRESQL and await self.rows(UNDER_NO_POLICY) == [(True,)]:
            raise ServiceRoleTooMightyError(self.address.shown)

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back."""
        with suppress(DatabaseError):
            await self._writer.close()
        with suppress(DatabaseError):
            await self._engine.close()
