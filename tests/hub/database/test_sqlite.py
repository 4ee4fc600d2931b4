import asyncio

import pytest

from hub.database import Address
from hub.database.errors import PragmaError
from hub.database.sqlite import _PRAGMAS, SqliteEngine


@pytest.mark.parametrize(("name", "wanted"), [(name, wanted) for name, _, wanted in _PRAGMAS])
async def test_every_connection_has_every_pragma(sqlite_url: str, name: str, wanted: int | str) -> None:
    engine = await SqliteEngine.open(Address.parse(sqlite_url), 3)
    connections = [await engine.acquire() for _ in range(3)]
    for connection in connections:
        rows = list(await connection.raw.execute_fetchall(f"PRAGMA {name}"))
        assert rows[0][0] == wanted
        engine.release(connection, idle=True)
    await engine.close()


async def test_a_pragma_that_is_not_taken_is_refused() -> None:
    # A database in memory has no write-ahead log.
    import aiosqlite  # noqa: PLC0415

    from hub.database.sqlite import _set  # noqa: PLC0415

    async with aiosqlite.connect(":memory:") as raw:
        with pytest.raises(PragmaError, match="journal_mode"):
            await _set(raw, "journal_mode", "WAL", "wal", where=":memory:")


async def test_closing_waits_for_what_is_out(sqlite_url: str) -> None:
    engine = await SqliteEngine.open(Address.parse(sqlite_url), 1)
    connection = await engine.acquire()
    closing = asyncio.create_task(engine.close())
    await asyncio.sleep(0.02)
    assert not closing.done()
    engine.release(connection, idle=True)
    await closing
