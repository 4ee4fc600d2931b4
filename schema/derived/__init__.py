"""What the database derives by itself, kept true by triggers after any write, raw SQL included.

Each definition is written once and serves both engines. A loader of many rows may drop the triggers, load, refresh and
create them again, in one transaction; everyone else just writes.
"""

from collections.abc import Mapping

from schema.derived import history, overlap, postgresql_upkeep, sqlite_upkeep, updated_at
from schema.derived.dependencies import BOTH
from schema.derived.trigger import POSTGRESQL_SEARCH_PATH, PREFIX, Installation
from schema.tables import tables

__all__ = ["PREFIX", "create_statements", "difference_queries", "drop_statements", "refresh_statements"]


def create_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that installs every trigger on `dialect` ("sqlite" or "postgresql"), in order."""
    return _installation(dialect).create


def drop_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that removes every trigger; harmless where there are none."""
    return _installation(dialect).drop


def refresh_statements(dialect: str) -> tuple[str, ...]:
    """The SQL that recomputes every derived table whole; run it while the triggers are dropped, for speed."""
    del dialect
    return tuple(statement for definition in BOTH for statement in definition.refill())


def difference_queries() -> Mapping[str, str]:
    """For each derived table a query, for either engine, that counts what differs from a recomputation."""
    return {definition.table: definition.difference() for definition in BOTH}


def _installation(dialect: str) -> Installation:
    names = tuple(str(model.__tablename__) for model in tables())
    match dialect:
        case "sqlite":
            return Installation.joined(
                (updated_at.on_sqlite(names), overlap.on_sqlite(), history.on_sqlite(), sqlite_upkeep.on_sqlite())
            )
        case "postgresql":
            return Installation.joined(
                (
                    updated_at.on_postgresql(names),
                    overlap.on_postgresql(),
                    history.on_postgresql(),
                    postgresql_upkeep.on_postgresql(),
                    Installation((POSTGRESQL_SEARCH_PATH,), ()),
                )
            )
        case _:
            raise ValueError(f"{dialect!r} is no engine the hub knows: give 'sqlite' or 'postgresql'")
