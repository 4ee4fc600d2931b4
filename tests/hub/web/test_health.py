from pathlib import Path

from hub import migration
from tests.engines import Client
from tests.hub.tiny import client_of, tiny_app


async def test_a_running_process_is_healthy(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_a_migrated_database_is_ready(url: str) -> None:
    async with client_of(tiny_app(url)) as client:
        response = await client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["revision"] == migration.expected_revision()
    assert response.headers["cache-control"] == "no-store"


async def test_a_database_of_another_revision_is_not_ready_and_says_which_command_to_run(url: str) -> None:
    async with client_of(tiny_app(url)) as client:
        async with Client.connect(url) as writer:
            await writer.run("DELETE FROM alembic_version")
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert "hub migrate" in response.json()["errors"][0]["message"]


def corrupt(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.write_bytes(b"not a database" * 1000)
    path.with_name(f"{path.name}-wal").unlink(missing_ok=True)


async def test_a_corrupt_file_is_not_ready(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        corrupt(sqlite_url)
        response = await client.get("/readyz")
    assert response.status_code == 503
