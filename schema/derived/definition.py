"""What a derived table is: ONE select that says what it must hold, and the SQL that makes it so.

All of it reads alike on SQLite and PostgreSQL. A scope narrows a statement to the rows a write touched: SQL with
`{student}` and, if it says so, `{year}` where the columns of that name stand. Rows that stay true keep their keys and
their `updated_at`: keys are ids in the graph, and SQLite would give a freed key to another pupil.
"""

from dataclasses import dataclass

EVERYONE = "true"
"""The scope of all rows."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A derived table.

    `keys` tell a row from all others (one may be null, and is then compared as 0); `values` are never null. `select`
    gives keys and values by their names, with `{scope}` in its WHERE; `student` and `year` are the expressions that
    a scope's placeholders stand for there.
    """

    table: str
    keys: tuple[str, ...]
    nullable: str | None
    values: tuple[str, ...]
    select: str
    student: str
    year: str

    def merge(self, scope: str = EVERYONE) -> tuple[str, ...]:
        """The statements that make the stored rows of a scope what they must be."""
        return (self._correct(scope), self._remove(scope), self._add(scope))

    def correct(self, scope: str = EVERYONE) -> tuple[str, ...]:
        """As `merge`, for a write that can change values and no key."""
        return (self._correct(scope),)

    def refill(self) -> tuple[str, ...]:
        """The statements that empty the table and fill it again: the fastest way, but every row gets a new key."""
        return (f"DELETE FROM {self.table}", f"INSERT INTO {self.table} ({self._columns}) {self._now(EVERYONE)}")

    def difference(self) -> str:
        """A query for the number of rows that are stored and should not be, should be and are not, or are twice."""
        stored = f"SELECT {self._columns} FROM {self.table}"
        now = f"SELECT {self._columns} FROM ({self._now(EVERYONE)}) AS n"
        return (
            f"SELECT (SELECT count(*) FROM ({stored} EXCEPT {now}) AS surplus)\n"
            f"  + (SELECT count(*) FROM ({now} EXCEPT {stored}) AS missing)\n"
            f"  + (SELECT count(*) FROM {self.table})\n"
            f"  - (SELECT count(*) FROM (SELECT DISTINCT {self._key(self.table)} FROM {self.table}) AS apart)"
        )

    def holds(self, row: str) -> str:
        """A condition: a row such as `NEW` is as it must be."""
        return f"EXISTS ({self._of(row)} AND ({self._listed('n', self.values)}) = ({self._listed(row, self.values)}))"

    def wants(self, row: str) -> str:
        """A condition: there must be a row with the keys of one such as `OLD`."""
        return f"EXISTS ({self._of(row)})"

    def repeats(self, row: str) -> str:
        """A condition: another stored row has the keys of one such as `NEW`."""
        other = f"other.id <> {row}.id AND ({self._key('other')}) = ({self._key(row)})"
        return f"EXISTS (SELECT 1 FROM {self.table} AS other WHERE {other})"

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys and values, in order."""
        return (*self.keys, *self.values)

    @property
    def _columns(self) -> str:
        return ", ".join(self.columns)

    def _of(self, row: str) -> str:
        scope = f"{{student}} = {row}.student_id AND {{year}} = {row}.academic_year_id"
        return f"SELECT 1 FROM (\n{self._now(scope)}\n) AS n WHERE ({self._key('n')}) = ({self._key(row)})"

    @staticmethod
    def _listed(source: str, columns: tuple[str, ...]) -> str:
        return ", ".join(f"{source}.{column}" for column in columns)

    def _key(self, source: str) -> str:
        return ", ".join(
            f"coalesce({source}.{key}, 0)" if key == self.nullable else f"{source}.{key}" for key in self.keys
        )

    def _now(self, scope: str) -> str:
        return self.select.format(scope=scope.format(student=self.student, year=self.year))

    def _stored(self, scope: str) -> str:
        return scope.format(student=f"{self.table}.student_id", year=f"{self.table}.academic_year_id")

    def _correct(self, scope: str) -> str:
        assignments = ", ".join(f"{value} = n.{value}" for value in self.values)
        stored = self._listed(self.table, self.values)
        now = self._listed("n", self.values)
        return (
            f"UPDATE {self.table} SET {assignments}\nFROM (\n{self._now(scope)}\n) AS n\n"
            f"WHERE ({self._key(self.table)}) = ({self._key('n')}) AND ({stored}) <> ({now})"
        )

    def _remove(self, scope: str) -> str:
        # IN, for SQLite searches NOT IN of several columns row by row.
        return (
            f"DELETE FROM {self.table} WHERE {self._stored(scope)} AND ({self._key(self.table)}) IN (\n"
            f"SELECT {self._key(self.table)} FROM {self.table} WHERE {self._stored(scope)}\n"
            f"EXCEPT SELECT {self._key('n')} FROM (\n{self._now(scope)}\n) AS n)"
        )

    def _add(self, scope: str) -> str:
        wanted = self._listed("n", self.columns)
        return (
            f"INSERT INTO {self.table} ({self._columns})\nSELECT {wanted} FROM (\n{self._now(scope)}\n) AS n\n"
            f"LEFT JOIN {self.table} ON ({self._key(self.table)}) = ({self._key('n')})\n"
            f"WHERE {self.table}.id IS NULL"
        )
