"""Sealing: what is committed gets its links, in the order of the commits, some at a time.

Of what can be seen and is not sealed the lowest number comes first. Changes of one row have their numbers in the order
of their commits (a number is taken while the row is locked); what is committed later is sealed later.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from hub.database import Database, WritingConnection
from hub.history import chain
from hub.identities.owner import OWNER
from schema.compiler.reading import Dialect
from schema.tables.columns import this_millisecond

AT_ONCE: Final = 2_000
"""Changes that one transaction seals."""

_NEAR: Final = 10_000
"""A change that was committed so many numbers late is found only when everything is looked through."""

# Two sealers of one PostgreSQL database take turns by this number; it means nothing else.
_TURN: Final = 7_256_148

_NEWEST: Final = (
    "SELECT coalesce((SELECT max(id) FROM change_log), 0), coalesce((SELECT max(change_id) FROM change_seal), 0)"
)
_HEAD: Final = "SELECT id, chain FROM change_seal ORDER BY id DESC LIMIT 1"
_PENDING: Final = (
    f"SELECT {', '.join(chain.COLUMNS)} FROM change_log WHERE id > $1"  # noqa: S608 - names declared
    " AND NOT EXISTS (SELECT 1 FROM change_seal WHERE change_seal.change_id = change_log.id)"
    f" ORDER BY id LIMIT {AT_ONCE}"
)
_INSERT: Final = {
    Dialect.SQLITE: (
        "INSERT INTO change_seal (id, change_id, salt, digest, chain, sealed_at) SELECT"
        " value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, $2 FROM json_each($1)"
    ),
    Dialect.POSTGRESQL: (
        "INSERT INTO change_seal (id, change_id, salt, digest, chain, sealed_at) SELECT"
        " (link ->> 0)::bigint, (link ->> 1)::bigint, link ->> 2, link ->> 3, link ->> 4, $2::timestamptz"
        " FROM json_array_elements($1::text::json) AS link"
    ),
}


async def seal_all(database: Database) -> int:
    """Seal whatever is committed; how many changes. Raises DatabaseError."""
    sealed = await seal_some(database, everything=True)
    count = sealed
    while sealed == AT_ONCE:
        sealed = await seal_some(database, everything=True)
        count += sealed
    return count


async def seal_some(database: Database, *, everything: bool) -> int:
    """Seal up to AT_ONCE changes in one transaction; how many. Without `everything` only what is near the newest."""
    if not everything and database.dialect is Dialect.SQLITE:
        # A look, which waits for nobody: one writer commits at a time, so numbers and commits are in one order.
        ((newest, sealed),) = await database.rows(_NEWEST)
        if newest <= sealed:
            return 0
    # To the service's role row-level security shows changes as to an administrator, or not at all.
    async with database.writing(identity=OWNER) as connection:
        if database.dialect is Dialect.POSTGRESQL:
            await connection.rows(f"SELECT pg_advisory_xact_lock({_TURN})")
        ((_, sealed),) = await connection.rows(_NEWEST)
        pending = await connection.rows(_PENDING, (0 if everything else max(0, sealed - _NEAR),))
        if pending:
            await _write(connection, database.dialect, pending)
        return len(pending)


async def _write(connection: WritingConnection, dialect: Dialect, pending: Sequence[tuple[Any, ...]]) -> None:
    found = await connection.rows(_HEAD)
    place, before = found[0] if found else (0, chain.FIRST)
    made = []
    for row in pending:
        link = chain.seal(chain.Recorded.of(row), before)
        place, before = place + 1, link.chain
        made.append((place, link.change, link.salt, link.digest, link.chain))
    await connection.rows(_INSERT[dialect], (json.dumps(made), this_millisecond()))
