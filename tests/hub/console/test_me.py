"""The own account in the console, over HTTP: the password, the second factor, and signing in by it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pyotp
import pytest
from pydantic import SecretStr

from hub.app import compose
from hub.identities.login_limits import FROM_ADDRESS
from hub.settings import Settings
from schema.policy import Role
from tests.hub.console.signing import ENGLISH, OWN, PASSWORD, account, alert, signed_in
from tests.hub.tiny import client_of, graphs_of, schema, tiny_app

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
ME = "/console/me"
OTHER = "other words of mine"


@pytest.fixture
async def client(engine_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = tiny_app(engine_url, secret_key=KEY)
    async with signed_in(engine_url, "malee", Role.OFFICER, app) as client:
        client.headers.update(ENGLISH)
        yield client


async def secret_offered(client: httpx.AsyncClient) -> str:
    offered = await client.post(f"{ME}/second-factor/offer", follow_redirects=True)
    assert offered.status_code == 200
    (shown,) = re.findall(r"<code>([A-Z2-7 ]+)</code>", offered.text)
    return str(shown).replace(" ", "")


def code(secret: str, steps: int = 0) -> str:
    """The code of now; of the step after it another is taken at once, and though the minute turns meanwhile."""
    return pyotp.TOTP(secret).at(datetime.now(UTC), counter_offset=steps)


async def set_up(client: httpx.AsyncClient) -> tuple[str, list[str]]:
    secret = await secret_offered(client)
    done = await client.post(f"{ME}/second-factor", data={"code": code(secret), "password": PASSWORD})
    assert done.status_code == 200
    return secret, re.findall(r"<code>([a-z0-9-]+)</code>", done.text)


async def sign_in(client: httpx.AsyncClient, target: str = ME) -> httpx.Response:
    data = {"username": "malee", "password": PASSWORD, "next": target}
    return await client.post("/login", data=data)


async def test_who_is_no_administrator_has_this_page_alone(client: httpx.AsyncClient) -> None:
    page = await client.get(ME)
    assert page.status_code == 200
    assert "malee" in page.text
    assert 'href="/console/accounts"' not in page.text
    assert (await client.get("/console")).status_code == 403


async def test_nobody_is_sent_to_sign_in(engine_url: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        for path in (ME, f"{ME}/second-factor"):
            assert (await client.get(path)).headers["location"].startswith("/login?next=")
        for path in ("password", "second-factor", "second-factor/offer", "second-factor/codes", "second-factor/remove"):
            assert (await client.post(f"{ME}/{path}", headers=OWN)).headers["location"].startswith("/login?next=")


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}])
async def test_a_form_from_elsewhere_changes_nothing(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for path in ("password", "second-factor", "second-factor/offer", "second-factor/codes", "second-factor/remove"):
        assert (await client.post(f"{ME}/{path}", headers=headers)).status_code == 403


async def test_the_password_is_changed_and_other_browsers_are_signed_out(
    client: httpx.AsyncClient, engine_url: str
) -> None:
    before = client.cookies["hub_session"]
    data = {"old": PASSWORD, "new": OTHER, "again": OTHER}
    done = await client.post(f"{ME}/password", data=data)
    assert done.headers["location"] == f"{ME}?done=password"
    assert client.cookies["hub_session"] != before
    assert "The password is changed." in (await client.get(done.headers["location"])).text
    async with client_of(tiny_app(engine_url)) as other:
        other.cookies.set("hub_session", before)
        assert (await other.get(ME)).status_code == 303
        assert (
            await other.post("/login", data={"username": "malee", "password": PASSWORD}, headers=OWN)
        ).status_code == 401
        assert (
            await other.post("/login", data={"username": "malee", "password": OTHER}, headers=OWN)
        ).status_code == 303


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        ({"old": "not the password", "new": OTHER, "again": OTHER}, 401, "The password is not right."),
        ({"old": PASSWORD, "new": OTHER, "again": PASSWORD}, 400, "not the same"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, 400, "at least 12"),
        ({"old": PASSWORD, "new": "malee malee malee", "again": "malee malee malee"}, 400, "user's name"),
        ({"x": ""}, 400, "at least 12"),
        ({}, 400, "cannot be read"),
        ({"old": "\x00", "new": OTHER, "again": OTHER}, 400, "cannot be read"),
    ],
)
async def test_a_password_that_will_not_do_is_told_at_the_form(
    client: httpx.AsyncClient, data: dict[str, str], status: int, told: str
) -> None:
    refused = await client.post(f"{ME}/password", data=data)
    assert refused.status_code == status
    assert told in alert(refused)
    thai = await client.post(f"{ME}/password", data=data, headers={"accept-language": "th"})
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in alert(thai))


async def test_old_passwords_guessed_in_turn_are_slowed(client: httpx.AsyncClient) -> None:
    data = {"old": "not the password", "new": OTHER, "again": OTHER}
    for _ in range(FROM_ADDRESS.free):
        assert (await client.post(f"{ME}/password", data=data)).status_code == 401
    refused = await client.post(f"{ME}/password", data=data)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")


async def test_a_second_factor_is_set_up_by_a_picture_and_asked_for_at_the_next_sign_in(
    client: httpx.AsyncClient,
) -> None:
    first = client.cookies["hub_session"]
    offered = await client.post(f"{ME}/second-factor/offer", follow_redirects=True)
    assert 'src="data:image/svg+xml;charset=utf-8,' in offered.text
    assert "img-src 'self' data:" in offered.headers["content-security-policy"]
    assert offered.headers["cache-control"] == "no-store"
    secret, codes = await set_up(client)
    assert len(codes) == 10
    assert client.cookies["hub_session"] != first
    page = await client.get(ME)
    assert "10 / 10" in page.text
    assert secret not in page.text

    client.cookies.clear()
    begun = await sign_in(client, "/console/me?lang=en")
    assert begun.headers["location"] == "/login/code?next=%2Fconsole%2Fme%3Flang%3Den"
    assert "hub_session" not in client.cookies
    assert re.match(
        r"hub_half_sign_in=hubp_[\w-]{43}; HttpOnly; Max-Age=300; Path=/; SameSite=lax$", begun.headers["set-cookie"]
    )
    form = await client.get(begun.headers["location"])
    assert 'autocomplete="one-time-code"' in form.text
    assert "<script" not in form.text
    done = await client.post("/login/code", data={"code": code(secret, 1), "next": "/console/me?lang=en"})
    assert (done.status_code, done.headers["location"]) == (303, "/console/me?lang=en")
    assert "hub_half_sign_in" not in client.cookies
    assert (await client.get(ME)).status_code == 200


async def test_who_is_half_signed_in_gets_nowhere(client: httpx.AsyncClient) -> None:
    await set_up(client)
    client.cookies.clear()
    await sign_in(client)
    waiting = client.cookies["hub_half_sign_in"]
    for cookies in ({}, {"hub_session": waiting}, {"hub_session": waiting.replace("hubp_", "hubs_")}):
        for name, value in cookies.items():
            client.cookies.set(name, value)
        for path in (ME, f"{ME}/second-factor", "/console"):
            assert (await client.get(path)).headers["location"].startswith("/login")
        assert (await client.get("/identity")).json() == {"identity": None}
        assert (await client.post(f"{ME}/second-factor/offer")).headers["location"].startswith("/login")


async def test_a_wrong_code_is_told_and_one_that_was_used_is_wrong(client: httpx.AsyncClient) -> None:
    secret, codes = await set_up(client)
    client.cookies.clear()
    await sign_in(client)
    used = code(secret, 1)
    assert (await client.post("/login/code", data={"code": used})).status_code == 303
    client.cookies.clear()
    await sign_in(client)
    for wrong in (used, "000 00", codes[0][:-1] + "x"):
        refused = await client.post("/login/code", data={"code": wrong})
        assert refused.status_code == 401
        assert "www-authenticate" not in refused.headers
        assert "ถูกใช้ไปแล้ว" in alert(refused)
    assert (await client.post("/login/code", data={"code": codes[0]})).status_code == 303
    client.cookies.clear()
    await sign_in(client)
    assert (await client.post("/login/code", data={"code": codes[0]})).status_code == 401


async def test_codes_guessed_in_turn_are_told_when_to_come_again(client: httpx.AsyncClient) -> None:
    await set_up(client)
    client.cookies.clear()
    await sign_in(client)
    for _ in range(FROM_ADDRESS.free):
        await client.post("/login/code", data={"code": "no code"})
    refused = await client.post("/login/code", data={"code": "no code"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "Wait 1 seconds" in alert(refused)


async def test_a_second_step_without_a_first_begins_anew(client: httpx.AsyncClient) -> None:
    client.cookies.clear()
    assert (await client.get("/login/code?next=//evil")).headers["location"] == "/login?next=%2F"
    refused = await client.post("/login/code", data={"code": "123456"})
    assert refused.status_code == 401
    assert 'name="password"' in refused.text
    client.cookies.set("hub_half_sign_in", "hubp_" + "x" * 43)
    refused = await client.post("/login/code", data={"code": "123456"})
    assert "took too long" in alert(refused)
    assert "Max-Age=0" in refused.headers["set-cookie"]


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}])
async def test_a_code_from_a_page_of_elsewhere_is_not_looked_at(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    _, codes = await set_up(client)
    client.cookies.clear()
    await sign_in(client)
    assert (await client.post("/login/code", data={"code": codes[0]}, headers=headers)).status_code == 403
    assert (await client.post("/login/code", data={"code": codes[0]})).status_code == 303


async def test_setting_up_asks_for_the_password_and_the_code(client: httpx.AsyncClient) -> None:
    secret = await secret_offered(client)
    for data in ({"code": code(secret), "password": "not it"}, {"code": "123", "password": PASSWORD}, {"x": ""}):
        refused = await client.post(f"{ME}/second-factor", data=data)
        assert refused.status_code == 401
        assert alert(refused)
    assert "Set it up" in (await client.get(ME)).text


async def test_without_a_key_the_page_says_what_to_set(engine_url: str) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN) as client:
        refused = await client.post(f"{ME}/second-factor/offer", headers=ENGLISH)
    assert refused.status_code == 503
    assert "HUB_SECRET_KEY" in alert(refused)


async def test_another_key_lets_nobody_in_and_says_so(client: httpx.AsyncClient, engine_url: str) -> None:
    secret, codes = await set_up(client)
    other_key = "/" * 42 + "8="
    async with client_of(tiny_app(engine_url, secret_key=other_key)) as other:
        await other.post("/login", data={"username": "malee", "password": PASSWORD}, headers=OWN)
        refused = await other.post("/login/code", data={"code": code(secret)}, headers=OWN)
        assert refused.status_code == 503
        assert "another key" in alert(refused)
        assert "hub_session" not in other.cookies
        assert (await other.post("/login/code", data={"code": codes[0]}, headers=OWN)).status_code == 303


async def test_it_is_removed_by_a_code_alone(client: httpx.AsyncClient) -> None:
    _, codes = await set_up(client)
    refused = await client.post(f"{ME}/second-factor/remove", data={"code": "123"})
    assert (refused.status_code, bool(alert(refused))) == (401, True)
    done = await client.post(f"{ME}/second-factor/remove", data={"code": codes[0]})
    assert done.headers["location"] == f"{ME}?done=removed"
    page = await client.get(done.headers["location"])
    assert "The second factor is removed." in page.text
    assert "Set it up" in page.text


async def test_new_recovery_codes_are_shown_once(client: httpx.AsyncClient) -> None:
    secret, codes = await set_up(client)
    made = await client.post(f"{ME}/second-factor/codes", data={"code": code(secret, 1)})
    anew = re.findall(r"<code>([a-z0-9-]+)</code>", made.text)
    assert len(anew) == 10
    assert not set(anew) & set(codes)
    assert anew[0] not in (await client.get(ME)).text
    assert (await client.get(f"{ME}/second-factor/codes")).status_code == 405


async def test_a_role_that_must_have_one_may_only_set_it_up(engine_url: str) -> None:
    await account(engine_url, "malee", Role.ADMIN)
    app = tiny_app(engine_url, secret_key=KEY, require_mfa="admin, head")
    async with client_of(app) as client:
        client.headers.update(ENGLISH)
        begun = await client.post("/login", data={"username": "malee", "password": PASSWORD, "next": "/graphql"})
        assert begun.headers["location"] == ME
        page = await client.get(ME)
        assert "Your role needs a second factor" in page.text
        assert 'href="/console/accounts"' not in page.text
        assert 'name="old"' not in page.text
        for path in ("/console", "/console/accounts"):
            assert (await client.get(path)).headers["location"].startswith("/login?next=")
        assert (await client.get("/login?next=/console")).headers["location"] == ME
        assert (await client.get("/identity")).json() == {"identity": None}
        for path in ("password", "second-factor/codes", "second-factor/remove"):
            assert (await client.post(f"{ME}/{path}", data={})).headers["location"].startswith("/login")
        await set_up(client)
        assert (await client.get("/console")).status_code == 200


async def test_the_graph_and_the_tables_are_shut_too_until_it_is_set_up(engine_url: str) -> None:
    await account(engine_url, "malee", Role.ADMIN)
    settings = Settings(database_url=engine_url, rate_limit=0, secret_key=SecretStr(KEY), require_mfa="admin")
    async with client_of(compose(settings, graphs_of(schema))) as client:
        client.headers.update(ENGLISH)
        await client.post("/login", data={"username": "malee", "password": PASSWORD})
        asked = await client.post("/graphql", json={"query": "{ hello }"})
        assert asked.status_code == 401
        assert asked.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert ME in asked.json()["errors"][0]["message"]
        for path in ("/admin/", "/admin/api/tables/", "/admin/api/user/"):
            assert (await client.get(path)).status_code in (303, 307, 401)
        await set_up(client)
        assert (await client.post("/graphql", json={"query": "{ hello }"})).json()["data"] == {"hello": "world"}
        assert (await client.get("/admin/api/tables/")).status_code == 200
