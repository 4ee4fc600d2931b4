"""What the database derives by itself, kept true by triggers after any write, raw SQL included.

Each definition is written once and serves both engines. A loader of many rows may drop the triggers, load, refresh and
create them again, in that order and in one transaction; everyone else just writes. Dialects are "sqlite" and
"postgresql"; every statement runs as it is, one by one, through any driver.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from schema.derived import guard, history, overlap, postgresql_upkeep, sqlite_upkeep, updated_at
from schema.derived.dependencies import BOTH
from schema.derived.trigger import READ_MARK, Installation, find_postgresql, find_sqlite, seal_postgresql
from schema.tables import tables


def create_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that installs every trigger, in order."""
    made = _installation(dialect).create
    return made if dialect == "sqlite" else (*made, *seal_postgresql(_digest(made)))


def drop_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that removes every trigger; harmless where there are none."""
    return _installation(dialect).drop


def refresh_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that recomputes every derived table whole, on a database whose triggers are dropped."""
    del dialect
    return tuple(statement for definition in BOTH for statement in definition.refill())


def difference_queries() -> Mapping[str, str]:
    """For each derived table a query, for either engine, that counts what differs from a recomputation."""
    return {definition.table: definition.difference() for definition in BOTH}


def remains(dialect: str, read: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The SQL that removes what any version installed; `read` gives the first column of a query's rows."""
    return tuple(read(find_sqlite("'DROP TRIGGER ' || name") if dialect == "sqlite" else find_postgresql()))


def is_installed(dialect: str, read: Callable[[str], list[str]]) -> bool:
    """Whether the triggers of this very version are there."""
    made = _installation(dialect).create
    if dialect == "sqlite":
        return sorted(read(find_sqlite("sql"))) == sorted(made)
    return read(READ_MARK) == [_digest(made)]


def _digest(statements: tuple[str, ...]) -> str:
    return sha256("\n".join(statements).encode()).hexdigest()


def _installation(dialect: str) -> Installation:
    names = tuple(str(model.__tablename__) for model in tables())
    match dialect:
        case "sqlite":
            modules = (overlap.on_sqlite(), history.on_sqlite(), sqlite_upkeep.on_sqlite(), guard.on_sqlite())
            return Installation.joined((updated_at.on_sqlite(names), *modules))
        case "postgresql":
            modules = (
                overlap.on_postgresql(),
                history.on_postgresql(),
                postgresql_upkeep.on_postgresql(),
                guard.on_postgresql(),
            )
            return Installation.joined((updated_at.on_postgresql(names), *modules))
        case _:
            raise ValueError(f"{dialect!r} is no engine the hub knows: give 'sqlite' or 'postgresql'")
