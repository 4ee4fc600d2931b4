"""Accounts in the console, over HTTP: made, listed, changed; and who may not."""

import re

import httpx
import pytest

from hub.database import Database
from hub.identities.accounts import Accounts
from hub.identities.sealing import Sealer
from schema.policy import Role
from tests.hub.console.signing import OWN, PASSWORD, account, alert, signed_in
from tests.hub.tiny import client_of, tiny_app
from tests.small_city import SmallCity

WAT, CITY = "3083000001", "3083000002"
LIST = "/console/accounts"
POSTS = ("new", "1/role", "1/state", "1/password", "1/sessions", "1/second-factor")


def shown_once(response: httpx.Response) -> str:
    (found,) = re.findall(r'<code class="secret">(.*?)</code>', response.text)
    return str(found)


async def create(client: httpx.AsyncClient, name: str = "somchai", **form: object) -> httpx.Response:
    return await client.post(f"{LIST}/new", data={"username": name, "role": "officer", "password": PASSWORD, **form})


async def signs_in(url: str, name: str, password: str = PASSWORD) -> bool:
    async with client_of(tiny_app(url)) as other:
        done = await other.post("/login", data={"username": name, "password": password}, headers=OWN)
    return done.status_code == 303


async def test_an_account_is_made_with_schools_and_listed(client: httpx.AsyncClient, hub: Database) -> None:
    form = await client.get(f"{LIST}/new")
    assert f'value="{WAT}"' in form.text
    assert 'value="integrator"' not in form.text
    made = await create(client, "Somchai", role="head", school=[WAT, CITY])
    assert re.fullmatch(rf"{LIST}/\d+", made.headers["location"])
    page = await client.get(LIST)
    row = re.search(r'<tr>\s*<th scope="row"><a href="[^"]+">somchai</a>.*?</tr>', page.text, re.DOTALL)
    assert row
    for told in ("Head, own schools", f"{WAT}, {CITY}", "active", "no", "\u2013"):
        assert f"<td>{told}</td>" in row[0]
    assert [one.schools for one in await Accounts(hub).list()] == [(), (WAT, CITY)]


async def test_a_teachers_account_is_of_a_staff_number(client: httpx.AsyncClient, hub: Database) -> None:
    ((staff_no,),) = await hub.rows("SELECT staff_no FROM teacher ORDER BY id LIMIT 1")
    made = await create(client, role="teacher", teacher=f" {staff_no} ")
    page = await client.get(made.headers["location"])
    assert f'name="teacher" value="{staff_no}"' in page.text


async def test_a_password_that_is_made_is_shown_once_and_signs_in(
    client: httpx.AsyncClient, own_city: SmallCity, capfd: pytest.CaptureFixture[str]
) -> None:
    made = await create(client, password="")
    assert made.status_code == 200
    assert made.headers["cache-control"] == "no-store"
    password = shown_once(made)
    assert password not in (await client.get(LIST)).text
    assert await signs_in(own_city.url, "somchai", password)
    written = capfd.readouterr()
    assert password not in written.out + written.err


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"username": "a b"}, "letters a to z"),
        ({"username": "root"}, "already"),
        ({"role": ""}, "Choose a role."),
        ({"role": "king"}, "Choose a role."),
        ({"role": "integrator"}, "make a token"),
        ({"role": "head"}, "tick one or more"),
        ({"role": "head", "school": "999"}, "No school has the code 999"),
        ({"role": "officer", "school": WAT}, "untick them"),
        ({"role": "teacher"}, "needs a staff number"),
        ({"role": "teacher", "teacher": "nobody"}, "No teacher has the staff number nobody"),
        ({"role": "admin", "teacher": "1"}, "leave it empty"),
        ({"role": "officer", "all_schools": "yes"}, "untick it"),
        ({"password": "short"}, "at least 12 characters"),
    ],
)
async def test_what_does_not_fit_is_told_at_the_form_in_both_languages_and_makes_nothing(
    client: httpx.AsyncClient, hub: Database, form: dict[str, str], told: str
) -> None:
    data = {"username": "somchai", "role": "officer", "password": PASSWORD, **form}
    refused = await client.post(f"{LIST}/new", data=data)
    assert refused.status_code == 400
    assert told in alert(refused)
    assert "--" not in alert(refused)
    assert f'name="username" value="{data["username"]}"' in refused.text
    assert PASSWORD not in refused.text
    thai = await client.post(f"{LIST}/new", data=data, headers={"accept-language": "th"})
    assert re.search("[\u0e00-\u0e7f]", alert(thai))
    assert len(await Accounts(hub).list()) == 1


async def test_what_is_typed_runs_no_markup(client: httpx.AsyncClient) -> None:
    refused = await create(client, '"><script>x</script>', teacher='"><b>')
    assert "<script>x" not in refused.text
    assert '"><b>' not in refused.text


async def test_a_role_is_changed_and_the_account_signed_out(
    client: httpx.AsyncClient, own_city: SmallCity, hub: Database
) -> None:
    await create(client)
    async with client_of(tiny_app(own_city.url)) as other:
        await other.post("/login", data={"username": "somchai", "password": PASSWORD}, headers=OWN)
        assert "Last used" in (await client.get(f"{LIST}/2")).text
        refused = await client.post(f"{LIST}/2/role", data={"role": "head"})
        assert (refused.status_code, "tick one" in alert(refused)) == (400, True)
        assert (await other.get("/console/me")).status_code == 200
        done = await client.post(f"{LIST}/2/role", data={"role": "head", "school": WAT})
        assert "The role is changed" in (await client.get(done.headers["location"])).text
        assert await hub.rows("SELECT count(*) FROM account_session WHERE account_id = 2") == [(0,)]
    (_, changed) = await Accounts(hub).list()
    assert (changed.role, changed.schools) == (Role.HEAD, (WAT,))


async def test_an_account_is_disabled_and_enabled(client: httpx.AsyncClient, own_city: SmallCity) -> None:
    await create(client)
    await client.post(f"{LIST}/2/state", data={"active": "no"})
    assert "disabled" in (await client.get(f"{LIST}/2")).text
    assert not await signs_in(own_city.url, "somchai")
    await client.post(f"{LIST}/2/state", data={"active": "yes"})
    assert await signs_in(own_city.url, "somchai")


async def test_the_last_administrator_is_neither_disabled_nor_made_something_else(
    client: httpx.AsyncClient, hub: Database
) -> None:
    for path, data in ((f"{LIST}/1/state", {"active": "no"}), (f"{LIST}/1/role", {"role": "officer"})):
        refused = await client.post(path, data=data)
        assert refused.status_code == 400
        assert "last administrator" in alert(refused)
        thai = await client.post(path, data=data, headers={"accept-language": "th"})
        assert "คนสุดท้าย" in alert(thai)
    await create(client, "second", role="admin")
    assert (await client.post(f"{LIST}/1/role", data={"role": "officer"})).status_code == 303
    assert [one.role for one in await Accounts(hub).list()] == [Role.OFFICER, Role.ADMIN]


async def test_a_password_is_reset_and_shown_once(client: httpx.AsyncClient, own_city: SmallCity) -> None:
    await create(client)
    refused = await client.post(f"{LIST}/2/password", data={"password": "short"})
    assert (refused.status_code, "12 characters" in alert(refused)) == (400, True)
    reset = await client.post(f"{LIST}/2/password", data={"password": ""})
    assert await signs_in(own_city.url, "somchai", shown_once(reset))
    assert not await signs_in(own_city.url, "somchai")
    typed = await client.post(f"{LIST}/2/password", data={"password": "other words of mine"})
    assert "other words" not in typed.text
    assert await signs_in(own_city.url, "somchai", "other words of mine")


async def test_sessions_are_ended_and_a_lost_second_factor_removed(
    client: httpx.AsyncClient, own_city: SmallCity, hub: Database
) -> None:
    await create(client)
    await signs_in(own_city.url, "somchai")
    done = await client.post(f"{LIST}/2/sessions")
    assert "signed out everywhere" in (await client.get(done.headers["location"])).text
    assert await hub.rows("SELECT count(*) FROM account_session WHERE account_id = 2") == [(0,)]
    async with hub.writing() as connection:
        await connection.execute("UPDATE account SET second_factor_at = created_at WHERE id = 2")
        await connection.execute(
            "INSERT INTO second_factor (account_id, sealed_secret, used_step, offered_at)"
            " SELECT id, $1, 0, created_at FROM account WHERE id = 2",
            (Sealer(bytes(32)).seal("A" * 32),),
        )
    assert "Remove it; it is signed out" in (await client.get(f"{LIST}/2")).text
    await client.post(f"{LIST}/2/second-factor")
    assert await signs_in(own_city.url, "somchai")
    assert await hub.rows("SELECT count(*) FROM second_factor") == [(0,)]


@pytest.mark.parametrize("key", ["9", "0", "x", "1e3", "9" * 30, "9" * 5000])
async def test_an_account_that_is_not_there_is_not_found(client: httpx.AsyncClient, key: str) -> None:
    assert (await client.get(f"{LIST}/{key}")).status_code == 404
    for path in POSTS[1:]:
        what = path.partition("/")[2]
        assert (await client.post(f"{LIST}/{key}/{what}", data={"role": "admin"})).status_code == 404


@pytest.mark.parametrize("content", [b"username=%00", b"username=%ff", b"&".join([b"school=1"] * 3000), b"{}"])
async def test_a_bad_form_is_refused(client: httpx.AsyncClient, content: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded" if content != b"{}" else "application/json"}
    for path in POSTS[:4]:
        assert (await client.post(f"{LIST}/{path}", content=content, headers=headers)).status_code == 400


async def test_who_is_no_administrator_sees_and_changes_nothing(own_city: SmallCity) -> None:
    await account(own_city.url, "root", Role.ADMIN)
    async with signed_in(own_city.url, "somchai", Role.OFFICER) as client:
        for path in (LIST, f"{LIST}/new", f"{LIST}/1"):
            assert (await client.get(path)).status_code == 403
        for path in POSTS:
            assert (await client.post(f"{LIST}/{path}", data={"role": "admin"}, headers=OWN)).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}])
async def test_a_form_from_elsewhere_changes_nothing(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for path in POSTS:
        assert (await client.post(f"{LIST}/{path}", data={"role": "admin"}, headers=headers)).status_code == 403


async def test_an_administrator_who_is_disabled_meanwhile_changes_nothing_more(
    client: httpx.AsyncClient, hub: Database, own_city: SmallCity
) -> None:
    await create(client, "second", role="admin")
    await Accounts(hub).set_active("root", active=False)
    # Another process, which remembers nothing of the session; this one would take it for five seconds more.
    async with client_of(tiny_app(own_city.url)) as anew:
        anew.cookies.update(client.cookies)
        refused = await anew.post(f"{LIST}/2/state", data={"active": "no"}, headers=OWN)
    assert refused.headers["location"].startswith("/login")
    assert [one.is_active for one in await Accounts(hub).list()] == [False, True]


async def test_a_session_that_has_ended_changes_nothing_more(
    client: httpx.AsyncClient, hub: Database, own_city: SmallCity
) -> None:
    async with hub.writing() as connection:
        await connection.execute("UPDATE account_session SET expires_at = created_at")
    async with client_of(tiny_app(own_city.url)) as anew:
        anew.cookies.update(client.cookies)
        for path in POSTS:
            refused = await anew.post(f"{LIST}/{path}", data={"username": "x1", "role": "admin"}, headers=OWN)
            assert refused.headers["location"] == "/login?next=%2Fconsole"
    assert [one.username for one in await Accounts(hub).list()] == ["root"]
