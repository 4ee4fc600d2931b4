"""Piccolo's engine of the console: it has no connection of its own, and runs its SQL through the one of the request.

Whoever answers a request lends it one by :func:`lent`: a snapshot that only reads, or a transaction that writes. So
what Piccolo does is inside the hub's pool, its one writer and its time limits, and all it does for a request is one
transaction. Its SQL is compiled with parameters `$1`, `$2` ..., which both engines read.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol

from piccolo.engine.base import BaseAtomic, BaseBatch, BaseTransaction, Engine
from piccolo.query.base import Query
from piccolo.querystring import QueryString

from admin.binding import bound
from schema.compiler.reading import Dialect

_TYPES: Final = {Dialect.SQLITE: "sqlite", Dialect.POSTGRESQL: "postgres"}
"""What Piccolo calls the engines."""
_PARTS: Final = 100
"""Piccolo takes a version for a decimal fraction: 3.40 is newer than 3.35, and 3.9 would be too."""


class Connection(Protocol):
    """What the console needs of a connection."""

    async def records(self, sql: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Run a statement whose parameters are `$1`, `$2` ...; its rows by the names of their columns."""


class NoConnectionError(RuntimeError):
    """Piccolo was used outside a request, or without a connection lent to it."""


_current: ContextVar[Connection | None] = ContextVar("admin_connection", default=None)


@contextmanager
def lent(connection: Connection) -> Iterator[None]:
    """Have Piccolo use a connection until the block is left."""
    token = _current.set(connection)
    try:
        yield
    finally:
        _current.reset(token)


class ConsoleEngine(Engine[BaseTransaction]):
    """Runs what Piccolo asks by the connection that is lent."""

    def __init__(self, dialect: Dialect) -> None:
        """`dialect` is the engine that the connections are of."""
        self._dialect = dialect
        self.current_transaction: ContextVar[BaseTransaction | None] = ContextVar("admin_transaction", default=None)
        super().__init__(engine_type=_TYPES[dialect], min_version_number=0)

    async def get_version(self) -> float:
        """Give the version; of SQLite alone does Piccolo decide by it."""
        return self.get_version_sync()

    def get_version_sync(self) -> float:
        """Give the version."""
        major, minor, *_ = sqlite3.sqlite_version_info
        return major + minor / _PARTS

    async def prep_database(self) -> None:
        """Do nothing: the migrations make the database."""

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[dict[str, Any]]:  # noqa: ARG002, FBT001, FBT002 - Piccolo's
        """Run one statement."""
        connection = _current.get()
        if connection is None:
            raise NoConnectionError("Piccolo is asked outside a request: lend it a connection by admin.engine.lent.")
        sql, arguments = querystring.compile_string("postgres")
        return await connection.records(sql, [bound(value, self._dialect) for value in arguments])

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> None:  # noqa: FBT001, FBT002 - Piccolo's
        """Refuse: tables are the migrations' alone."""
        raise NotImplementedError

    async def batch(self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None) -> BaseBatch:
        """Refuse: the console reads pages."""
        raise NotImplementedError

    def transaction(self, *_: object, **__: object) -> BaseTransaction:
        """Refuse: a request is one transaction already."""
        raise NotImplementedError

    def atomic(self) -> BaseAtomic:
        """Refuse, as above."""
        raise NotImplementedError
