"""What the database derives by itself, kept true by triggers after any write, raw SQL included.

Each definition is written once and serves both engines. A loader of many rows may drop the triggers, load, refresh and
create them again, in that order and in one transaction; everyone else just writes. Dialects are "sqlite" and
"postgresql"; every statement runs as it is, one by one, through any driver.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from sqlalchemy import Table

from schema.derived import (
    append_only,
    change_guard,
    guard,
    history,
    overlap,
    postgresql_recording,
    postgresql_upkeep,
    recording,
    scope_change,
    sort_keys,
    sqlite_recording,
    sqlite_upkeep,
    updated_at,
)
from schema.derived.dependencies import BOTH
from schema.derived.trigger import READ_MARK, Installation, find_postgresql, find_sqlite, seal_postgresql
from schema.history import recorded_tables
from schema.tables import tables


def create_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that installs every trigger, in order."""
    made = _installation(dialect).create
    return made if dialect == "sqlite" else (*made, *seal_postgresql(_digest(made)))


def drop_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that removes every trigger; harmless where there are none."""
    return _installation(dialect).drop


def refresh_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that recomputes every derived table whole, and every sort key, where the triggers are dropped."""
    refill = (statement for definition in BOTH for statement in definition.refill())
    return (*refill, *(table.correct(dialect) for table in sort_keys.of(_declared())))


def load_statements(revision: str | None = None) -> tuple[str, ...]:
    """The SQL that records of each table that it was written past the triggers, by a ``revision`` if one is told."""
    return tuple(recording.load(table, revision) for table in recorded_tables())


def difference_queries(dialect: str) -> Mapping[str, str]:
    """For each table that holds something derived a query that counts the rows that differ from a recomputation."""
    sums = {definition.table: definition.difference() for definition in BOTH}
    return sums | {table.table: table.difference(dialect) for table in sort_keys.of(_declared())}


def remains(dialect: str, read: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The SQL that removes what any version installed; `read` gives the first column of a query's rows."""
    return tuple(read(find_sqlite("'DROP TRIGGER ' || name") if dialect == "sqlite" else find_postgresql()))


def is_installed(dialect: str, read: Callable[[str], list[str]]) -> bool:
    """Whether the triggers of this very version are there."""
    made = _installation(dialect).create
    if dialect == "sqlite":
        return sorted(read(find_sqlite("sql"))) == sorted(one for one in made if one.startswith("CREATE"))
    return read(READ_MARK) == [_digest(made)]


def _digest(statements: tuple[str, ...]) -> str:
    return sha256("\n".join(statements).encode()).hexdigest()


def _declared() -> tuple[Table, ...]:
    return tuple(model.__table__ for model in tables())


def _installation(dialect: str) -> Installation:
    declared = _declared()
    match dialect:
        case "sqlite":
            modules = (
                overlap.on_sqlite(),
                history.on_sqlite(),
                sqlite_upkeep.on_sqlite(),
                guard.on_sqlite(),
                append_only.on_sqlite(),
                change_guard.on_sqlite(),
                sqlite_recording.on_sqlite(),
                scope_change.on_sqlite(),
            )
            rows = (updated_at.on_sqlite(declared), sort_keys.on_sqlite(declared))
            return Installation.joined((*rows, *modules))
        case "postgresql":
            modules = (
                overlap.on_postgresql(),
                history.on_postgresql(),
                postgresql_upkeep.on_postgresql(),
                guard.on_postgresql(),
                append_only.on_postgresql(),
                change_guard.on_postgresql(),
                postgresql_recording.on_postgresql(),
                scope_change.on_postgresql(),
            )
            rows = (updated_at.on_postgresql(declared), sort_keys.on_postgresql(declared))
            return Installation.joined((*rows, *modules))
        case _:
            raise ValueError(f"{dialect!r} is no engine the hub knows: give 'sqlite' or 'postgresql'")
