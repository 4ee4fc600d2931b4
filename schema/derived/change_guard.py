"""The history is only ever added to; while a pupil is being erased, what it holds of them may be taken away.

That an erasure is going on is told by an open row of `erasure`, as in `schema.derived.history`. On PostgreSQL only
triggers add changes, but for those that say that a table was loaded or a pupil erased.
"""

from typing import Final

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_refusal
from schema.history import Change, ChangeSeal, Operation

_MESSAGE: Final = "{table} is append-only"
_OPEN: Final = "EXISTS (SELECT 1 FROM erasure WHERE erasure.finished_at IS NULL{own})"
_ERASED: Final = {"change_log": ("key", "before", "after"), "change_seal": ("salt",)}
_KEPT: Final = {
    str(model.__table__.name): tuple(
        column.name
        for column in model.__table__.columns
        if column.name not in {*_ERASED[str(model.__table__.name)], "updated_at"}
    )
    for model in (Change, ChangeSeal)
}
_TAKEN: Final = {
    "change_log": "SELECT 1 FROM change_log WHERE id = NEW.id",
    "change_seal": "SELECT 1 FROM change_seal WHERE id = NEW.id OR change_id = NEW.change_id",
}


def on_sqlite() -> Installation:
    """REPLACE fires no trigger for the row it overwrites, so an insert over a row is refused before it happens."""
    return Installation.joined(
        sqlite_refusal(f"{table}_{name}", f"{event} ON {table}", _MESSAGE.format(table=table), when=when)
        for table in _ERASED
        for name, event, when in (
            ("update", "BEFORE UPDATE", f"NOT {_erases(table, 'IS NOT')}"),
            ("delete", "BEFORE DELETE", None),
            ("replace", "BEFORE INSERT", f"EXISTS ({_TAKEN[table]})"),
        )
    )


def on_postgresql() -> Installation:
    """A function a table, for it names the columns of its own."""
    own = " AND erasure.xmin = pg_current_xact_id()::xid"
    direct = f"pg_trigger_depth() = 0 AND NEW.operation NOT IN ('{Operation.LOAD}', '{Operation.ERASE}')"
    return Installation.joined(
        (
            *(
                part
                for table in _ERASED
                for part in (
                    postgresql_function(
                        table,
                        f"IF TG_OP = 'UPDATE' THEN IF {_erases(table, 'IS DISTINCT FROM', own)}"
                        f" THEN RETURN NEW; END IF; END IF;\nRAISE EXCEPTION '{_MESSAGE.format(table=table)}'"
                        f" USING ERRCODE = 'restrict_violation', TABLE = '{table}';",
                    ),
                    postgresql_trigger(f"{table}_change", f"BEFORE UPDATE OR DELETE ON {table}", table, each="ROW"),
                    postgresql_trigger(f"{table}_truncate", f"BEFORE TRUNCATE ON {table}", table),
                )
            ),
            postgresql_trigger(
                "change_log_insert", "BEFORE INSERT ON change_log", "change_log", each=f"ROW WHEN ({direct})"
            ),
        )
    )


def _erases(table: str, differs: str, own: str = "") -> str:
    """A condition: an update takes what can be erased away and nothing else, and an erasure is open."""
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _KEPT[table])
    erased = " AND ".join(f"NEW.{name} IS NULL" for name in _ERASED[table])
    return f"({erased} AND NOT ({changed}) AND {_OPEN.format(own=own)})"
