"""Rows looked for by what people know them by, a word at a time: first in the small tables, from there by their keys.

What a row is known by is put together from rows of up to four tables (`admin.readable`). To put it together for each of
hundreds of thousands of rows, and look for a text in it, would take until the database's time limit. So for each word
the keys are found of the rows referred to that have it. The word with the fewest leads to the rows, by the indexes of
foreign keys; whether they have the other words is told by the keys of those.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column

from admin.filters import Condition
from admin.leading import ROW, Way, statements, within
from admin.places import places_of
from admin.readable import NOTHING
from schema.compiler.reading import Dialect
from schema.tables.columns import info_of
from schema.tables.declaration import Row

MOST_WORDS: Final = 6
_MOST_NUMBERS: Final = 1_000
"""Of a column that holds no more numbers than that, those that have a word in them are told by counting."""
_GATHERED: Final = {Dialect.SQLITE: "json_group_array(its.id)", Dialect.POSTGRESQL: "array_agg(its.id)"}

Ask = Callable[[str, Sequence[Any]], Awaitable[list[dict[str, Any]]]]
"""Runs SQL in which each `{}` stands for a parameter in turn."""


class Search:
    """A text looked for in one table."""

    def __init__(self, model: type[Row], known: Mapping[str, type[Row]], dialect: Dialect, ask: Ask) -> None:
        """`known` are the tables that are followed, by their names."""
        self._model = model
        self._known = known
        self._dialect = dialect
        self._ask = ask
        self._places = places_of(model, ROW, known)

    async def keys(self, text: str, limit: int, offset: int) -> list[int]:
        """The keys of rows that are known by something with each word of a text, some after some, in a fixed order.

        Words beyond MOST_WORDS are left out, and so is what stands for nothing.
        """
        words = list(dict.fromkeys(word for word in text.split() if word != NOTHING))[:MOST_WORDS]
        found = []
        for word in words:
            ways = await self._ways(word)
            if not ways:
                return []
            found.append(ways)
        return await self._read(statements(self._places, self._model, found, self._dialect), limit, offset)

    async def _ways(self, word: str) -> list[Way]:
        """The ways by which a row may have a word; those by which none has it are left out."""
        ways = []
        for place in self._places.every:
            if place.target is not None:
                keys, many = await self._referred(place.target, word, place.depth)
            elif (numbers := _numbers(place.column, word)) is not None:
                keys, many = json.dumps(numbers) if self._dialect is Dialect.SQLITE else numbers, len(numbers)
            else:
                ways.append(Way(word, place))
                continue
            if many:
                ways.append(Way(word, place, keys, many))
        return ways

    async def _referred(self, target: type[Row], word: str, depth: int) -> tuple[Any, int]:
        """The keys, as a parameter, of the rows of a table that have a word, and how many."""
        has = within(target, word, "its", self._known, self._dialect, depth)
        sql = f"SELECT {_GATHERED[self._dialect]} AS keys, count(*) AS many FROM {target.__table__.name} AS its"  # noqa: S608 - names of declared tables
        (found,) = await self._ask(f"{sql} WHERE {has.sql}", has.parameters)
        return found["keys"], found["many"]

    async def _read(self, statements: Sequence[Condition], limit: int, offset: int) -> list[int]:
        """Read one statement after the other, until there is enough."""
        keys: list[int] = []
        for each in statements:
            rows = await self._ask(f"{each.sql} LIMIT {limit - len(keys)} OFFSET {offset}", each.parameters)
            keys += [row["id"] for row in rows]
            if len(keys) == limit:
                break
            if rows or not offset:
                offset = 0
                continue
            sql = f"SELECT count(*) AS passed FROM ({each.sql} LIMIT {offset}) AS before"  # noqa: S608 - names of declared tables
            ((passed),) = await self._ask(sql, each.parameters)
            offset -= passed["passed"]
        return keys


def _numbers(column: Column[Any], word: str) -> list[int] | None:
    """The numbers of a column that have a word in them; None where it is of something else, or of too many."""
    least, most = info_of(column).minimum, info_of(column).maximum
    if column.type.python_type is not int or least is None or most is None or most - least > _MOST_NUMBERS:
        return None
    return [number for number in range(int(least), int(most) + 1) if word in str(number)]
