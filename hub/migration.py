"""Brings a database to the structure that this program expects, and says when it is not there.

The structure is Alembic's (`migrations/`); the triggers are derived from the declarations, so they are dropped before
and made again after every change. A run is one transaction on both engines: it changes all or nothing.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import DatabaseError as DriverError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import migrations
from hub import second_wall
from hub.database import file
from hub.database.address import Address
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseOlderError,
    DatabaseUnreachableError,
)
from hub.errors import BadInputError, HubError
from schema import derived
from schema.compiler.reading import Dialect

_T = TypeVar("_T")
_BASE = "base"
_HEAD = "head"
# Two migrations of one PostgreSQL database take turns by this number; it means nothing else.
_TURN = 7_256_146


class UnknownRevisionError(BadInputError):
    """There is no such revision, or it lies in the other direction."""


class BrokenReferencesError(HubError):
    """Rows refer to rows that are not there, so the change was undone."""


def upgrade(url: str, revision: str = _HEAD, *, service: Address | None = None) -> None:
    """Bring the tables up to a revision, making the SQLite file if there is none. Raises HubError.

    On PostgreSQL the role of `service` is let do what the service does, and no more; None: the owner serves.
    """
    address = _parse(url)

    def work(connection: Connection) -> None:
        found = _found(connection)
        _refuse_unknown(address, found)
        _without_triggers(connection, lambda config: command.upgrade(config, revision), service)

    _run(address, work)


def downgrade(url: str, revision: str) -> None:
    """Take the tables down to a revision; "base" drops them all. Raises HubError."""
    address = _parse(url)
    _require_file(address)

    def work(connection: Connection) -> None:
        found = _found(connection)
        _refuse_unknown(address, found)
        _without_triggers(connection, lambda config: command.downgrade(config, revision), None)

    _run(address, work)


def current_revision(url: str) -> str | None:
    """Give the revision the tables are at; None when no migration has run. Raises DatabaseError."""
    address = _parse(url)
    _require_file(address)
    return _run(address, _found)


@cache
def expected_revision() -> str:
    """Give the newest revision this program knows."""
    head = _scripts().get_current_head()
    assert head is not None  # noqa: S101 - the history is never empty
    return head


@cache
def history() -> tuple[str, ...]:
    """Give every revision this program knows, the newest first."""
    return tuple(script.revision for script in _scripts().walk_revisions())


def is_known(revision: str) -> bool:
    """Tell whether a revision is in this program's history."""
    return revision in history()


def forget_history() -> None:
    """Read the history anew: what is in `migrations/` has changed under this process."""
    for known in (_scripts, history, expected_revision):
        known.cache_clear()


def check(url: str) -> None:
    """Raise a DatabaseError that names the command to run, unless the tables are as this program expects."""
    address = _parse(url)
    _require_file(address)
    found = _run(address, _found)
    _refuse_unknown(address, found)
    if found != expected_revision():
        raise DatabaseOlderError(address.shown, found, expected_revision())


def run(url: str, work: Callable[[Connection], _T]) -> _T:
    """Do `work` in one transaction, with SQLite's foreign keys off as a change of tables needs. Raises HubError."""
    return _run(_parse(url), work)


def alembic_config(connection: Connection) -> Config:
    """Give what an Alembic command needs to work on a connection."""
    config = Config()
    config.set_main_option("script_location", _location().replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _parse(url: str) -> Address:
    """Read a database URL, or the bare path of a SQLite file."""
    return Address.parse(url) if ":" in url else Address(Dialect.SQLITE, url)


def _location() -> str:
    return str(Path(migrations.__file__).parent)


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory(_location())


def _require_file(address: Address) -> None:
    if address.dialect is Dialect.SQLITE:
        file.require_file(address)


def _found(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(address: Address, found: str | None) -> None:
    if found is not None and not is_known(found):
        raise DatabaseNewerError(address.shown, found, expected_revision())


def _without_triggers(connection: Connection, change: Callable[[Config], None], service: Address | None) -> None:
    """Change the tables while no trigger is there, then make those of the newest tables and refresh what they keep.

    So it is with the policies of PostgreSQL, of which a table's changes would else have to wait.
    """
    dialect = connection.dialect.name

    def read(query: str) -> list[str]:
        return list(connection.exec_driver_sql(query).scalars())

    before, whole = _found(connection), derived.is_installed(dialect, read)
    opened = second_wall.take_down(connection) if dialect == Dialect.POSTGRESQL else ()
    for statement in derived.remains(dialect, read):
        connection.exec_driver_sql(statement)
    try:
        change(alembic_config(connection))
    except CommandError as error:
        raise UnknownRevisionError(f"{error}. The newest is {expected_revision()}; `base` is none at all.") from error
    # A database at any other revision is not served, so it needs no triggers.
    after = _found(connection)
    if after == expected_revision():
        refresh = () if whole and before == after else derived.refresh_statements(dialect)
        # What a revision wrote into rows that were there, no trigger has seen.
        loads = () if before in (None, after) else derived.load_statements(after)
        for statement in (*refresh, *loads, *derived.create_statements(dialect)):
            connection.exec_driver_sql(statement)
        if dialect == Dialect.POSTGRESQL:
            second_wall.build(connection, opened, service)


def _run(address: Address, work: Callable[[Connection], _T]) -> _T:
    if address.dialect is Dialect.SQLITE:
        return _run_on_sqlite(address, work)
    # In a thread of its own: the caller may be inside an event loop.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _run_on_postgresql(address, work)).result()


def _run_on_sqlite(address: Address, work: Callable[[Connection], _T]) -> _T:
    file.require_no_folder(address)
    engine = create_engine(f"sqlite:///{address.path}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions by itself, and leave changes of tables out of them.
        raw.isolation_level = None
        raw.execute("PRAGMA journal_mode = WAL")
        # Rebuilding a table drops it, which would delete or refuse the rows that refer to it.
        raw.execute("PRAGMA foreign_keys = OFF")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        connection = engine.connect()
    except DriverError as error:
        raise _refusal_of(address, error) from error
    with connection, _begun(address, connection):
        result = work(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            tables = ", ".join(sorted({str(row[0]) for row in broken}))
            raise BrokenReferencesError(
                f"{len(broken)} rows of {tables} refer to rows that are not there; nothing was changed. "
                "Mend them, then run `hub migrate` again."
            )
        return result


@contextmanager
def _begun(address: Address, connection: Connection) -> Iterator[None]:
    # A file that may not be written is found out only where the transaction begins.
    try:
        transaction = connection.begin()
    except DriverError as error:
        raise _refusal_of(address, error) from error
    with transaction:
        yield


def _refusal_of(address: Address, error: DriverError) -> HubError:
    if isinstance(error.orig, sqlite3.Error):
        return file.refusal_of(address, error.orig)
    return DatabaseUnreachableError(address.shown, str(error.orig))


async def _run_on_postgresql(address: Address, work: Callable[[Connection], _T]) -> _T:
    async def connect() -> Any:  # noqa: ANN401 - asyncpg's connection
        # asyncpg reads the URL itself, so that it means what it means to the service.
        return await asyncpg.connect(address.target)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, poolclass=NullPool)
    try:
        connection = await engine.connect()
    except asyncpg.InvalidCatalogNameError as error:
        raise DatabaseMissingError(address.shown) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseUnreachableError(address.shown, str(error)) from error
    try:
        async with connection.begin():
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURN})"))
            return await connection.run_sync(work)
    finally:
        await connection.close()
