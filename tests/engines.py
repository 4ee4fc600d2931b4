"""Both engines behind one interface: every test of the database runs on SQLite and on PostgreSQL.

A test takes the fixtures of `tests/conftest.py`. It speaks to a database through :class:`Client`, in SQL that both
engines read, with parameters `$1`, `$2` ...; or through SQLModel, by :func:`in_session`.
"""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import create_engine, event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

_T = TypeVar("_T")
_START_SECONDS = 60

Refusal = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
"""What the drivers raise when the database refuses a write."""


class Client(ABC):
    """One connection, in autocommit unless inside `transaction`; SQLite's foreign keys are on."""

    dialect: ClassVar[str]

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str) -> AsyncIterator["Client"]:
        """Open a connection to a URL of either engine."""
        kind = SqliteClient if url.startswith("sqlite") else PostgresqlClient
        client = await kind.open(url)
        try:
            yield client
        finally:
            await client.close()

    @classmethod
    @abstractmethod
    async def open(cls, url: str) -> Self:
        """Open a connection."""

    @abstractmethod
    async def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement; its rows, with dates as ISO text, booleans as 0 and 1, and numbers as int or Decimal."""

    @abstractmethod
    async def close(self) -> None:
        """Close the connection."""

    async def run(self, sql: str, *values: object) -> None:
        """Run a statement whose rows do not matter."""
        await self.rows(sql, *values)

    async def run_all(self, statements: Iterable[str]) -> None:
        """Run statements in order."""
        for statement in statements:
            await self.run(statement)

    async def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the database holds
        """Give the first column of the first row."""
        return (await self.rows(sql, *values))[0][0]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Commit at the end, or roll back when an error leaves the block."""
        await self.run("BEGIN")
        try:
            yield
        except BaseException:
            await self.run("ROLLBACK")
            raise
        await self.run("COMMIT")


class SqliteClient(Client):
    """A connection to a SQLite file."""

    dialect = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw

    @classmethod
    async def open(cls, url: str) -> Self:
        raw = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = OFF")
        return cls(raw)

    async def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        given = {str(place): _to_sqlite(value) for place, value in enumerate(values, 1)}
        return [tuple(map(_plain, row)) for row in self.raw.execute(sql, given)]

    async def close(self) -> None:
        self.raw.close()


class PostgresqlClient(Client):
    """A connection to a PostgreSQL database."""

    dialect = "postgresql"

    def __init__(self, raw: Any) -> None:  # noqa: ANN401 - asyncpg has no types
        self.raw = raw

    @classmethod
    async def open(cls, url: str) -> Self:
        return cls(await asyncpg.connect(url))

    async def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return [tuple(map(_plain, row)) for row in await self.raw.fetch(sql, *values)]

    async def close(self) -> None:
        await self.raw.close()


class Engine(ABC):
    """Makes databases, each a copy of another."""

    name: ClassVar[str]

    @abstractmethod
    def create(self, template: str | None = None) -> str:
        """Make a database, empty or a copy of the one at the URL `template`; its URL."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Remove a database."""

    @abstractmethod
    def stop(self) -> None:
        """Remove all there is."""


class SqliteEngine(Engine):
    """Files in a folder."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    def create(self, template: str | None = None) -> str:
        path = self._folder / f"{next(self._numbers)}.sqlite3"
        if template is not None:
            # Nothing is connected to a template, so its WAL is empty.
            shutil.copyfile(template.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        path = Path(url.removeprefix("sqlite:///"))
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    def stop(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


class PostgresqlEngine(Engine):
    """Databases of a server of our own, which stops when this process does, however that is."""

    name = "postgresql"

    def __init__(self) -> None:
        # A session of its own: Ctrl-C is for the tests, which then close the pipe.
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.postgresql_server"],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._server.stdout is not None
        self._url = self._server.stdout.readline().strip()
        if not self._url:
            raise RuntimeError("PostgreSQL did not start: see its complaint above. The tests need it.")
        self._numbers = count(1)

    def create(self, template: str | None = None) -> str:
        name = f"hub_{next(self._numbers)}"
        source = "template1" if template is None else _database_of(template)
        self._execute(f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY FILE_COPY")
        return self._url.replace("/postgres?", f"/{name}?")

    def drop(self, url: str) -> None:
        self._execute(f"DROP DATABASE {_database_of(url)} WITH (FORCE)")

    def stop(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait(_START_SECONDS)

    def _execute(self, sql: str) -> None:
        async def execute() -> None:
            async with Client.connect(self._url) as client:
                await client.run(sql)

        run_apart(execute)


def run_apart(work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
    """Run a coroutine function to its end in a loop and a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work()).result()


def in_session(url: str, work: Callable[[Session], _T]) -> _T:
    """Do `work` in one transaction of a SQLModel session; foreign keys are on."""
    if not url.startswith("sqlite"):
        return run_apart(lambda: _in_postgresql_session(url, work))  # type: ignore[no-any-return]
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))
    with Session(engine) as session, session.begin():
        return work(session)


async def _in_postgresql_session(url: str, work: Callable[[Session], _T]) -> _T:
    async def connect() -> Any:  # noqa: ANN401 - asyncpg has no types
        return await asyncpg.connect(url)

    def begin(connection: Any) -> _T:  # noqa: ANN401 - a synchronous face of the connection
        with Session(connection) as session:
            result = work(session)
            session.flush()
            return result

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    async with engine.begin() as connection:
        return await connection.run_sync(begin)


def _database_of(url: str) -> str:
    return url.split("/")[3].split("?", maxsplit=1)[0]


def _to_sqlite(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else value.normalize()
    return value.isoformat() if isinstance(value, date) else value


def as_rows(rows: Iterable[Sequence[object]]) -> list[tuple[object, ...]]:
    """Rows of Python values as a client gives them, to compare with."""
    return [tuple(map(_plain, row)) for row in rows]
