"""Records every change on SQLite: row triggers, as short as can be, for every connection reads them all as it opens.

REPLACE fires no trigger for the rows that it overwrites, and no trigger can tell that a statement is one. So before a
row is added, those that it may overwrite are kept; once it is there, those of them that are gone were overwritten. What
is left over of a statement that overwrote nothing does no harm: a row that goes by itself is taken out again. An update
that would overwrite another row is refused, in the words that SQLite has for it.
"""

import re

from schema.derived import payloads
from schema.derived.recording import KEYS_STAY
from schema.derived.trigger import Installation, sqlite_trigger
from schema.history import Face, Operation, Recorded, recorded_tables
from schema.history.recorded import Unique

_INSERT = (
    "INSERT INTO change_log (table_name, row_id, student_id, former_student_id, operation, key, before, after,"
    " actor_key, actor_name, face)"
)
_WHO = f"w.actor_key, w.actor_name, coalesce(w.face, '{Face.SQL}')"
_ACTING = "LEFT JOIN acting_identity AS w"


def on_sqlite() -> Installation:
    """Five triggers a table."""
    return Installation.joined(part for table in recorded_tables() for part in _triggers(table))


def _triggers(table: Recorded) -> tuple[Installation, ...]:
    name = table.name
    written = ", ".join(column.name for column in table.columns if column.name != "id")
    unique = ", ".join(dict.fromkeys(("id", *(column for one in table.unique for column in one.columns))))
    alike = " OR ".join(("o.id = NEW.id", *(f"({_alike(table, one)})" for one in table.unique)))
    return (
        sqlite_trigger(
            f"record_{name}_keep",
            f"BEFORE INSERT ON {name}",
            (_let_go(table), _kept(table, alike)),
            when=f"EXISTS (SELECT 1 FROM {name} AS o WHERE {alike})",
        ),
        sqlite_trigger(
            f"record_{name}_insert", f"AFTER INSERT ON {name}", (_gone(table), _inserted(table), _let_go(table))
        ),
        sqlite_trigger(
            f"record_{name}_stay",
            f"BEFORE UPDATE OF {unique} ON {name}",
            (
                f"SELECT RAISE(ABORT, '{KEYS_STAY.format(table=name)}') WHERE OLD.id IS NOT NEW.id",
                *(_refused(table, one) for one in table.unique),
            ),
        ),
        sqlite_trigger(f"record_{name}_update", f"AFTER UPDATE OF {written} ON {name}", (_updated(table),)),
        sqlite_trigger(
            f"record_{name}_delete",
            f"AFTER DELETE ON {name}",
            (_deleted(table), f"{_let_go(table)} AND row_id = OLD.id"),
        ),
    )


def _alike(table: Recorded, unique: Unique) -> str:
    """A condition: a stored row `o` is one that `NEW` may not be beside."""
    same = [f"o.{column} = NEW.{column}" for column in unique.columns]
    if unique.where:
        own = re.compile(rf"\b({'|'.join(column.name for column in table.columns)})\b")
        same += [own.sub(rf"{row}.\1", unique.where) for row in ("o", "NEW")]
    return " AND ".join(same)


def _refused(table: Recorded, unique: Unique) -> str:
    columns = ", ".join(f"{table.name}.{column}" for column in unique.columns)
    other = f"SELECT 1 FROM {table.name} AS o WHERE o.id <> OLD.id AND {_alike(table, unique)}"
    return f"SELECT RAISE(ABORT, 'UNIQUE constraint failed: {columns}') WHERE EXISTS ({other})"


def _kept(table: Recorded, alike: str) -> str:
    row = (
        f"'{table.name}', o.id, {payloads.pupil(table, 'o')}, {payloads.natural_key(table, 'o', 'sqlite')},"
        f" {payloads.payload(table, 'o', 'sqlite')}"
    )
    return f"INSERT INTO overwritten_row SELECT {row} FROM {table.name} AS o WHERE {alike}"


def _let_go(table: Recorded) -> str:
    return f"DELETE FROM overwritten_row WHERE table_name = '{table.name}'"


def _gone(table: Recorded) -> str:
    """Records the rows that are no longer there."""
    return (
        f"{_INSERT} SELECT k.table_name, k.row_id, k.student_id, NULL, '{Operation.DELETE}', k.key, k.before, NULL,"
        f" {_WHO} FROM overwritten_row AS k {_ACTING} WHERE k.table_name = '{table.name}' AND k.row_id <> NEW.id"
        f" AND NOT EXISTS (SELECT 1 FROM {table.name} AS o WHERE o.id = k.row_id)"
    )


def _inserted(table: Recorded) -> str:
    """Records the new row, as an update where one of its key was overwritten."""
    # Whether an overwritten secret was the same is not known, so it is taken to be another.
    text = payloads.payload(table, "NEW", "sqlite", "k.row_id IS NOT NULL")
    joined = f"overwritten_row AS k ON k.table_name = '{table.name}' AND k.row_id = NEW.id"
    return (
        f"{_INSERT} SELECT '{table.name}', NEW.id, {payloads.pupil(table, 'NEW')}, {_former(table, 'k.student_id')},"
        f" CASE WHEN k.row_id IS NULL THEN '{Operation.INSERT}' ELSE '{Operation.UPDATE}' END,"
        f" {payloads.natural_key(table, 'NEW', 'sqlite')}, k.before, {text} AS made, {_WHO}"
        f" FROM (SELECT 1) LEFT JOIN {joined} {_ACTING} WHERE k.row_id IS NULL OR k.before <> made"
    )


def _updated(table: Recorded) -> str:
    before = payloads.payload(table, "OLD", "sqlite")
    after = payloads.payload(table, "NEW", "sqlite", "NEW.{column} IS NOT OLD.{column}")
    return (
        f"{_INSERT} SELECT '{table.name}', NEW.id, {payloads.pupil(table, 'NEW')},"
        f" {_former(table, payloads.pupil(table, 'OLD'))}, '{Operation.UPDATE}',"
        f" {payloads.natural_key(table, 'NEW', 'sqlite')}, c.before, c.after, {_WHO}"
        f" FROM (SELECT {before} AS before, {after} AS after) AS c {_ACTING} WHERE c.before <> c.after"
    )


def _deleted(table: Recorded) -> str:
    return (
        f"{_INSERT} SELECT '{table.name}', OLD.id, {payloads.pupil(table, 'OLD')}, NULL, '{Operation.DELETE}',"
        f" {payloads.natural_key(table, 'OLD', 'sqlite')}, {payloads.payload(table, 'OLD', 'sqlite')}, NULL, {_WHO}"
        f" FROM (SELECT 1) {_ACTING}"
    )


def _former(table: Recorded, former: str) -> str:
    return "NULL" if table.pupil is None else f"nullif({former}, {payloads.pupil(table, 'NEW')})"
