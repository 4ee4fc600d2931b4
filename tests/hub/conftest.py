import sqlite3
from pathlib import Path

import pytest

from hub import migration
from tests.engines import Client


@pytest.fixture
async def url(blank_url: str) -> str:
    """A database of each engine in turn that has the expected revision and no tables."""
    async with Client.connect(blank_url) as client:
        await client.run("CREATE TABLE alembic_version (version_num TEXT)")
        await client.run("INSERT INTO alembic_version VALUES ($1)", migration.expected_revision())
    return blank_url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The same, on SQLite alone: for a test that asks the database nothing of its own."""
    path = tmp_path / "tiny.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [migration.expected_revision()])
    connection.close()
    return f"sqlite:///{path}"
