"""Rows of a city, by the names of their columns, whether just made or read from a database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from schema.tables import metadata
from seeds.city import generate
from seeds.rows import COLUMNS
from tests.engines import Client, PostgresqlClient, SqliteClient, run_apart

Record = tuple[Any, ...]


class Source(Protocol):
    """Where rows come from: as plain values, with dates as ISO text and booleans as 0 and 1, in the order of keys."""

    def read(self, table: str, columns: str) -> list[Record]:
        """The named columns of every row."""


def lookup(source: Source, table: str, columns: str) -> dict[Any, Any]:
    """The second of two columns by the first."""
    return dict(source.read(table, columns))


class Made:
    """The rows that the seeds make, kept whole."""

    def __init__(self, seed: int, tables: Iterable[str] = COLUMNS) -> None:
        self.rows: Mapping[str, list[Record]] = {table: [] for table in tables}
        for portion in generate(seed, 1):
            for table, rows in self.rows.items():
                rows.extend(portion.batch[table])

    def read(self, table: str, columns: str) -> list[Record]:
        places = [COLUMNS[table].index(column) for column in columns.split()]
        return [tuple(row[place] for place in places) for row in self.rows[table]]


class Stored:
    """The rows of a database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def read(self, table: str, columns: str) -> list[Record]:
        return self.query(f"SELECT {', '.join(columns.split())} FROM {table} ORDER BY id")

    def query(self, sql: str) -> list[Record]:
        async def fetch() -> list[Record]:
            async with Client.connect(self.url) as client:
                return await client.rows(sql)

        found: list[Record] = run_apart(fetch)
        return found


def find_differences(url: str, seed: int) -> list[str]:
    """Tables in which a database does not hold exactly the rows that the seeds make, compared value by value."""
    return run_apart(lambda: _find_differences(url, seed))  # type: ignore[no-any-return]


async def _find_differences(url: str, seed: int) -> list[str]:
    different = []
    made: Counter[str] = Counter()
    async with Client.connect(url) as client:
        selects = {table: _select(table, client.dialect) for table in COLUMNS}
        for portion in generate(seed, 1):
            for table, rows in portion.batch.items():
                if rows:
                    made[table] += len(rows)
                    sql = f"{selects[table]} WHERE id BETWEEN {rows[0][0]} AND {rows[-1][0]} ORDER BY id"
                    # Past the client's own conversions: these are millions of rows.
                    raw = client.raw.execute(sql) if isinstance(client, SqliteClient) else await _fetch(client, sql)
                    if list(raw) != rows:
                        different.append(table)
        stored = {table: await client.value(f"SELECT count(*) FROM {table}") for table in COLUMNS}
    return sorted({*different, *(table for table in COLUMNS if stored[table] != made[table])})


async def _fetch(client: Client, sql: str) -> list[Record]:
    assert isinstance(client, PostgresqlClient)
    return [tuple(row) for row in await client.raw.fetch(sql)]


def _select(table: str, dialect: str) -> str:
    """Every column of a table, as the seeds write it."""
    if dialect == "sqlite":
        return f"SELECT {', '.join(COLUMNS[table])} FROM {table}"
    read = {
        datetime: """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"')""",
        date: "{}::text",
        Decimal: "{}::float8",
        bool: "{}::int",
    }
    columns = metadata.tables[table].columns
    values = (read.get(columns[name].type.python_type, "{}").format(name) for name in COLUMNS[table])
    return f"SELECT {', '.join(values)} FROM {table}"
