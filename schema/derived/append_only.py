"""What is only ever added to: the log of reads, and the record of erasures.

Entries of the log may go when they are older than they have to be kept; an erasure may be finished, once.
"""

from typing import Final

from schema.derived.trigger import (
    Installation,
    postgresql_function,
    postgresql_trigger,
    sqlite_refusal,
)

KEPT_DAYS: Final = 730
"""Days for which a read stays in the log at least: two years, the longest the Computer Crime Act may ask for."""

_MESSAGE: Final = "{table} is append-only"
_YOUNG: Final = f"reads are kept for {KEPT_DAYS} days"
_READ: Final = "SELECT 1 FROM read_log WHERE read_log.id = OLD.read_id AND read_log.at >= {oldest}"
_SQLITE_OLDEST: Final = f"strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-{KEPT_DAYS} days')"
_POSTGRESQL_OLDEST: Final = f"now() - interval '{KEPT_DAYS} days'"
_FINISHES: Final = (
    "OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL AND NEW.id = OLD.id AND NEW.student_id = OLD.student_id"
    " AND NEW.begun_at = OLD.begun_at AND NEW.erased_by = OLD.erased_by AND NEW.reason = OLD.reason"
)
_TABLES: Final = ("read_log", "read_log_pupil", "erasure")


def on_sqlite() -> Installation:
    """REPLACE fires no trigger for the row it overwrites, so an insert over a row is refused before it happens.

    Not of a pupil in a read, which is all key: what overwrites it is the same.
    """
    refusals = [
        ("read_log", "update", "BEFORE UPDATE", None),
        ("read_log", "delete", "BEFORE DELETE", f"OLD.at >= {_SQLITE_OLDEST}"),
        ("read_log", "replace", "BEFORE INSERT", "EXISTS (SELECT 1 FROM read_log WHERE id = NEW.id)"),
        ("read_log_pupil", "update", "BEFORE UPDATE", None),
        ("read_log_pupil", "delete", "BEFORE DELETE", f"EXISTS ({_READ.format(oldest=_SQLITE_OLDEST)})"),
        ("erasure", "update", "BEFORE UPDATE", f"NOT ({_FINISHES})"),
        ("erasure", "delete", "BEFORE DELETE", None),
        ("erasure", "replace", "BEFORE INSERT", "EXISTS (SELECT 1 FROM erasure WHERE id = NEW.id)"),
    ]
    return Installation.joined(
        sqlite_refusal(f"append_{table}_{name}", f"{event} ON {table}", _message(table, name), when=when)
        for table, name, event, when in refusals
    )


def on_postgresql() -> Installation:
    """A function a table, for it names the columns of its own."""
    let_through = {
        "read_log": f"IF TG_OP = 'DELETE' THEN IF OLD.at < {_POSTGRESQL_OLDEST} THEN RETURN OLD; END IF; END IF;",
        "read_log_pupil": (
            "IF TG_OP = 'DELETE' THEN"
            f" IF NOT EXISTS ({_READ.format(oldest=_POSTGRESQL_OLDEST)}) THEN RETURN OLD; END IF; END IF;"
        ),
        "erasure": f"IF TG_OP = 'UPDATE' THEN IF {_FINISHES} THEN RETURN NEW; END IF; END IF;",
    }
    return Installation.joined(
        part
        for table in _TABLES
        for part in (
            postgresql_function(
                f"append_{table}",
                f"{let_through[table]}\nRAISE EXCEPTION '{_MESSAGE.format(table=table)}'"
                f" USING ERRCODE = 'restrict_violation', TABLE = '{table}';",
            ),
            postgresql_trigger(f"append_{table}", f"BEFORE UPDATE OR DELETE ON {table}", f"append_{table}", each="ROW"),
            postgresql_trigger(f"append_{table}_truncate", f"BEFORE TRUNCATE ON {table}", f"append_{table}"),
        )
    )


def _message(table: str, name: str) -> str:
    message = _MESSAGE.format(table=table)
    return f"{message}; {_YOUNG}" if name == "delete" and table != "erasure" else message
