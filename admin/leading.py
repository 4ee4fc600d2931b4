"""The statements that lead from keys to the rows that have every word; pure.

Read one after the other they give each row once. Each gives its rows by an index, in the order of that index, so that
of many rows no more are read than are asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from admin.columns import target_of
from admin.filters import Condition, containing
from admin.places import Place, Places
from admin.readable import known_by
from schema.compiler.reading import Dialect
from schema.tables.declaration import Row

ROW: Final = "sought"
"""What the row that is looked for is called."""

_LED: Final = {
    Dialect.SQLITE: "{} IN (SELECT value FROM json_each({{}}))",
    Dialect.POSTGRESQL: "{} = ANY({{}}::bigint[])",
}
# The plus keeps both engines from going by the index of what is only told.
_TOLD: Final = {
    Dialect.SQLITE: "+{} IN (SELECT value FROM json_each({{}}))",
    Dialect.POSTGRESQL: "+{} IN (SELECT unnest({{}}::bigint[]))",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way by which a row has a word: a place, and the `many` keys that have it; None where each row is looked at."""

    word: str
    place: Place
    keys: Any = None
    many: int = 0


def statements(places: Places, model: type[Row], words: Sequence[Sequence[Way]], dialect: Dialect) -> list[Condition]:
    """The statements, without their limits; `words` are the ways of each word, of which none is without."""
    table = str(model.__table__.name)
    leading = [ways for ways in words if all(way.keys is not None for way in ways)]
    if not leading:
        told = [_told(ways, dialect) for ways in words]
        return [_statement(places, table, [ROW], told, words, "sought.id")]
    fewest = min(leading, key=lambda ways: sum(way.many for way in ways))
    others = [ways for ways in words if ways is not fewest]
    told = [_told(ways, dialect) for ways in others]
    made = []
    for at, way in enumerate(fewest):
        # What an earlier statement gave is not given again.
        before = [_not(_told([other], dialect)) for other in fewest[:at]]
        led = Condition(_LED[dialect].format(way.place.name), (way.keys,))
        used = [*others, fewest[: at + 1]]
        order = f"{way.place.name}, {ROW}.id"
        made.append(_statement(places, table, places.way_from(way.place.row), [led, *before, *told], used, order))
    return made


def within(  # noqa: PLR0913, PLR0917 - a table, its row, a word, and how far to go
    model: type[Row],
    word: str,
    row: str,
    known: Mapping[str, type[Row]],
    dialect: Dialect,
    depth: int,
    numbers: Iterator[int] | None = None,
) -> Condition:
    """The condition that a word is in what a row of a small table is known by, or the rows that it refers to."""
    numbers = count(1) if numbers is None else numbers
    ways = []
    for name in dict.fromkeys(known_by(model)) or ("id",):
        target = known.get(target_of(model.__table__.columns[name]) or "")
        if target is None or depth <= 0:
            ways.append(containing(f"CAST({row}.{name} AS TEXT)", word, dialect))
            continue
        its = f"its_{next(numbers)}"
        way = within(target, word, its, known, dialect, depth - 1, numbers)
        led = f"SELECT {its}.id FROM {target.__table__.name} AS {its} WHERE {way.sql}"  # noqa: S608 - names of declared tables
        ways.append(Condition(f"{row}.{name} IN ({led})", way.parameters))
    return _any(ways)


def _statement(  # noqa: PLR0913, PLR0917 - the parts of a statement
    places: Places,
    table: str,
    chain: Sequence[str],
    conditions: Sequence[Condition],
    used: Sequence[Sequence[Way]],
    order: str,
) -> Condition:
    """Rows of `table`, led to by a chain of rows; `used` tells which others must be there."""
    needed = {row for ways in used for way in ways for row in places.way_from(way.place.row)}
    rows = [*chain, *(row for row in places.through if row in needed and row not in chain)]
    names = {ROW: table, **{row: through.table for row, through in places.through.items()}}
    # SQLite reads the tables of a CROSS JOIN in the order in which they stand.
    source = " CROSS JOIN ".join(f"{names[row]} AS {row}" for row in rows)
    joined = [Condition(f"{row}.id = {it.before}.{it.key}") for row in rows if (it := places.through.get(row))]
    every = [*joined, *conditions]
    where = " AND ".join(each.sql for each in every) or "1 = 1"
    return Condition(
        f"SELECT {ROW}.id AS id FROM {source} WHERE {where} ORDER BY {order}",  # noqa: S608 - names of declared tables
        tuple(value for each in every for value in each.parameters),
    )


def _told(ways: Sequence[Way], dialect: Dialect) -> Condition:
    """The condition that a row has a word by one of the ways."""
    return _any(
        [
            containing(f"CAST({way.place.name} AS TEXT)", way.word, dialect)
            if way.keys is None
            else Condition(_TOLD[dialect].format(way.place.name), (way.keys,))
            for way in ways
        ]
    )


def _any(ways: Sequence[Condition]) -> Condition:
    parameters = tuple(value for way in ways for value in way.parameters)
    return Condition(f"({' OR '.join(way.sql for way in ways)})", parameters)


def _not(condition: Condition) -> Condition:
    # What is nothing is not there either.
    return Condition(f"({condition.sql}) IS NOT TRUE", condition.parameters)
