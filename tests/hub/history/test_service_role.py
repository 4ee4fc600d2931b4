"""The history on PostgreSQL as the service runs there: as a role that owns nothing, under row-level security."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub import migration
from hub.database import Address, Database
from hub.history.sealing import seal_all
from hub.history.verifying import verify
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.conftest import Templates
from tests.engines import Client
from tests.hub.history.conftest import ACTING

ROLE = "hub_history_service"
FORGERIES = (
    "INSERT INTO change_log (table_name, operation, face) VALUES ('school', 'INSERT', 'SQL')",
    "INSERT INTO change_log (table_name, operation, face) VALUES ('school', 'LOAD', 'SQL')",
    "UPDATE change_log SET face = 'SQL'",
    "DELETE FROM change_log",
    "SELECT salt FROM change_seal",
    "UPDATE change_seal SET chain = 'x'",
    "DELETE FROM change_seal",
    "TRUNCATE change_log",
)


@pytest.fixture
def owner_url(postgresql_templates: Templates) -> Iterator[str]:
    """The small city, open to the service's role."""
    engine = postgresql_templates.engine
    url = engine.create(postgresql_templates.city().url)

    async def prepare() -> None:
        async with Client.connect(url) as client:
            if not await client.rows("SELECT 1 FROM pg_roles WHERE rolname = $1", ROLE):
                await client.run(f"CREATE ROLE {ROLE} LOGIN")

    asyncio.run(prepare())
    migration.upgrade(url, service=Address.parse(service_url(url)))
    yield url
    engine.drop(url)


def service_url(url: str) -> str:
    return re.sub(r"//[^@/]*@", f"//{ROLE}@", url)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = await Database.open(Address.parse(url), readers=1)
    try:
        yield database
    finally:
        await database.close()


async def test_the_service_records_and_seals_what_it_may_neither_write_nor_change(owner_url: str) -> None:
    async with opened(service_url(owner_url)) as service:
        await Accounts(service, acting=ACTING).create("somchai", hash_password("x"), Grant(Role.ADMIN))
        assert await service.rows("SELECT count(*) FROM change_log") == [(0,)], "nobody asks, and so nobody is shown"
        assert await seal_all(service) > 200
    async with opened(owner_url) as owner:
        verdict = await verify(owner)
        assert (verdict.complaints, verdict.unsealed) == ([], 0)
        ((actor, face),) = await owner.rows("SELECT actor_key, face FROM change_log WHERE table_name = 'account'")
    assert (actor, face) == ("account:7", "CONSOLE")


async def test_the_services_role_cannot_forge_the_history(owner_url: str) -> None:
    raw = await asyncpg.connect(service_url(owner_url))
    try:
        for statement in FORGERIES:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await raw.execute(statement)
    finally:
        await raw.close()
