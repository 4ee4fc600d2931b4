"""`updated_at` of every row: an update that leaves it as it was sets it to the present.

It grows with every update of a row, by a millisecond at least, so that who reads what changed misses nothing.
"""

from collections.abc import Iterable

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_trigger
from schema.tables.moments import SQLITE_NOW

_PRESENT = """\
NEW.updated_at := greatest(date_trunc('milliseconds', clock_timestamp()), OLD.updated_at + interval '1 millisecond');
RETURN NEW;"""
_UNTOUCHED = "WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at)"


def on_sqlite(tables: Iterable[str]) -> Installation:
    """A trigger a table."""
    later = SQLITE_NOW.replace("'now'", "OLD.updated_at, '+0.001 seconds'")
    return Installation.joined(
        sqlite_trigger(
            f"updated_at_{table}",
            f"AFTER UPDATE ON {table}",
            # A text that is no moment has no next one.
            [f"UPDATE {table} SET updated_at = max({SQLITE_NOW}, coalesce({later}, '')) WHERE id = NEW.id"],
            when="NEW.updated_at IS OLD.updated_at",
        )
        for table in tables
    )


def on_postgresql(tables: Iterable[str]) -> Installation:
    """One function, and a trigger a table."""
    triggers = (
        postgresql_trigger(f"updated_at_{table}", f"BEFORE UPDATE ON {table}", "updated_at", each=f"ROW {_UNTOUCHED}")
        for table in tables
    )
    # It reads no table, so it needs no rights; and it runs for each row.
    return Installation.joined((postgresql_function("updated_at", _PRESENT, rights="SECURITY INVOKER"), *triggers))
