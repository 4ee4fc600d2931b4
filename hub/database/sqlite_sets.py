"""What is a teacher's, kept on one connection of SQLite: the sets of keys that the policy names.

They stand in the connection's own temporary database, of many teachers in one table, and last until something changes
that they are made of. Not until anything changes: the log of reads is written several times a second.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schema.compiler.scoping import TEACHER_BITS, own_set
from schema.derived.scope_change import NUMBER
from schema.policy import SETS

_NAMED: Final = re.compile(r"\btemp\.(\w+)")
_NUMBER: Final = NUMBER.format(schema="main.")
_MOST_KEPT: Final = 256
"""Sets of one connection."""


@dataclass(slots=True)
class TeacherSets:
    """The sets that one connection has; each is filled when a statement first names it for a teacher."""

    raw: sqlite3.Connection
    _filled: set[tuple[str, int]] = field(default_factory=set)
    _version: int | None = None

    def read(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any], teacher: int) -> list[sqlite3.Row]:
        """Give a statement's rows; the sets that it names are of the same snapshot."""
        if self.raw.in_transaction:
            self._prepare(sql, teacher)
            return self.raw.execute(sql, parameters).fetchall()
        self.raw.execute("BEGIN")
        try:
            self._prepare(sql, teacher)
            rows = self.raw.execute(sql, parameters).fetchall()
        except BaseException:
            self.raw.execute("ROLLBACK")
            self.forget()
            raise
        self.raw.execute("COMMIT")
        return rows

    def forget(self) -> None:
        """Trust nothing that was filled: a transaction was rolled back."""
        self._version = None

    def _prepare(self, sql: str, teacher: int) -> None:
        (version,) = self.raw.execute(_NUMBER).fetchone()
        wanted = [(name, teacher) for name in dict.fromkeys(_NAMED.findall(sql)) if name in SETS]
        missing = [one for one in wanted if one not in self._filled]
        is_stale = version != self._version or len(self._filled) + len(missing) > _MOST_KEPT
        if not is_stale and not missing:
            return
        self.raw.execute("PRAGMA query_only = OFF")
        try:
            if is_stale:
                self._empty()
                missing = wanted
            for name, _ in missing:
                self._fill(name, teacher)
        finally:
            self.raw.execute("PRAGMA query_only = ON")
        self._filled.update(missing)
        self._version = version

    def _empty(self) -> None:
        self._filled.clear()
        for name in SETS:
            self.raw.execute(f"CREATE TABLE IF NOT EXISTS temp.{name} (id INTEGER PRIMARY KEY)")
            self.raw.execute(f"DELETE FROM temp.{name}")

    def _fill(self, name: str, teacher: int) -> None:
        # A key that does not fit beside the teacher's is left out, rather than taken for another teacher's.
        fits = f"id < {1 << TEACHER_BITS} AND ?1 < {1 << TEACHER_BITS - 1}"
        keys = f"SELECT ?1 << {TEACHER_BITS} | id FROM ({own_set(name, '?1')}) WHERE {fits}"
        self.raw.execute(f"INSERT OR IGNORE INTO temp.{name} {keys}", (teacher,))
