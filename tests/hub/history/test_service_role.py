"""The history on PostgreSQL as the service runs there: as a role that owns nothing, under row-level security."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import asyncpg  # type: ignore[import-untyped]
import pytest

from hub import migration
from hub.database import Address, Database
from hub.history.revert import RevertRefusedError, revert
from hub.history.sealing import seal_all
from hub.history.verifying import verify
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.owner import OWNER
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


async def test_the_service_takes_changes_of_reference_data_back(owner_url: str) -> None:
    async with opened(service_url(owner_url)) as service:

        async def written(statement: str) -> int:
            async with service.writing(ACTING, identity=OWNER) as connection:
                await connection.execute(statement)
            return int((await service.rows("SELECT max(id) FROM change_log", identity=OWNER))[0][0])

        renamed = await written("UPDATE school SET name = 'Other' WHERE id = 1")
        made = await written("INSERT INTO occupation (code, name, name_th) VALUES ('2341', 'Teachers', 'ครู')")
        for number in (renamed, made):
            await revert(service, number, ACTING, records=False)
        gone = int((await service.rows("SELECT max(id) FROM change_log", identity=OWNER))[0][0])
        await revert(service, gone, ACTING, records=False)
        assert await service.rows("SELECT name FROM occupation WHERE code = '2341'", identity=OWNER) == [("Teachers",)]
        assert await service.rows("SELECT 1 FROM school WHERE name = 'Other'", identity=OWNER) == []
        used = (
            "SELECT max(id) FROM change_log WHERE table_name = 'municipality' AND operation = 'INSERT' AND row_id = 1"
        )
        with pytest.raises(RevertRefusedError, match="It is used, by"):
            await revert(service, int((await service.rows(used, identity=OWNER))[0][0]), ACTING, records=False)
        record = "SELECT max(id) FROM change_log WHERE table_name = 'attendance'"
        with pytest.raises(RevertRefusedError, match="reference data alone"):
            await revert(service, int((await service.rows(record, identity=OWNER))[0][0]), ACTING, records=False)
    async with opened(owner_url) as owner:
        await seal_all(owner)
        assert (await verify(owner)).complaints == []


async def test_every_change_of_reference_data_can_be_tried_by_the_service(owner_url: str) -> None:
    """Each is taken back or refused in words, whatever the table: nothing asks for more than the service's rights."""
    async with opened(service_url(owner_url)) as service:
        newest = "SELECT table_name, max(id) FROM change_log WHERE row_id IS NOT NULL GROUP BY table_name"
        tried = 0
        for _, number in await service.rows(newest, identity=OWNER):
            with suppress(RevertRefusedError):
                await revert(service, number, ACTING, records=False)
            tried += 1
        assert tried > 20


async def test_the_services_role_cannot_forge_the_history(owner_url: str) -> None:
    raw = await asyncpg.connect(service_url(owner_url))
    try:
        for statement in FORGERIES:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await raw.execute(statement)
    finally:
        await raw.close()
