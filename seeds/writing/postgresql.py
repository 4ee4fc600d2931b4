"""Bulk writing into PostgreSQL, by COPY in its text format: the server reads the same texts as SQLite."""

# ruff: noqa: S608 - the statements name declared tables and columns alone

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from io import BytesIO
from typing import Any

import asyncpg  # type: ignore[import-untyped]

from schema import derived
from seeds.city import Portion
from seeds.rows import COLUMNS, Row
from seeds.writing import links
from seeds.writing.steps import TABLES, Report, require_empty, require_tables

_INDEXES = """
SELECT c.relname, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relname = ANY($1)
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY t.relname, c.relname
"""
_FOREIGN_KEYS = """
SELECT t.relname, o.conname, pg_get_constraintdef(o.oid)
FROM pg_constraint o JOIN pg_class t ON t.oid = o.conrelid
JOIN pg_class r ON r.oid = o.confrelid
WHERE o.contype = 'f' AND t.relnamespace = current_schema()::regnamespace
AND (t.relname = ANY($1) OR r.relname = ANY($1))
ORDER BY t.relname, o.conname
"""
_PRESENT = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
_NULL = "None"
"""Python's word for it is written as it stands: no name, code or reason is that word."""


async def write(url: str, portions: Iterator[Portion], report: Report, *, force: bool) -> None:
    """Write all rows in one transaction, or none. Raises SeedRefused, or what asyncpg raises.

    The role must own the tables. Readers wait until the end: the tables are emptied and their indexes made anew.
    """
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await _replace_all(connection, portions, report, force=force)
        report.finishing(1, 1, "statistics")
        # Not inside a transaction. Sees to the visibility map of the derived tables too: index-only scans need it.
        await connection.execute(f"VACUUM (ANALYZE) {_list(TABLES)}")
    finally:
        await connection.close()
    report.finished()


async def _replace_all(connection: Any, portions: Iterator[Portion], report: Report, *, force: bool) -> None:  # noqa: ANN401
    names = list(TABLES)
    require_tables({row[0] for row in await connection.fetch(_PRESENT)})
    # No one else writes, or seeds, between the look and the end.
    await connection.execute(f"LOCK TABLE {_list(TABLES)} IN SHARE ROW EXCLUSIVE MODE")
    require_empty(iter(await _filled(connection)), force=force)
    for statement in derived.drop_statements("postgresql"):
        await connection.execute(statement)
    foreign_keys = [tuple(row) for row in await connection.fetch(_FOREIGN_KEYS, names)]
    indexes = [tuple(row) for row in await connection.fetch(_INDEXES, names)]
    for table, constraint, _ in foreign_keys:
        await connection.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
    for index, _ in indexes:
        await connection.execute(f'DROP INDEX "{index}"')
    for statement in links.LOOSEN:
        await connection.execute(statement)
    # Rows copied into a table that this transaction emptied are frozen at once.
    await connection.execute(f"TRUNCATE {_list(TABLES)}")
    async for portion, texts in _encode_ahead(portions):
        for table, text in texts.items():
            await connection.copy_to_table(
                table, source=BytesIO(text), columns=COLUMNS[table], format="text", null=_NULL, freeze=True
            )
        report.wrote(portion)
    for statement in links.FASTEN:
        await connection.execute(statement)
    await _finish(connection, foreign_keys, [definition for _, definition in indexes], report)


async def _filled(connection: Any) -> list[str]:  # noqa: ANN401 - asyncpg has no types
    return [table for table in TABLES if await connection.fetchval(f'SELECT EXISTS (SELECT FROM "{table}")')]


async def _encode_ahead(portions: Iterator[Portion]) -> AsyncIterator[tuple[Portion, dict[str, bytes]]]:
    """Each portion with its rows as texts; the next is made while the server reads one."""

    def encode() -> tuple[Portion, dict[str, bytes]] | None:
        portion = next(portions, None)
        if portion is None:
            return None
        return portion, {table: _encode(rows) for table, rows in portion.batch.items() if rows}

    upcoming = asyncio.create_task(asyncio.to_thread(encode))
    while (encoded := await upcoming) is not None:
        upcoming = asyncio.create_task(asyncio.to_thread(encode))
        yield encoded


def _encode(rows: Sequence[Row]) -> bytes:
    """Lines as COPY reads them; no value of the synthetic world holds a tab, a backslash or a line's end."""
    return "\n".join(["\t".join(map(str, row)) for row in rows]).encode() + b"\n"


async def _finish(
    connection: Any,  # noqa: ANN401 - asyncpg has no types
    foreign_keys: list[tuple[str, ...]],
    indexes: list[str],
    report: Report,
) -> None:
    steps = [
        *(("identities", _next_id(table)) for table in TABLES),
        *(("indexes", definition) for definition in indexes),
        *(("statistics", f'ANALYZE "{table}"') for table in TABLES),
        *(("summaries", statement) for statement in derived.refresh_statements("postgresql")),
        *(
            ("references", f'ALTER TABLE "{table}" ADD CONSTRAINT "{constraint}" {definition}')
            for table, constraint, definition in foreign_keys
        ),
        *(("history", statement) for statement in derived.load_statements()),
        *(("triggers", statement) for statement in derived.create_statements("postgresql")),
    ]
    await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for done, (what, statement) in enumerate(steps):
        report.finishing(done, len(steps) + 1, what)
        await connection.execute(statement)


def _next_id(table: str) -> str:
    sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
    return f'SELECT setval({sequence}, (SELECT coalesce(max(id), 0) + 1 FROM "{table}"), false)'


def _list(tables: Sequence[str]) -> str:
    return ", ".join(f'"{table}"' for table in tables)
