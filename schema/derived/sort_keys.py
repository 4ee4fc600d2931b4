"""Sort keys: beside each column of Thai words the one that sorts them, as `schema.rules.thai_text` makes it.

The expressions below are that rule in the SQL of each engine; a test compares them with it.
"""

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Final

from sqlalchemy import Table

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_trigger
from schema.rules.thai_text import AM, CONSONANT, LEADING_VOWEL, MARKS, SEPARATOR, SPLIT_AM, THAI_DIGITS
from schema.tables.columns import sorted_by

_PAIR: Final = f"{LEADING_VOWEL}{CONSONANT}"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A table with columns of Thai words; ``keys`` gives for each the column that sorts it."""

    table: str
    keys: dict[str, str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose writing can make a key wrong: the words, and the keys themselves."""
        return (*self.keys, *self.keys.values())

    def correct(self, dialect: str) -> str:
        """The statement that makes every key what it must be, and writes no row that is so already."""
        return f"{self.update(dialect, self.table)} WHERE {self._is_wrong(dialect)}"

    def update(self, dialect: str, row: str) -> str:
        """An UPDATE, up to its WHERE, that sets the keys to those of the words of a row such as `NEW`."""
        return f"UPDATE {self.table} SET {', '.join(self.assign(dialect, row, '='))}"

    def assign(self, dialect: str, row: str, sign: str) -> Iterator[str]:
        """Each key beside what it must be for the words of a row, with a sign between."""
        return (f"{key} {sign} {_MAKE[dialect](f'{row}.{words}')}" for words, key in self.keys.items())

    def difference(self, dialect: str) -> str:
        """A query for the number of rows with a key that is not what it must be."""
        return f"SELECT count(*) FROM {self.table} WHERE {self._is_wrong(dialect)}"

    def _is_wrong(self, dialect: str) -> str:
        return " OR ".join(self.assign(dialect, self.table, _DIFFERS[dialect]))


def of(tables: Iterable[Table]) -> tuple[Sorted, ...]:
    """Those of the tables that have columns of Thai words."""
    found = (
        Sorted(table.name, {column.name: key for column in table.columns if (key := sorted_by(column))})
        for table in tables
    )
    return tuple(table for table in found if table.keys)


def on_sqlite(tables: Iterable[Table]) -> Installation:
    """Two triggers a table. They write the row again, for on SQLite no trigger can change what is being written."""
    return Installation.joined(
        sqlite_trigger(
            f"sort_key_{table.table}_{name}",
            f"AFTER {event} ON {table.table}",
            [f"{table.update('sqlite', 'NEW')} WHERE id = NEW.id"],
            when=when,
        )
        for table in of(tables)
        for name, event, when in (
            ("insert", "INSERT", None),
            # With recursive triggers it ends too: writing a key again does not change it.
            ("update", f"UPDATE OF {', '.join(table.columns)}", _changed(table)),
        )
    )


def on_postgresql(tables: Iterable[Table]) -> Installation:
    """A function and a trigger a table."""
    return Installation.joined(
        part
        for table in of(tables)
        for part in (
            # It reads no table, so it needs no rights; and it runs for each row.
            postgresql_function(
                f"sort_key_{table.table}",
                "".join(f"NEW.{part};\n" for part in table.assign("postgresql", "NEW", ":=")) + "RETURN NEW;",
                rights="SECURITY INVOKER",
            ),
            postgresql_trigger(
                f"sort_key_{table.table}",
                f"BEFORE INSERT OR UPDATE OF {', '.join(table.columns)} ON {table.table}",
                f"sort_key_{table.table}",
                each="ROW",
            ),
        )
    )


def _changed(table: Sorted) -> str:
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in table.columns)


def _on_sqlite(words: str) -> str:
    """The key of an expression; by character where a vowel leads, for there are no regular expressions."""
    same = [*((mark, "") for mark in MARKS), (SPLIT_AM, AM), *zip(THAI_DIGITS, string.digits, strict=True)]
    letters = reduce(lambda sql, pair: f"replace({sql}, '{pair[0]}', '{pair[1]}')", same, words)
    return f"""\
(SELECT CASE WHEN letters GLOB '*{_PAIR}*' THEN (
  SELECT group_concat(substr(letters, place.key + CASE
    WHEN substr(letters, place.key + 1, 2) GLOB '{_PAIR}' THEN 2
    WHEN substr(letters, place.key, 2) GLOB '{_PAIR}' THEN 0
    ELSE 1 END, 1), '')
  FROM json_each('[0' || replace(hex(zeroblob(length(letters) - 1)), '00', ',0') || ']') AS place)
  ELSE letters END
FROM (SELECT lower({letters}) AS letters LIMIT 1)) || char({ord(SEPARATOR)}) || {words}"""


def _on_postgresql(words: str) -> str:
    """The key of an expression."""
    alike = THAI_DIGITS + string.ascii_uppercase
    plain = string.digits + string.ascii_lowercase
    letters = f"replace(translate({words}, '{MARKS}', ''), '{SPLIT_AM}', '{AM}')"
    swapped = f"regexp_replace({letters}, '({LEADING_VOWEL})({CONSONANT})', '\\2\\1', 'g')"
    return f"translate({swapped}, '{alike}', '{plain}') || chr({ord(SEPARATOR)}) || {words}"


_MAKE: Final = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
_DIFFERS: Final = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
