"""Who gets at the console's tables: ordered anonymous, not allowed, from elsewhere, allowed."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.identities import identities
from schema.policy import Role
from tests.engines import Client
from tests.hub.console.signing import OWN, PASSWORD, signed_in
from tests.hub.console.test_me import KEY
from tests.hub.editor.visiting import TABLES, visiting
from tests.hub.tiny import client_of, tiny_app
from tests.hub.tokens import bearing

READ = (
    "/admin/public/meta/",
    "/admin/public/translations/th/",
    "/admin/api/user/",
    "/admin/api/tables/",
    "/admin/api/tables/grouped/",
    f"{TABLES}/school/",
    f"{TABLES}/school/1/",
    f"{TABLES}/school/schema/",
    f"{TABLES}/student/ids/",
    f"{TABLES}/nothing/",
)
CLOSED = (
    ("POST", "/admin/public/login/"),
    ("POST", "/admin/api/change-password/"),
    ("POST", "/admin/api/media/"),
    ("POST", "/admin/api/media/generate-file-url/"),
    ("GET", "/admin/api/docs/"),
    ("GET", "/admin/api/openapi.json"),
    ("GET", "/admin/openapi.json"),
    ("GET", "/admin/docs"),
    ("GET", "/admin/public/docs/"),
    ("GET", "/admin/api/mfa-setup/"),
    ("POST", "/admin/api/forms/x/"),
    ("DELETE", f"{TABLES}/school/"),
)


async def test_nobody_is_sent_to_sign_in_and_comes_back(engine_url: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        page = await client.get("/admin/")
        assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2Fadmin%2F")
        bare = await client.get("/admin")
        assert (bare.status_code, bare.headers["location"]) == (308, "/admin/")


@pytest.mark.parametrize("path", READ)
async def test_nobody_reads_anything(engine_url: str, path: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        response = await client.get(path)
    assert response.status_code == 401
    assert response.json()["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST])
async def test_other_roles_do_not_enter(engine_url: str, role: Role) -> None:
    async with signed_in(engine_url, "malee", role) as client:
        page = await client.get("/admin/", headers={"accept-language": "en"})
        assert page.status_code == 403
        assert "for administrators" in page.text
        for path in READ:
            assert (await client.get(path)).status_code == 403
        written = await client.post(f"{TABLES}/exit_reason/", json={}, headers=OWN)
        assert written.status_code == 403


async def test_a_token_opens_nothing_here(engine_url: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        response = await client.get(f"{TABLES}/school/", headers=bearing("hub_" + "a" * 43))
    assert response.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example.org"},
        {"x-csrftoken": "forged", "cookie": "csrftoken=forged"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
async def test_a_write_from_elsewhere_is_refused(engine_url: str, method: str, headers: dict[str, str]) -> None:
    async with signed_in(engine_url, "somchai", Role.ADMIN) as client:
        cookie = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
        sent = {**headers, "cookie": f"{cookie}; {headers.get('cookie', '')}"}
        response = await client.request(method, f"{TABLES}/exit_reason/1/", json={}, headers=sent)
        assert response.status_code == 403
        assert response.json()["code"] == "FORBIDDEN"


async def test_an_origin_behind_a_proxy_is_our_own(engine_url: str) -> None:
    async with client_of(tiny_app(engine_url, public_origin="https://hub.example.org")) as client:
        async with signed_in(engine_url, "somchai", Role.ADMIN) as other:
            secret = next(iter(other.cookies.jar)).value
        client.cookies.set("__Host-hub_session", secret or "")
        refused = await client.post(f"{TABLES}/exit_reason/", json={}, headers={"origin": "http://hub"})
        assert refused.status_code == 403
        admitted = await client.post(f"{TABLES}/exit_reason/", json={}, headers={"origin": "https://hub.example.org"})
        assert admitted.status_code == 422


async def test_an_expired_session_opens_nothing(
    engine_url: str, database: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identities, "REMEMBERED", timedelta())
    async with visiting(engine_url) as client:
        assert (await client.get("/admin/")).status_code == 200
        past = datetime.now(UTC) - timedelta(minutes=1)
        await database.run("UPDATE account_session SET expires_at = $1", past)
        assert (await client.get("/admin/")).status_code == 303
        assert (await client.get(f"{TABLES}/school/")).status_code == 401
        assert (await client.delete(f"{TABLES}/school/1/")).status_code == 401


async def test_signing_out_in_the_console_signs_out_of_the_hub(engine_url: str) -> None:
    async with visiting(engine_url) as client:
        left = await client.post("/admin/public/logout/")
        assert left.status_code == 204
        assert left.headers["clear-site-data"] == '"cache", "storage"'
        assert (await client.get("/admin/")).status_code == 303
        assert (await client.get("/identity")).json() == {"identity": None}


async def test_piccolos_own_doors_are_not_there(engine_url: str) -> None:
    async with visiting(engine_url) as client:
        for method, path in CLOSED:
            response = await client.request(method, path, json={"username": "somchai", "password": "x"})
            assert response.status_code in (404, 405), path


async def test_the_page_runs_under_a_policy_and_is_kept_by_nobody(engine_url: str) -> None:
    async with visiting(engine_url) as client:
        page = await client.get("/admin/")
        assert page.status_code == 200
        policy = page.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert page.headers["cache-control"] == "no-store"
        assert (await client.get(f"{TABLES}/school/")).headers["cache-control"] == "no-store"
        for name in (
            "tables.css",
            "tables-page.js",
            "tables.js",
            "tables-names.js",
            "tables-access.js",
            "tables-keys.js",
        ):
            assert f"/static/{name}" in page.text
            assert (await client.get(f"/static/{name}")).status_code == 200


async def test_who_owes_a_second_factor_does_not_enter(engine_url: str) -> None:
    async with visiting(engine_url) as client:
        assert (await client.get(f"{TABLES}/school/")).status_code == 200
    demanding = tiny_app(engine_url, secret_key=KEY, require_mfa="admin")
    async with client_of(demanding) as client:
        await client.post("/login", data={"username": "somchai", "password": PASSWORD}, headers=OWN)
        page = await client.get("/admin/")
        assert page.status_code in (303, 403)
        assert (await client.get(f"{TABLES}/school/")).status_code in (401, 403)
        assert (await client.post(f"{TABLES}/exit_reason/", json={}, headers=OWN)).status_code in (401, 403)
