"""`updated_at` of every row: an update that leaves it as it was sets it to the present.

It grows with every update of a row, by a millisecond at least, so that who reads what changed misses nothing.
"""

from collections.abc import Iterable

from sqlalchemy import Table

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_trigger
from schema.tables.columns import info_of
from schema.tables.moments import SQLITE_NOW

_PRESENT = """\
NEW.updated_at := greatest(date_trunc('milliseconds', clock_timestamp()), OLD.updated_at + interval '1 millisecond');
RETURN NEW;"""
_UNTOUCHED = "WHEN (NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at)"


def on_sqlite(tables: Iterable[Table]) -> Installation:
    """A trigger a table. A sort key is written after the row, by a trigger, and is no change of it."""
    later = SQLITE_NOW.replace("'now'", "OLD.updated_at, '+0.001 seconds'")
    return Installation.joined(
        sqlite_trigger(
            f"updated_at_{table.name}",
            f"AFTER UPDATE OF {', '.join(c.name for c in table.columns if not info_of(c).sorts)} ON {table.name}",
            # A text that is no moment has no next one.
            [f"UPDATE {table.name} SET updated_at = max({SQLITE_NOW}, coalesce({later}, '')) WHERE id = NEW.id"],
            when="NEW.updated_at IS OLD.updated_at",
        )
        for table in tables
    )


def on_postgresql(tables: Iterable[Table]) -> Installation:
    """One function, and a trigger a table."""
    names = (table.name for table in tables)
    triggers = (
        postgresql_trigger(f"updated_at_{name}", f"BEFORE UPDATE ON {name}", "updated_at", each=f"ROW {_UNTOUCHED}")
        for name in names
    )
    # It reads no table, so it needs no rights; and it runs for each row.
    return Installation.joined((postgresql_function("updated_at", _PRESENT, rights="SECURITY INVOKER"), *triggers))
