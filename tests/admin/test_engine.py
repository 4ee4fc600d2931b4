"""What Piccolo writes through the hub's connections is what SQLModel writes, byte for byte, on both engines."""

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from admin.binding import bound
from admin.console import Console
from admin.engine import ConsoleEngine, NoConnectionError, lent
from admin.shown import shown_columns
from admin.tables import ConsoleTable
from hub.database import Address, Database
from schema.checking import value_of_stored
from schema.compiler.reading import Dialect
from tests.conftest import Templates
from tests.engines import Client
from tests.hub.serving import ROOT
from tests.small_city import SmallCity

BYTES = {
    "sqlite": "typeof({column}) || ' ' || quote({column})",
    "postgresql": "encode(record_send(ROW({column})), 'hex')",
}
"""What a column holds, as the engine stores or sends it."""

RETOUCHED = {"grade", "student"}
"""Tables whose rows a trigger changes when others come that refer to them, so that the moment of their change differs."""


async def stored(client: Client, table: ConsoleTable) -> list[tuple[Any, ...]]:
    """Every value of a table as bytes; with the order of Thai words, which the database makes of them."""
    shown = [column.name for column in shown_columns(table.model)]
    names = [column.name for column in table.model.__table__.columns if column.name in shown or "_sort" in column.name]
    if table.name in RETOUCHED:
        names.remove("updated_at")
    values = ", ".join(BYTES[client.dialect].format(column=name) for name in names)
    return await client.rows(f"SELECT {values} FROM {table.name} ORDER BY id")


async def test_a_whole_city_written_by_piccolo_is_the_same_bytes(small_city: SmallCity, templates: Templates) -> None:
    # The small city is written by SQLModel; in it are quotes, line ends, nulls, every kind of column and enumeration.
    copy = templates.engine.create(templates.empty())
    database = await Database.open(Address.parse(copy), readers=1)
    console = Console(database.dialect)
    kinds = set()
    async with Client.connect(small_city.url) as original, Client.connect(copy) as written:
        for table in console.tables:
            columns = shown_columns(table.model)
            names = ", ".join(column.name for column in columns)
            rows = await original.rows(f"SELECT {names} FROM {table.name} ORDER BY id")
            async with database.writing() as connection:
                with lent(connection):
                    for row in rows:
                        pairs = zip(columns, row, strict=True)
                        values = {column.name: value_of_stored(column, value) for column, value in pairs}
                        await console.rows[table.name].insert(values)
            kinds |= {(type(column.type).__name__, column.nullable) for column in columns}
        for table in console.tables:
            assert await stored(written, table) == await stored(original, table), table.name
            assert len(await stored(written, table)) > 0, table.name
    await database.close()
    templates.engine.drop(copy)
    assert {kind for kind, _ in kinds} >= {"Boolean", "Date", "Integer", "Moment", "Numeric", "String"}
    assert {nullable for _, nullable in kinds} == {True, False}


async def test_a_change_by_piccolo_is_the_same_bytes(own_city: SmallCity, city_database: Client) -> None:
    database = await Database.open(Address.parse(own_city.url), readers=1)
    console = Console(database.dialect)
    (table,) = [table for table in console.tables if table.name == "grade_code"]
    before = await stored(city_database, table)
    columns = shown_columns(table.model)
    rows = await city_database.rows(f"SELECT {', '.join(column.name for column in columns)} FROM grade_code")
    other = {"points": None, "min_score": None, "is_pending": True, "counts_in_gpa": False, "name_th": "อื่น"}
    async with database.writing() as connection:
        with lent(connection):
            for row in rows:
                values = {c.name: value_of_stored(c, value) for c, value in zip(columns, row, strict=True)}
                key = values.pop("id")
                await console.rows["grade_code"].update(key, other)
                await console.rows["grade_code"].update(key, values)
    assert await stored(city_database, table) == before
    await database.close()


def test_moments_are_cut_to_the_text_that_all_write() -> None:
    moment = datetime(2018, 6, 10, 19, 0, 0, 123456, tzinfo=UTC)
    assert bound(moment, Dialect.SQLITE) == "2018-06-10T19:00:00.123+00:00"
    assert bound(moment, Dialect.POSTGRESQL) == moment
    with pytest.raises(ValueError, match="time zone"):
        bound(datetime(2018, 6, 10), Dialect.SQLITE)  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("dialect", Dialect)
async def test_piccolo_asks_nothing_outside_a_request(dialect: Dialect) -> None:
    console = Console(dialect)
    with pytest.raises(NoConnectionError, match="lend it"):
        await console.tables[0].table.count().run()


def test_piccolo_finds_that_sqlite_returns_what_it_inserts() -> None:
    assert ConsoleEngine(Dialect.SQLITE).get_version_sync() >= 3.35


WRITE = """
import sqlite3, sys, datetime, decimal
if sys.argv[1] == "with": import admin.console
from sqlalchemy import create_engine
from sqlmodel import Session
from schema.tables import metadata, places, learning
engine = create_engine("sqlite://")
metadata.create_all(engine)
at = datetime.datetime(2018, 6, 10, 19, 0, 0, 123456, tzinfo=datetime.UTC)
day = datetime.date(2018, 6, 10)
with Session(engine) as session:
    session.add(places.AcademicYear(be_year=2561, starts_on=day, ends_on=day + datetime.timedelta(1), census_on=day, updated_at=at))
    session.add(learning.GradeCode(label="4", name="x", name_th="ร", ordinal=1, points=decimal.Decimal("3.5"), min_score=decimal.Decimal("79.25"),
        counts_as_attempted=True, counts_as_earned=True, counts_in_gpa=True, counts_for_graduation=False, is_pending=False, updated_at=at))
    session.commit()
    raw = session.connection().connection.driver_connection
    for table in ("academic_year", "grade_code"):
        print(raw.execute(f"SELECT * FROM {table}").fetchall(), [raw.execute(f"SELECT typeof({c[1]}) FROM {table}").fetchall() for c in raw.execute(f"PRAGMA table_info({table})")])
"""


def test_importing_piccolo_changes_nothing_that_others_write_or_read() -> None:
    # It registers adapters and converters for all of sqlite3.
    told = [
        subprocess.run([sys.executable, "-c", WRITE, how], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for how in ("without", "with")
    ]
    assert told[0] == told[1]
    assert "2018-06-10T19:00:00.123+00:00" in told[0]
