"""The derived tables are written by the database alone: a write by hand that would make them untrue is refused."""

from typing import Final

from schema.derived.dependencies import BOTH
from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_refusal

_MESSAGE: Final = "{table} is kept by the database: write what it is derived from, such as grades and enrollments"


def on_sqlite() -> Installation:
    """A trigger cannot tell who writes, but it can tell whether a row is true."""
    return Installation.joined(
        sqlite_refusal(f"guard_{definition.table}_{name}", event, _MESSAGE.format(table=definition.table), when=when)
        for definition in BOTH
        for name, event, when in (
            (
                "insert",
                f"AFTER INSERT ON {definition.table}",
                f"{definition.repeats('NEW')} OR NOT {definition.holds('NEW')}",
            ),
            (
                "update",
                f"AFTER UPDATE OF {', '.join(definition.columns)} ON {definition.table}",
                f"NOT {definition.holds('NEW')}",
            ),
            ("delete", f"AFTER DELETE ON {definition.table}", definition.wants("OLD")),
        )
    )


def on_postgresql() -> Installation:
    """What writes them by right is a trigger itself, and so at a depth of its own."""
    refuse = f"RAISE EXCEPTION '{_MESSAGE.format(table='%')}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
    return Installation.joined(
        (
            postgresql_function("guard", refuse, rights="SECURITY INVOKER"),
            *(
                postgresql_trigger(
                    f"guard_{definition.table}",
                    f"BEFORE INSERT OR UPDATE OR DELETE ON {definition.table}",
                    "guard",
                    each="STATEMENT WHEN (pg_trigger_depth() = 0)",
                )
                for definition in BOTH
            ),
        )
    )
