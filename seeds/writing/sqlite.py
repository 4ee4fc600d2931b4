"""Bulk writing into SQLite, through the standard library's driver."""

# ruff: noqa: S608 - the statements name declared tables and columns alone

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from schema import derived
from seeds.city import Portion
from seeds.errors import NotMigrated
from seeds.rows import COLUMNS
from seeds.writing import links
from seeds.writing.steps import TABLES, Report, require_empty, require_tables

_CACHE_KIB = 64 * 1024
_SORTERS = 1
"""Helper threads that sort while an index is made."""
_WAIT_SECONDS = 30


def write(path: str, portions: Iterator[Portion], report: Report, *, force: bool) -> None:
    """Write all rows in one transaction, or none. Raises SeedRefused, or what sqlite3 raises."""
    if not Path(path).is_file():
        raise NotMigrated(TABLES[0])
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as connection:
        # Rows come in batches of every table, children perhaps before parents: a test checks their references instead.
        for pragma in ("foreign_keys = OFF", f"cache_size = -{_CACHE_KIB}", f"threads = {_SORTERS}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            _replace_all(connection, portions, report, force=force)
        except BaseException:
            connection.rollback()
            raise
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    report.finished()


def _replace_all(connection: sqlite3.Connection, portions: Iterator[Portion], report: Report, *, force: bool) -> None:
    require_tables({name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")})
    require_empty(_filled(connection), force=force)
    for statement in derived.drop_statements("sqlite"):
        connection.execute(statement)
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        f" AND tbl_name IN ({', '.join(f'{table!r}' for table in TABLES)}) ORDER BY tbl_name, name"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    for statement in links.LOOSEN:
        connection.execute(statement)
    for table in reversed(TABLES):
        connection.execute(f'DELETE FROM "{table}"')
    inserts = {
        table: f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'
        for table, columns in COLUMNS.items()
    }
    for portion in portions:
        for table, rows in portion.batch.items():
            if rows:
                connection.executemany(inserts[table], rows)
        report.wrote(portion)
    for statement in links.FASTEN:
        connection.execute(statement)
    _finish(connection, [sql for _, sql in indexes], report)


def _filled(connection: sqlite3.Connection) -> Iterator[str]:
    for table in TABLES:
        if connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")').fetchone()[0]:
            yield table


def _finish(connection: sqlite3.Connection, indexes: list[str], report: Report) -> None:
    written = ", ".join(f"'{table}'" for table in TABLES)
    steps = [
        *(("indexes", statement) for statement in indexes),
        *(("summaries", statement) for statement in derived.refresh_statements("sqlite")),
        *(("history", statement) for statement in derived.load_statements()),
        *(("triggers", statement) for statement in derived.create_statements("sqlite")),
        # Of all rows: of a sample each index tells another number of them, and SQLite read all grades through the index
        # that told the fewest, ten times slower than the table.
        ("statistics", "PRAGMA analysis_limit = 0"),
        *(("statistics", f'ANALYZE "{table}"') for table in TABLES),
        # What grows by itself would be taken for as small as it is now: the newest changes were sorted out of them all.
        ("statistics", f"DELETE FROM sqlite_stat1 WHERE tbl NOT IN ({written})"),
    ]
    for done, (what, statement) in enumerate(steps):
        report.finishing(done, len(steps), what)
        connection.execute(statement)
