"""What is a teacher's, kept on one connection of SQLite: the sets of keys that the policy names.

Each set stands in a table of the connection's own temporary database, and lasts until something changes that sets are
made of. Not until anything changes: the log of reads is written several times a second. A table holds the keys of one
teacher alone: in one of all teachers' keys, each beside its teacher's, a row took longer to look up.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from schema.compiler.scoping import own_set
from schema.derived.scope_change import NUMBER

SLOTS: Final = 8
"""So many teachers' sets a connection keeps, those of the teachers who asked last."""
FEW: Final = 500
"""Up to so many keys SQLite may find rows by a set, and not only tell by it the rows it found by something else."""

_TOLD: Final = re.compile(r"\+([\w.]+) IN \(SELECT id FROM temp\.(\w+)\)")
_NUMBER: Final = NUMBER.format(schema="main.")


@dataclass(slots=True)
class _Slot:
    """A teacher's sets: the number that ends their tables' names, and which are filled.

    Of these some are of ``few`` keys, and some of more that are a ``run``: all numbers from the least to the greatest.
    """

    number: int
    filled: set[str] = field(default_factory=set)
    few: frozenset[str] = frozenset()
    runs: frozenset[str] = frozenset()


@dataclass(slots=True)
class TeacherSets:
    """The sets that one connection has; each is filled when a statement first names it for a teacher."""

    raw: sqlite3.Connection
    _slots: dict[int, _Slot] = field(default_factory=dict)
    """By teacher; who asked last comes last."""
    _version: int | None = None

    def read(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any], teacher: int | None) -> list[sqlite3.Row]:
        """Give a statement's rows; the sets that it names, if any, are the teacher's, and of the same snapshot."""
        if teacher is None:
            return self.raw.execute(sql, parameters).fetchall()
        if self.raw.in_transaction:
            return self.raw.execute(self._prepare(sql, teacher), parameters).fetchall()
        self.raw.execute("BEGIN")
        try:
            rows = self.raw.execute(self._prepare(sql, teacher), parameters).fetchall()
        except BaseException:
            self.raw.execute("ROLLBACK")
            self.forget()
            raise
        self.raw.execute("COMMIT")
        return rows

    def forget(self) -> None:
        """Trust nothing that was filled: a transaction was rolled back."""
        self._version = None

    def _prepare(self, sql: str, teacher: int) -> str:
        """The statement over the teacher's own tables, which hold what they must of this snapshot."""
        (version,) = self.raw.execute(_NUMBER).fetchone()
        if version != self._version:
            self._slots.clear()
        slot = self._slot(teacher)
        if missing := [name for name in _named(sql) if name not in slot.filled]:
            self.raw.execute("PRAGMA query_only = OFF")
            try:
                for name in missing:
                    self._fill(name, slot, teacher)
            finally:
                self.raw.execute("PRAGMA query_only = ON")
        self._version = version
        return _over_slot(sql, slot.number, slot.few, slot.runs)

    def _slot(self, teacher: int) -> _Slot:
        slot = self._slots.pop(teacher, None)
        if slot is None:
            number = len(self._slots) if len(self._slots) < SLOTS else self._slots.pop(next(iter(self._slots))).number
            slot = _Slot(number)
        self._slots[teacher] = slot
        return slot

    def _fill(self, name: str, slot: _Slot, teacher: int) -> None:
        table = f"temp.{name}_{slot.number}"
        self.raw.execute(f"CREATE TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")
        self.raw.execute(f"DELETE FROM {table}")
        keys = f"SELECT id FROM ({own_set(name, '?1')})"
        self.raw.execute(f"INSERT OR IGNORE INTO {table} {keys}", (teacher,))
        (count, between) = self.raw.execute(f"SELECT count(*), max(id) - min(id) + 1 FROM {table}").fetchone()
        slot.filled.add(name)
        if count <= FEW:
            slot.few |= {name}
        elif count == between:
            slot.runs |= {name}


@lru_cache(1024)
def _named(sql: str) -> tuple[str, ...]:
    """The names of the sets that a statement is told by."""
    return tuple(dict.fromkeys(name for _, name in _TOLD.findall(sql)))


@lru_cache(1024)
def _over_slot(sql: str, number: int, few: frozenset[str], runs: frozenset[str]) -> str:
    """A statement over the tables of a slot. A plus before a column keeps SQLite from finding rows by it."""

    def told(found: re.Match[str]) -> str:
        column, name = found[1], found[2]
        table = f"temp.{name}_{number}"
        if name in runs:
            # The same keys, told without looking one up.
            return f"(+{column} BETWEEN (SELECT min(id) FROM {table}) AND (SELECT max(id) FROM {table}))"
        return f"{'' if name in few else '+'}{column} IN (SELECT id FROM {table})"

    return _TOLD.sub(told, sql)
