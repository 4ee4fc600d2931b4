"""Imports of many rows: few statements, little memory, and readers who are answered meanwhile."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from hub.console.sheets.importing import Importer
from hub.console.sheets.store import ImportStore, Stage
from hub.database import Address, Database
from hub.database.postgresql_writer import PostgresWritingConnection
from hub.database.sqlite_writer import SqliteWritingConnection
from tests.hub.console.sheets.killed import WHO, file
from tests.small_city import SmallCity

ROWS = 12 * 99


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written, and what is read of transactions and outside them."""
    seen: list[str] = []

    def watch(kind: type, name: str) -> None:
        original = getattr(kind, name)

        async def watched(self: Any, sql: str, parameters: Sequence[Any] = (), **more: Any) -> Any:  # noqa: ANN401 - handed on
            seen.append(sql)
            return await original(self, sql, parameters, **more)

        monkeypatch.setattr(kind, name, watched)

    watch(Database, "rows")
    watch(PostgresWritingConnection, "execute")
    watch(PostgresWritingConnection, "rows")
    watch(SqliteWritingConnection, "rows")
    return seen


async def test_many_rows_take_few_statements(own_city: SmallCity, tmp_path: Path, statements: list[str]) -> None:
    database = await Database.open(Address.parse(own_city.url), readers=2)
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.001)
            beats += 1

    work = ImportStore(tmp_path / "imports").begin("nobody", "subject", "s.csv")
    work.upload.write_bytes(file())
    beating = asyncio.create_task(beat())
    await Importer(database, WHO, work).preview()
    assert work.state.counts == {"refused": 0, "new": ROWS, "changed": 0, "unchanged": 0}
    assert len(statements) < 10
    statements.clear()
    await Importer(database, WHO, work).commit()
    assert work.state.stage is Stage.DONE
    assert len(statements) < 15
    assert len([sql for sql in statements if sql.startswith("INSERT INTO subject")]) == -(-ROWS // 500)
    statements.clear()

    again = ImportStore(tmp_path / "imports").begin("nobody", "subject", "s.csv")
    again.upload.write_bytes(file().replace(b"Killed", b"Renamed"))
    await Importer(database, WHO, again).preview()
    assert again.state.counts == {"refused": 0, "new": 0, "changed": ROWS, "unchanged": 0}
    await Importer(database, WHO, again).commit()
    assert again.state.stage is Stage.DONE
    assert len([sql for sql in statements if sql.startswith("UPDATE subject")]) == -(-ROWS // 500)
    beating.cancel()
    assert beats > 50, "the event loop goes on: other requests are answered"
    await database.close()
