"""The pages on PostgreSQL as the service runs there: as a role that owns nothing, under row-level security."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pyotp
import pytest

from hub import migration
from hub.database import Address
from schema.policy import Role
from tests.conftest import Templates
from tests.engines import Client
from tests.hub.console.signing import OWN, PASSWORD, account
from tests.hub.tiny import client_of, tiny_app

ROLE = "hub_console_service"
KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
OTHER = "other words of mine"
WAT = "3083000001"


@pytest.fixture
def service_url(postgresql_templates: Templates) -> Iterator[str]:
    engine = postgresql_templates.engine
    url = engine.create(postgresql_templates.city().url)
    service = re.sub(r"//[^@/]*@", f"//{ROLE}@", url)

    async def prepare() -> None:
        async with Client.connect(url) as client:
            if not await client.rows("SELECT 1 FROM pg_roles WHERE rolname = $1", ROLE):
                await client.run(f"CREATE ROLE {ROLE} LOGIN")
        await account(url, "root", Role.ADMIN)

    asyncio.run(prepare())
    migration.upgrade(url, service=Address.parse(service))
    yield service
    engine.drop(url)


async def posted(client: httpx.AsyncClient, path: str, **data: object) -> httpx.Response:
    response = await client.post(path, data=data or {"x": ""})
    assert response.status_code in (200, 303), (path, response.text)
    return response


async def changes(service: str, *tables: str) -> list[int]:
    """The number of the last change of each table."""
    async with Client.connect(service.replace(f"//{ROLE}@", "//postgres@")) as client:
        newest = "SELECT max(id) FROM change_log WHERE table_name = $1"
        return [await client.value(newest, table) for table in tables]


async def test_all_that_the_pages_do_is_among_the_services_rights(service_url: str) -> None:
    async with client_of(tiny_app(service_url, secret_key=KEY)) as client:
        client.headers.update({**OWN, "accept-language": "en"})
        await posted(client, "/login", username="root", password=PASSWORD)
        accounts, tokens, me = (f"/console/{page}" for page in ("accounts", "tokens", "me"))

        assert f'value="{WAT}"' in (await client.get(f"{accounts}/new")).text
        await posted(client, f"{accounts}/new", username="somchai", role="head", school=WAT, password=PASSWORD)
        assert WAT in (await client.get(accounts)).text
        await posted(client, f"{accounts}/2/role", role="officer")
        await posted(client, f"{accounts}/2/state", active="no")
        await posted(client, f"{accounts}/2/state", active="yes")
        await posted(client, f"{accounts}/2/password", password="")
        await posted(client, f"{accounts}/2/sessions")
        await posted(client, f"{accounts}/2/second-factor")

        made = await posted(client, f"{tokens}/new", role="integrator", school=WAT, purpose="library", days="30")
        assert "hub_" in made.text
        await posted(client, f"{tokens}/1/rotate", days="30", grace="1")
        await posted(client, f"{tokens}/2/revoke")
        assert WAT in (await client.get(f"{tokens}?ended")).text

        history = "/console/history"
        page = await client.get(f"{history}?table=account&actor=root")
        assert page.text.count('<th scope="row">') >= 1
        for number in await changes(service_url, "school", "grade"):
            assert (await client.get(f"{history}/{number}")).status_code == 200
        (number,) = await changes(service_url, "exit_reason")
        refused = await client.post(f"{history}/{number}/revert", data={"x": ""})
        assert refused.status_code in (303, 400), refused.text

        await posted(client, f"{me}/password", old=PASSWORD, new=OTHER, again=OTHER)
        await posted(client, f"{me}/second-factor/offer")
        page = await client.get(f"{me}/second-factor")
        secret = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.text)[0].replace(" ", "")
        totp = pyotp.TOTP(secret)
        code = totp.at(datetime.now(UTC))
        done = await posted(client, f"{me}/second-factor", code=code, password=OTHER)
        codes = re.findall(r"<code>([a-z0-9-]+)</code>", done.text)
        client.cookies.clear()
        await posted(client, "/login", username="root", password=OTHER)
        await posted(client, "/login/code", code=totp.at(datetime.now(UTC), counter_offset=1))
        await posted(client, f"{me}/second-factor/codes", code=codes[0])
        client.cookies.clear()
        await posted(client, "/login", username="root", password=OTHER)
        assert (await client.post("/login/code", data={"code": codes[1]})).status_code == 401
