"""What the engines keep of rows that are gone, and taking that away as far as it can be."""

import asyncio
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final

import asyncpg  # type: ignore[import-untyped]

from hub.database.address import Address
from hub.privacy.former import Former
from schema.compiler.reading import Dialect

_ELSEWHERE: Final = "Backups, and exports that others keep, still hold the former values until they are replaced."
_CHUNK: Final = 1 << 20
_BUSY_SECONDS: Final = 10


def sweep(address: Address, tables: Iterable[str], former: Former) -> list[str]:
    """Take away what the engine keeps of former values; sentences that say what was done and what remains."""
    if address.dialect is Dialect.SQLITE:
        return [*_sweep_sqlite(address.path, former), _ELSEWHERE]
    with ThreadPoolExecutor(1) as thread:
        return [*thread.submit(asyncio.run, _sweep_postgresql(address, sorted(tables))).result(), _ELSEWHERE]


def _sweep_sqlite(path: Path, former: Former) -> list[str]:
    by_hand = f"Stop the hub, then: sqlite3 {path} 'PRAGMA secure_delete = ON; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)'"
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            ((busy, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError as error:
        return [f"The file could not be vacuumed ({error}); its free pages may still hold former values. {by_hand}"]
    if busy:
        return [f"The write-ahead log could not be emptied, for somebody reads; it may hold former values. {by_hand}"]
    files = [path, path.with_name(f"{path.name}-wal")]
    left = [file.name for file in files if file.exists() and _holds(file, former.anywhere)]
    if left:
        return [f"Former values are still in the bytes of {', '.join(left)}. {by_hand}"]
    return ["The file was vacuumed and its write-ahead log emptied; none of its bytes hold an identifier or the name."]


def _holds(file: Path, values: Iterable[str]) -> bool:
    wanted = [value.encode() for value in values]
    longest = max(map(len, wanted), default=0)
    before = b""
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            text = before + chunk
            if any(value in text for value in wanted):
                return True
            before = text[-longest:] if longest else b""
    return False


async def _sweep_postgresql(address: Address, tables: list[str]) -> list[str]:
    try:
        connection = await asyncpg.connect(address.target)
        try:
            for table in tables:
                await connection.execute(f'VACUUM "{table}"')
        finally:
            await connection.close()
    except (OSError, asyncpg.PostgresError) as error:
        return [f"The tables could not be vacuumed ({error}): run VACUUM on {', '.join(tables)}."]
    done = f"{', '.join(tables)} were vacuumed."
    return [f"{done} The server's write-ahead log, its archive and replicas hold former values until recycled."]
