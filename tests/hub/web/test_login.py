"""`/login` and `/logout`, over HTTP, on both engines."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from hub.database import Address, Database
from hub.identities import login_limits
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.login_limits import FROM_ADDRESS, Pace
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.hub.tiny import client_of, tiny_app

PASSWORD = "four words of mine"  # noqa: S105 - a test's own
WRONG = "not my four words"
SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
async def url(engine_url: str) -> str:
    database = await Database.open(Address.parse(engine_url), readers=1)
    await Accounts(database).create("malee", hash_password(PASSWORD), Grant(Role.OFFICER))
    await database.close()
    return engine_url


@pytest.fixture
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(tiny_app(url)) as client:
        yield client


async def sign_in(client: httpx.AsyncClient, **form: str) -> httpx.Response:
    data = {"username": "malee", "password": PASSWORD, **form}
    return await client.post("/login", data=data, headers=SAME)


def notice(response: httpx.Response) -> str:
    found = re.search(r'role="alert">(.*?)</p>', response.text)
    return found[1] if found else ""


async def test_the_page_works_without_scripts_and_runs_none(client: httpx.AsyncClient) -> None:
    response = await client.get("/login", params={"next": '/graphql?query="><script>'})
    assert response.status_code == 200
    assert "<script" not in response.text
    assert "script-src" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "no-store"
    assert 'lang="th"' in response.text
    assert "viewport" in response.text
    assert (await client.get("/static/login.css")).status_code == 200


async def test_a_right_password_gives_a_cookie_no_script_reads(client: httpx.AsyncClient) -> None:
    response = await sign_in(client, next="/graphql?query=%7B%20hello%20%7D")
    assert (response.status_code, response.headers["location"]) == (303, "/graphql?query=%7B%20hello%20%7D")
    cookie = response.headers["set-cookie"]
    assert re.match(r"hub_session=hubs_[\w-]{43}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax$", cookie)


async def test_over_https_the_cookie_is_bound_to_the_host(url: str) -> None:
    app = tiny_app(url, public_origin="https://hub.example.org")
    async with client_of(app) as client:
        cookie = (await sign_in(client)).headers["set-cookie"]
    assert cookie.startswith("__Host-hub_session=hubs_")
    assert "; Secure" in cookie
    assert "domain" not in cookie.lower()


@pytest.mark.parametrize("target", ["//evil.example.org", "https://evil.example.org/", "/\\evil.example.org"])
async def test_signing_in_leads_nowhere_else(client: httpx.AsyncClient, target: str) -> None:
    assert (await sign_in(client, next=target)).headers["location"] == "/"


async def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client: httpx.AsyncClient) -> None:
    wrong, unknown = await sign_in(client, password=WRONG), await sign_in(client, username="nobody", password=WRONG)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text == unknown.text
    assert "ไม่ถูกต้อง" in notice(wrong)
    assert "set-cookie" not in wrong.headers


class Hours(Pace):
    """As slow from the first try too many on that no machine is too slow to see it."""

    def wait_after(self, failures: int) -> timedelta:
        return timedelta(hours=failures >= self.free)


async def test_too_many_tries_are_told_when_to_come_again(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login_limits, "FROM_ADDRESS", Hours(FROM_ADDRESS.free, FROM_ADDRESS.longest))
    for _ in range(FROM_ADDRESS.free):
        assert (await sign_in(client, password=WRONG)).status_code == 401
    response = await sign_in(client)
    assert response.status_code == 429
    assert 3000 < int(response.headers["retry-after"]) <= 3600
    assert f"Wait {response.headers['retry-after']} seconds" in notice(response)


@pytest.mark.parametrize(
    "headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example.org"}, {"origin": "null"}]
)
async def test_a_form_from_elsewhere_signs_nobody_in_or_out(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    data = {"username": "malee", "password": PASSWORD}
    refused = await client.post("/login", data=data, headers=headers)
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers
    await sign_in(client)
    out = await client.post("/logout", headers=headers)
    assert out.status_code == 403
    assert "set-cookie" not in out.headers


async def test_the_secret_is_another_after_each_sign_in_and_the_first_has_ended(
    client: httpx.AsyncClient, url: str
) -> None:
    await sign_in(client)
    first = client.cookies["hub_session"]
    await sign_in(client)
    assert client.cookies["hub_session"] != first
    database = await Database.open(Address.parse(url), readers=1)
    assert await database.rows("SELECT count(*) FROM account_session") == [(1,)]
    await database.close()


async def test_signing_out_ends_the_session_and_clears_the_browser(client: httpx.AsyncClient, url: str) -> None:
    await sign_in(client)
    response = await client.post("/logout", headers=SAME)
    assert (response.status_code, response.headers["location"]) == (303, "/login?out")
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert "Max-Age=0" in response.headers["set-cookie"]
    assert "ออกจากระบบแล้ว" in notice(await client.get("/login?out"))
    database = await Database.open(Address.parse(url), readers=1)
    assert await database.rows("SELECT count(*) FROM account_session") == [(0,)]
    await database.close()


async def test_signing_out_twice_does_no_harm_and_is_not_a_link(client: httpx.AsyncClient) -> None:
    assert (await client.post("/logout", headers=SAME)).status_code == 303
    assert (await client.get("/logout")).status_code == 405


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"username=%FF", "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a=1" for _ in range(100)), "application/x-www-form-urlencoded", 400),
        (b"a" * 10_000, "application/x-www-form-urlencoded", 413),
        (b"", "application/x-www-form-urlencoded", 401),
        (b"username=a%00b&password=%00", "application/x-www-form-urlencoded", 401),
    ],
)
async def test_a_bad_form_is_refused(client: httpx.AsyncClient, content: bytes, kind: str, status: int) -> None:
    response = await client.post("/login", content=content, headers={**SAME, "content-type": kind})
    assert response.status_code == status
    assert notice(response)


async def test_no_password_or_secret_is_logged(client: httpx.AsyncClient, capfd: pytest.CaptureFixture[str]) -> None:
    await sign_in(client)
    await sign_in(client, password=WRONG)
    await client.post("/logout", headers=SAME)
    output = capfd.readouterr()
    written = output.out + output.err
    assert PASSWORD not in written
    assert WRONG not in written
    assert "hubs_" not in written


async def test_the_ides_bar_is_told_who_asks(client: httpx.AsyncClient) -> None:
    assert (await client.get("/identity")).json() == {"identity": None}
    await sign_in(client)
    told = await client.get("/identity", headers=SAME)
    assert told.json() == {"identity": {"name": "malee", "role": "officer", "purpose": "interactive use"}}
    assert told.headers["cache-control"] == "no-store"
    bad = await client.get("/identity", headers={"authorization": "Bearer nonsense"})
    assert (bad.status_code, bad.headers["www-authenticate"]) == (401, 'Bearer realm="hub", error="invalid_token"')
    assert bad.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
