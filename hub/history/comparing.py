"""What the changes of a table say of its rows, against the rows: finds what was written past the triggers.

The changes since the table was last loaded count. Each row's must follow from one another, the last must be what the
row is, and together they must make as many rows as there are.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final, TypeAlias

from hub.database import Database
from schema.compiler.reading import Dialect
from schema.derived import payloads
from schema.history import Operation, Recorded

_MOST: Final = 20
"""Complaints of one table; of more it is told how many there are."""

_Row: TypeAlias = tuple[Any, ...]

_PAGE: Final = 1_000
"""Changes that are looked at at once: so many payloads are in memory, however many are wrong."""

_LOADED: Final = "WITH loaded AS (SELECT max(id) AS id FROM change_log WHERE table_name = $1 AND operation = 'LOAD')"
_OWN: Final = (
    " FROM change_log AS c"
    " WHERE c.table_name = $1 AND c.row_id IS NOT NULL AND c.operation IN ('INSERT', 'UPDATE', 'DELETE')"
    " AND c.id > coalesce((SELECT loaded.id FROM loaded), 0)"
)
_SINCE: Final = (
    f"{_LOADED}, own AS (SELECT c.id, c.row_id, c.operation, c.before, c.after,"
    " lag(c.id) OVER w AS previous_id, lag(c.operation) OVER w AS previous, lag(c.after) OVER w AS left_as,"
    " lead(c.id) OVER w AS next_id"
    f"{_OWN} WINDOW w AS (PARTITION BY c.row_id ORDER BY c.id))"
)
_BROKEN: Final = (
    f"{_SINCE} SELECT id, row_id, operation, before, previous_id, previous, left_as FROM own"  # noqa: S608 - no values in it
    # What was loaded was there before its first change.
    " WHERE id > $2 AND ((previous_id IS NULL AND operation <> 'INSERT' AND (SELECT loaded.id FROM loaded) IS NULL)"
    " OR (previous_id IS NOT NULL AND ((operation = 'INSERT') <> (previous = 'DELETE')"
    " OR coalesce(before, '') <> coalesce(left_as, ''))))"
    " ORDER BY id LIMIT $3"
)
_COUNTED: Final = (
    # Of payloads nothing: what is counted twice SQLite would keep in memory.
    f"{_LOADED}, own AS (SELECT c.row_id, c.operation{_OWN})"  # noqa: S608 - as above
    " SELECT (SELECT after FROM change_log WHERE id = (SELECT loaded.id FROM loaded)),"
    " (SELECT count(*) FROM own WHERE operation = 'INSERT') - (SELECT count(*) FROM own WHERE operation = 'DELETE'),"
    " (SELECT count(*) FROM {table}), (SELECT count(DISTINCT row_id) FROM own)"
)


async def complaints_of(database: Database, table: Recorded) -> tuple[int, list[str]]:
    """How many rows' changes were looked at, and what is wrong with them."""
    dialect = "sqlite" if database.dialect is Dialect.SQLITE else "postgresql"
    found, more = list[str](), 0
    for sql, told in ((_BROKEN, _broken), (_last(table, dialect), _different)):
        async for complaint in _complaints(database, table, sql, told):
            more += len(found) == _MOST
            found += [complaint] if len(found) < _MOST else []
    ((loaded, made, stored, rows),) = await database.rows(_COUNTED.format(table=table.name), (table.name,))
    expected = made + (0 if loaded is None else json.loads(loaded)["rows"])
    if expected != stored:
        found.append(f"{table.name} has {stored} rows, and by its changes it should have {expected}")
    if more:
        found.append(f"{table.name}: {more} more")
    return int(rows), found


async def _complaints(
    database: Database, table: Recorded, sql: str, told: Callable[[Recorded, list[_Row]], Iterator[str]]
) -> AsyncIterator[str]:
    """What is told of a query's rows: each page is of one snapshot, in which a writer is seen whole or not at all."""
    last = 0
    while rows := await database.rows(sql, (table.name, last, _PAGE)):
        for complaint in told(table, rows):
            yield complaint
        if len(rows) < _PAGE:
            break
        last = rows[-1][0]


def _last(table: Recorded, dialect: str) -> str:
    """A query for the last change of each row, and the row as it is."""
    row = f"(SELECT t.id, {payloads.payload(table, 't', dialect)} AS is_now FROM {table.name} AS t) AS stored"  # noqa: S608 - declared
    return (
        f"{_SINCE} SELECT own.id, own.row_id, own.operation, own.after, stored.is_now FROM own"  # noqa: S608 - as above
        f" LEFT JOIN {row} ON stored.id = own.row_id WHERE own.next_id IS NULL"
        f" AND (own.operation = '{Operation.DELETE}' OR stored.id IS NULL OR stored.is_now <> coalesce(own.after, ''))"
        " AND NOT (own.operation = 'DELETE' AND stored.id IS NULL)"
        " AND own.id > $2 ORDER BY own.id LIMIT $3"
    )


def _broken(table: Recorded, rows: list[_Row]) -> Iterator[str]:
    for number, row, operation, before, previous_id, previous, left_as in rows:
        if previous_id is None:
            yield f"{table.name} {row}: its first change ({number}) is no INSERT"
        elif (operation == Operation.INSERT) != (previous == Operation.DELETE):
            yield f"{table.name} {row}: change {number} ({operation}) cannot follow change {previous_id} ({previous})"
        elif before is not None and left_as is not None and not is_alike(table, before, left_as):
            yield f"{table.name} {row}: change {number} does not begin where change {previous_id} ended"


def _different(table: Recorded, rows: list[_Row]) -> Iterator[str]:
    for number, row, operation, after, is_now in rows:
        if operation == Operation.DELETE:
            yield f"{table.name} {row} is there, and its last change ({number}) deleted it"
        elif is_now is None:
            yield f"{table.name} {row} is not there, and no change deleted it after change {number}"
        elif after is not None and not is_alike(table, after, is_now):
            yield f"{table.name} {row} is not as its last change ({number}) left it"


def is_alike(table: Recorded, one: str, other: str) -> bool:
    """Whether two payloads are of the same values: of the columns that both have, secrets left out."""
    first, second = json.loads(one), json.loads(other)
    return all(first[name] == second[name] for name in first.keys() & second.keys() if name not in table.secrets)
