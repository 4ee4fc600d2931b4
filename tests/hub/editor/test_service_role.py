"""The console over PostgreSQL as it is served: by a role that owns nothing, under row-level security."""

import re
from collections.abc import Iterator

import pytest

from hub import migration
from hub.database import Address
from schema.policy import Role
from tests.conftest import Templates
from tests.engines import Client, in_session, run_apart
from tests.hub.console.signing import OWN, account
from tests.hub.editor.visiting import TABLES
from tests.hub.tiny import client_of, tiny_app
from tests.small_city import populate

ROLE = "hub_console"


@pytest.fixture
def owner_url(postgresql_templates: Templates) -> Iterator[str]:
    """The small city, whose rows are open to the service's role."""
    engine = postgresql_templates.engine
    url = engine.create(postgresql_templates.empty())
    in_session(url, lambda session: populate(session, url))

    async def make() -> None:
        async with Client.connect(url) as client:
            if not await client.rows("SELECT 1 FROM pg_roles WHERE rolname = $1::name", ROLE):
                await client.run(f"CREATE ROLE {ROLE} LOGIN")

    run_apart(make)
    migration.upgrade(url, service=Address.parse(service_url(url)))
    yield url
    engine.drop(url)


def service_url(url: str) -> str:
    return re.sub(r"//[^@/]*@", f"//{ROLE}@", url)


async def test_an_administrator_reads_and_edits(owner_url: str) -> None:
    await account(owner_url, "malee", Role.ADMIN)
    async with client_of(tiny_app(service_url(owner_url))) as client:
        await client.post("/login", data={"username": "malee", "password": "four words of mine"}, headers=OWN)
        client.headers.update(OWN)
        assert (await client.get(f"{TABLES}/student/count/")).json()["count"] == 10
        reason = {"code": "MOVED", "name": "Moved", "name_th": "ย้าย", "counts_as_dropout": "false"}
        made = await client.post(f"{TABLES}/exit_reason/", json=reason)
        assert made.status_code == 201, made.text
        key = made.json()[0]["id"]
        row = (await client.get(f"{TABLES}/exit_reason/{key}/")).json()
        changed = await client.patch(
            f"{TABLES}/exit_reason/{key}/", json={"name": "Gone", "updated_at": row["updated_at"]}
        )
        assert changed.json()["name"] == "Gone"
        used = await client.delete(f"{TABLES}/school/1/")
        assert used.status_code == 422
        assert (await client.delete(f"{TABLES}/exit_reason/{key}/")).status_code == 204
