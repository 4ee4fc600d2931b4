"""Rows looked for by what people know them by, table by table, a word at a time.

What a row is known by is put together from rows of up to four tables (`admin.readable`). To put it together for each of
hundreds of thousands of rows, and look for a text in it, would take until the database's time limit. So each word is
looked for in the columns themselves; what a row refers to is found first, in its own table, and led from by its key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from admin.columns import target_of
from admin.filters import Condition, containing
from admin.readable import DEEPEST, NOTHING, known_by, words_of
from schema.compiler.reading import Dialect
from schema.tables.declaration import Row

MOST_WORDS: Final = 6


def looked_for(model: type[Row], text: str, known: Mapping[str, type[Row]], dialect: Dialect) -> Condition:
    """The condition that each word of a text is in something that a row, called as its table, is known by.

    Words beyond MOST_WORDS are left out, and so is what stands for nothing. `known` are the tables that are followed,
    by their names.
    """
    words = [_Word(word, known, dialect) for word in text.split() if word != NOTHING][:MOST_WORDS]
    row = str(model.__table__.name)
    parts = [word.in_any(model, [*known_by(model), *words_of(model)], row, DEEPEST) for word in words]
    sql = " AND ".join(f"({part.sql})" for part in parts)
    return Condition(sql or "1 = 1", tuple(value for part in parts for value in part.parameters))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that is looked for."""

    text: str
    known: Mapping[str, type[Row]]
    dialect: Dialect
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def in_any(self, model: type[Row], names: list[str], row: str, depth: int) -> Condition:
        """The condition that it is in one of a row's columns, or in what one of them refers to."""
        ways = [self._in(model, name, row, depth) for name in dict.fromkeys(names) or ("id",)]
        return Condition(" OR ".join(way.sql for way in ways), tuple(value for way in ways for value in way.parameters))

    def _in(self, model: type[Row], name: str, row: str, depth: int) -> Condition:
        target = self.known.get(target_of(model.__table__.columns[name]) or "")
        if target is None or not depth:
            return containing(f"CAST({row}.{name} AS TEXT)", self.text, self.dialect)
        its = f"sought_{next(self.numbers)}"
        way = self.in_any(target, [*known_by(target)], its, depth - 1)
        table = target.__table__.name
        sql = f"{row}.{name} IN (SELECT {its}.id FROM {table} AS {its} WHERE {way.sql})"  # noqa: S608 - names of declared tables
        return Condition(sql, way.parameters)
