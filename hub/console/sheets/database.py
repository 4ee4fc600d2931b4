"""What imports and exports ask of the database: the same reads inside a transaction and outside."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias

from admin.sheets.facts import Facts, page_sql, references_of, referred_sql
from admin.sheets.planning import Planner
from hub.database import Database, WritingConnection
from schema.compiler.reading import Dialect
from schema.policy import Identity
from schema.tables.declaration import Row

Read: TypeAlias = Callable[[str, Sequence[Any]], Awaitable[list[tuple[Any, ...]]]]
"""Reads rows by SQL with parameters `$1`, `$2` ... ."""


def reader_for(database: Database, identity: Identity) -> Read:
    """Reads outside a transaction, for an identity."""

    async def read(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        return await database.rows(sql, parameters, identity=identity)

    return read


async def read_referred(read: Read, facts: Facts) -> None:
    """Read the rows that a table's rows may refer to."""
    for column in references_of(facts.layout):
        facts.add_referred(column, await read(referred_sql(facts.layout.model, column), ()))


async def read_existing(read: Read, facts: Facts, planner: Planner) -> None:
    """Read the rows that a plan is made against, page by page."""
    last = 0
    while rows := await read(page_sql(facts.layout.model), (last,)):
        last = facts.add_existing(rows, planner.wanted)


async def take_table(connection: WritingConnection, dialect: Dialect, model: type[Row]) -> None:
    """Let nobody else write a table until the transaction ends; SQLite has one writer anyway."""
    if dialect is Dialect.POSTGRESQL:
        await connection.execute(f"LOCK TABLE {model.__table__.name} IN SHARE ROW EXCLUSIVE MODE")
