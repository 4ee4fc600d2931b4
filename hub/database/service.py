"""The database of one process: opened at the start, checked against the migrations, closed at the end."""

from contextlib import suppress
from typing import Self

from hub import migration
from hub.database.address import Address
from hub.database.engine import DEFAULT_TIMEOUT, Engine, PoolUsage
from hub.database.errors import DatabaseError, DatabaseNewerError, DatabaseOlderError
from hub.database.postgresql import PostgresEngine
from hub.database.snapshot import Snapshot
from hub.database.sqlite import SqliteEngine
from schema.compiler.reading import Dialect


class Database:
    """Reads, one snapshot an operation, from whichever engine the address names."""

    def __init__(self, address: Address, engine: Engine) -> None:
        """Use `open`."""
        self.address = address
        self._engine = engine

    @classmethod
    async def open(cls, address: Address, *, readers: int, statement_timeout: float = DEFAULT_TIMEOUT) -> Self:
        """Open a pool of at most `readers` connections, whose statements are stopped after so many seconds.

        Raises DatabaseError, which names the command to run.
        """
        opener = SqliteEngine if address.dialect is Dialect.SQLITE else PostgresEngine
        return cls(address, await opener.open(address, readers, statement_timeout))

    @property
    def dialect(self) -> Dialect:
        """The engine."""
        return self._engine.dialect

    @property
    def usage(self) -> PoolUsage:
        """How many connections there are and how many are out."""
        return self._engine.usage

    def snapshot(self, *, record: bool = False) -> Snapshot:
        """Give the Reader of one operation, to be used as an async context manager."""
        return Snapshot(self._engine, record=record)

    async def check(self) -> str:
        """Give the revision when it is the one this hub needs. Raises DatabaseError else."""
        found = await self._engine.revision()
        expected = migration.expected_revision()
        if found is not None and found == expected:
            return found
        if found is not None and not migration.is_known(found):
            raise DatabaseNewerError(self.address.shown, found, expected)
        raise DatabaseOlderError(self.address.shown, found, expected)

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back."""
        with suppress(DatabaseError):
            await self._engine.close()
