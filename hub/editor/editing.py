"""Writing in the console: one transaction a request, in which a row is read, checked, and written or refused.

A change carries the `updated_at` that its editor read. Where the row was changed since, it is refused, so that nobody's
work is lost unseen: the page's form sends along all that it shows, and so that moment too.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Column

from admin.binding import bound
from admin.columns import target_of
from admin.console import Console
from admin.engine import lent
from admin.shown import shown_columns
from admin.tables import ConsoleTable
from hub.database import Acting, Database, WritingConnection
from hub.database.errors import IntegrityError
from hub.editor.answers import RefusedError
from hub.editor.constraints import refusals_of_database
from schema.checking import (
    Refusal,
    Values,
    references_needed,
    refusals_of,
    siblings_needed,
    value_of_stored,
    value_of_text,
)
from schema.checking.uses import Counted, refusal_of_uses, uses_of
from schema.compiler.reading import Dialect
from schema.history import Face
from schema.policy import Identity

VERSION: Final = "updated_at"
_LOCK: Final = {Dialect.SQLITE: "", Dialect.POSTGRESQL: " FOR UPDATE"}


class NoSuchRowError(Exception):
    """There is no row of that key, or none any more."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What is written to the reference tables."""

    console: Console
    database: Database

    async def create(self, identity: Identity, table: ConsoleTable, given: Mapping[str, Any]) -> int:
        """Write a new row; its key. Raises RefusedError."""
        values = _values(table, {name: value for name, value in given.items() if name != VERSION})
        async with self._writing(identity, table) as connection:
            await self._require_sound(connection, table, values, None)
            return await self.console.rows[table.name].insert(values)

    async def change(self, identity: Identity, table: ConsoleTable, key: int, given: Mapping[str, Any]) -> None:
        """Change a row of which `given` has the version that was read. Raises RefusedError, NoSuchRowError."""
        read = _version(given)
        values = _values(table, {name: value for name, value in given.items() if name != VERSION})
        async with self._writing(identity, table) as connection:
            now = await self._locked(connection, table, key)
            if now[VERSION] != read:
                raise RefusedError([_CHANGED])
            changed = {name: value for name, value in values.items() if value != now[name]}
            if changed:
                await self._require_sound(connection, table, {**now, **changed}, key)
                await self.console.rows[table.name].update(key, changed)

    async def delete(self, identity: Identity, table: ConsoleTable, key: int) -> None:
        """Delete a row that nothing refers to. Raises RefusedError, NoSuchRowError."""
        async with self._writing(identity, table) as connection:
            await self._locked(connection, table, key)
            counted = []
            for use in uses_of(table.model):
                ((count, example),) = await connection.rows(use.sql, [key])
                counted.append(Counted(use, count, example))
            used = refusal_of_uses(counted)
            if used is not None:
                raise RefusedError([used])
            await self.console.rows[table.name].delete(key)

    @asynccontextmanager
    async def _writing(self, identity: Identity, table: ConsoleTable) -> AsyncIterator[WritingConnection]:
        try:
            acting = Acting(identity.key, identity.name, Face.CONSOLE)
            async with self.database.writing(acting, identity=identity) as connection:
                with lent(connection):
                    yield connection
        except IntegrityError as error:
            raise RefusedError(refusals_of_database(table.model, str(error))) from error

    async def _locked(self, connection: WritingConnection, table: ConsoleTable, key: int) -> dict[str, Any]:
        """The row as it is, which no other transaction changes before this one ends."""
        columns = shown_columns(table.model)
        names = ", ".join(f'"{column.name}"' for column in columns)
        sql = f'SELECT {names} FROM "{table.name}" WHERE id = $1{_LOCK[self.database.dialect]}'  # noqa: S608 - names of declared columns
        found = await connection.records(sql, [key])
        if not found:
            raise NoSuchRowError
        return _stored(columns, found[0])

    async def _require_sound(
        self, connection: WritingConnection, table: ConsoleTable, values: Values, key: int | None
    ) -> None:
        whole = {name: value for name, value in values.items() if name not in ("id", VERSION)}
        references = await self._references(connection, table, whole)
        siblings = await self._siblings(connection, table, whole, key)
        refusals = refusals_of(table.model, whole, references, siblings)
        if refusals:
            raise RefusedError(refusals)

    async def _references(
        self, connection: WritingConnection, table: ConsoleTable, values: Values
    ) -> dict[str, Values | None]:
        """What the row refers to; None where there is no such row."""
        needed = references_needed(table.model)
        found: dict[str, Values | None] = {}
        for column in table.model.__table__.columns:
            name, target, key = column.name, target_of(column), values.get(column.name)
            if target is None or not isinstance(key, int):
                continue
            columns = [next(iter(column.foreign_keys)).column.table.columns[each] for each in needed.get(name, ())]
            names = ", ".join(["id", *(each.name for each in columns)])
            rows = await connection.records(f"SELECT {names} FROM {target} WHERE id = $1", [key])  # noqa: S608 - as above
            found[name] = _stored(columns, rows[0]) if rows else None
        return found

    async def _siblings(
        self, connection: WritingConnection, table: ConsoleTable, values: Values, key: int | None
    ) -> list[Values]:
        """The table's other rows that its rules see."""
        columns = shown_columns(table.model)
        names = ", ".join(f'"{column.name}"' for column in columns)
        found: dict[int, Values] = {}
        for alike in siblings_needed(table.model):
            if any(values.get(name) is None for name in alike):
                continue
            conditions = ["id <> $1", *(f'"{name}" = ${place}' for place, name in enumerate(alike, 2))]
            sql = f'SELECT {names} FROM "{table.name}" WHERE {" AND ".join(conditions)}'  # noqa: S608 - as above
            parameters = [key or 0, *(bound(values[name], self.database.dialect) for name in alike)]
            found |= {row["id"]: _stored(columns, row) for row in await connection.records(sql, parameters)}
        return list(found.values())


def _stored(columns: Sequence[Column[Any]], row: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: value_of_stored(column, row[column.name]) for column in columns}


def _values(table: ConsoleTable, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, as the columns' values; a form sends texts. Raises RefusedError."""
    columns = {column.name: column for column in shown_columns(table.model) if column.name not in ("id", VERSION)}
    values: dict[str, Any] = {}
    refusals = []
    for name, sent in given.items():
        column = columns.get(name)
        if column is None:
            refusals.append(_unknown(name))
            continue
        value = value_of_text(column, sent) if isinstance(sent, str) else sent
        if isinstance(value, float) and column.type.python_type is Decimal:
            value = Decimal(repr(value))
        if isinstance(value, Refusal):
            refusals.append(value)
        else:
            values[name] = value
    if refusals:
        raise RefusedError(refusals)
    return values


def _version(given: Mapping[str, Any]) -> datetime:
    sent = given.get(VERSION)
    try:
        read = datetime.fromisoformat(sent) if isinstance(sent, str) else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise RefusedError([_NO_VERSION])
    return read


def _unknown(name: str) -> Refusal:
    shown = name[:100]
    return Refusal(
        shown, "UNKNOWN_COLUMN", f"There is no column {shown!r}. Leave it out.", f"ไม่มีคอลัมน์ {shown!r} กรุณาตัดออก"
    )


_CHANGED: Final = Refusal(
    VERSION,
    "CHANGED_SINCE",
    "Somebody changed this row since you opened it. Nothing was written: open it again, and enter your change anew.",
    "มีผู้แก้ไขรายการนี้หลังจากที่ท่านเปิดดู จึงยังไม่ได้บันทึก กรุณาเปิดรายการใหม่แล้วแก้ไขอีกครั้ง",
)
_NO_VERSION: Final = Refusal(
    VERSION,
    "VERSION_MISSING",
    "Send updated_at as you read it, so that nobody's change is lost.",
    "กรุณาส่ง updated_at ตามที่อ่านได้ เพื่อไม่ให้การแก้ไขของผู้อื่นสูญหาย",
)
