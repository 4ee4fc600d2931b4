"""The commands of docs/second-wall.md, run in their order on a server of their own, and what they are said to do."""

import re
from collections.abc import Iterator

import asyncpg  # type: ignore[import-untyped]
import pytest

from tests.docs.examples import ROOT, examples_in
from tests.engines import Client, PostgresqlEngine
from tests.hub.cli.test_commands import hub

DOCUMENT = ROOT / "docs" / "second-wall.md"
OWNER, SERVICE = "hub_owner", "hub_service"


@pytest.fixture
def postgresql() -> Iterator[PostgresqlEngine]:
    # Roles are a server's, not a database's.
    engine = PostgresqlEngine()
    yield engine
    engine.stop()


def _as(url: str, role: str) -> str:
    return re.sub(r"//[^@/]*@/\w+", f"//{role}@/hub", url)


async def test_the_commands_make_a_service_that_reads_nothing_by_itself(postgresql: PostgresqlEngine) -> None:
    (commands,) = (one.text for one in examples_in(DOCUMENT) if one.language == "sql")
    url = postgresql.create()
    async with Client.connect(url) as superuser:
        for command in commands.strip().splitlines():
            await superuser.run(command)
    owner, service = _as(url, OWNER), _as(url, SERVICE)
    done = hub("migrate", HUB_DATABASE_URL=service, HUB_MIGRATE_URL=owner)
    assert done.returncode == 0, done.stderr
    made = hub("user", "create", "somebody", "--role", "officer", HUB_DATABASE_URL=service, HUB_MIGRATE_URL=owner)
    assert made.returncode == 0, made.stderr
    async with Client.connect(owner) as client:
        await client.run("INSERT INTO municipality (updated_at, code, name, name_th) VALUES (now(), '8301', 'A', 'ก')")
    async with Client.connect(service) as client:
        assert await client.rows("SELECT count(*) FROM municipality") == [(0,)]
        for refused in (
            "INSERT INTO student DEFAULT VALUES",
            "DELETE FROM account",
            "CREATE TABLE own (id INT)",
            "CREATE TEMPORARY TABLE own (id INT)",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await client.run(refused)
    served = hub("serve", HUB_DATABASE_URL=owner, HUB_MIGRATE_URL=owner)
    assert served.returncode != 0
    assert "HUB_ALLOW_OWNER" in served.stderr
