"""Rows of a city, by the names of their columns, whether just made or read from a database."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from seeds.city import generate
from seeds.rows import COLUMNS
from tests.engines import Client, run_apart

Record = tuple[Any, ...]

_SHORT, _LONG = len("2018-06-10T02:00:00+00:00"), len("2018-06-10T02:00:00.500000+00:00")
_MOMENTS = (_SHORT, _LONG)


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


def digest_made(seed: int, scale: int = 1) -> dict[str, str]:
    """A digest of every table as the seeds make it, without keeping the rows."""
    digests = {table: hashlib.sha256() for table in COLUMNS}
    for portion in generate(seed, scale):
        for table, rows in portion.batch.items():
            digests[table].update("".join(_lines(rows)).encode())
    return {table: digest.hexdigest() for table, digest in digests.items()}


def digest_stored(url: str) -> dict[str, str]:
    """A digest of every table as a database holds it."""
    return {
        table: hashlib.sha256("".join(_lines(Stored(url).read(table, " ".join(columns)))).encode()).hexdigest()
        for table, columns in COLUMNS.items()
    }


def _lines(rows: Iterable[Record]) -> Iterator[str]:
    for row in rows:
        yield "\t".join([_text(value) for value in row]) + "\n"


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    if len(text) in _MOMENTS and text[10] == "T":
        # Python writes microseconds where there are any.
        return text[:19] + (text[19:23] if len(text) == _LONG else ".000") + "+00:00"
    return text
