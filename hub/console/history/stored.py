"""Changes as they are read for a page: a list without what rows hold, and one with all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from hub.console.history.asked import Asked, Value, condition_of, pupils_tables
from hub.database import Snapshot, moment
from schema.compiler.reading import Dialect

PAGE: Final = 50
"""Changes of a page of the list."""

_FACTS: Final = (
    "c.id, c.table_name, c.row_id, c.student_id, c.former_student_id, c.operation, c.at, c.actor_key, c.actor_name,"
    " c.face, c.key, EXISTS (SELECT 1 FROM change_seal AS s WHERE s.change_id = c.id) AS sealed"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change; of a list without `before` and `after`."""

    number: int
    table: str
    row: int | None
    pupils: frozenset[int]
    operation: str
    at: datetime
    actor_key: str | None
    actor_name: str | None
    face: str
    key: str | None
    sealed: bool
    before: str | None = None
    after: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """A row as the driver gives it."""
        return cls(
            row["id"],
            row["table_name"],
            row["row_id"],
            frozenset(key for key in (row["student_id"], row["former_student_id"]) if key is not None),
            row["operation"],
            moment(row["at"]),
            row["actor_key"],
            row["actor_name"],
            row["face"],
            row["key"],
            bool(row["sealed"]),
            row.get("before"),
            row.get("after"),
        )

    @property
    def is_of_pupil(self) -> bool:
        """Whether the row is a record of a pupil, so that what it holds is personal."""
        return bool(self.pupils) or self.table in pupils_tables()


async def page_of(snapshot: Snapshot, asked: Asked) -> tuple[list[Change], bool]:
    """The newest changes that are asked for, and whether there are more."""
    found = [Change.of(row) for row in await snapshot.records(*page_sql(asked, snapshot.dialect))]
    return found[:PAGE], len(found) > PAGE


def page_sql(asked: Asked, dialect: Dialect) -> tuple[str, list[Value]]:
    """The statement of a page, and one change more; with its parameters."""
    condition, values = condition_of(asked, dialect)
    sql = f"SELECT {_FACTS} FROM change_log AS c WHERE {condition} ORDER BY c.id DESC LIMIT {PAGE + 1}"  # noqa: S608 - values are bound
    return sql, values


async def one_of(snapshot: Snapshot, number: int) -> Change | None:
    """The change of a number, whole."""
    sql = f"SELECT {_FACTS}, c.before, c.after FROM change_log AS c WHERE c.id = $1"  # noqa: S608 - no values in it
    found = await snapshot.records(sql, (number,))
    return Change.of(found[0]) if found else None
