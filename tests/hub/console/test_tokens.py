"""Tokens in the console, over HTTP: made, listed, rotated, revoked; the secret shown once."""

import re

import httpx
import pytest

from hub.database import Database
from hub.identities.tokens import Tokens
from schema.policy import Role
from tests.hub.console.signing import OWN, account, alert, signed_in
from tests.hub.tokens import bearing
from tests.small_city import SmallCity

WAT = "3083000001"
LIST = "/console/tokens"
FORM = {"role": "integrator", "school": WAT, "purpose": "library cards", "days": "30"}
POSTS = ("new", "1/revoke", "1/rotate")


def secret_in(response: httpx.Response) -> str:
    (found,) = re.findall(r'<code class="secret">(hub_[\w-]{43})</code>', response.text)
    return str(found)


async def create(client: httpx.AsyncClient, **form: object) -> httpx.Response:
    return await client.post(f"{LIST}/new", data={**FORM, **form})


async def answers(client: httpx.AsyncClient, secret: str) -> int:
    headers = {**bearing(secret), "cookie": ""}
    return (await client.get("/identity", headers=headers)).status_code


async def test_a_token_is_made_and_its_secret_shown_once(
    client: httpx.AsyncClient, hub: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    made = await create(client)
    secret = secret_in(made)
    assert made.headers["cache-control"] == "no-store"
    assert await answers(client, secret) == 200
    pages = [await client.get(path) for path in (LIST, f"{LIST}/1")]
    assert all(page.status_code == 200 and secret not in page.text for page in pages)
    assert secret not in str(await hub.rows("SELECT * FROM api_token"))
    written = capfd.readouterr()
    assert secret not in written.out + written.err
    (token,) = await Tokens(hub).list()
    assert (token.role, token.schools, token.purpose) == (Role.INTEGRATOR, (WAT,), "library cards")
    assert token.created_by == "account:1"
    assert re.search(r"Made</dt><dd>[^<]*, root</dd>", pages[1].text)


async def test_a_token_is_narrowed_by_ticking_names(client: httpx.AsyncClient, hub: Database) -> None:
    form = await client.get(f"{LIST}/new")
    assert 'name="only" value="students"' in form.text
    assert 'name="without" value="students.birthDate"' in form.text
    assert "นักเรียน" in form.text
    await create(client, only=["students", "homerooms"], without="students.birthDate")
    (token,) = await Tokens(hub).list()
    assert token.narrowing.only == {"students", "homerooms"}
    assert token.narrowing.without == {"students.birthDate"}
    page = await client.get(f"{LIST}/1")
    assert "homerooms, students" in page.text
    assert "students.birthDate" in page.text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"purpose": " "}, "what the reads are for"),
        ({"days": "0"}, "1 to 366 days"),
        ({"days": "367"}, "1 to 366 days"),
        ({"days": "ten"}, "whole number"),
        ({"days": "9" * 900}, "whole number"),
        ({"days": "²"}, "whole number"),
        ({"role": "king"}, "Choose a role."),
        ({"all_schools": "yes"}, "or else all"),
        ({"school": ""}, "No school has the code"),
        ({"role": "officer"}, "untick them"),
        ({"role": "teacher", "school": []}, "needs a staff number"),
        ({"only": "nothing"}, "no nothing"),
        ({"without": "students.nothing"}, "no students.nothing"),
    ],
)
async def test_what_does_not_fit_is_told_at_the_form_in_both_languages_and_makes_nothing(
    client: httpx.AsyncClient, hub: Database, form: dict[str, object], told: str
) -> None:
    refused = await create(client, **form)
    assert refused.status_code == 400
    assert told in alert(refused)
    assert "--" not in alert(refused)
    thai = await client.post(f"{LIST}/new", data={**FORM, **form}, headers={"accept-language": "th"})
    assert re.search("[\u0e00-\u0e7f]", alert(thai))
    assert await Tokens(hub).list() == []


async def test_a_token_is_revoked_and_listed_on_demand(client: httpx.AsyncClient, hub: Database) -> None:
    await create(client)
    done = await client.post(f"{LIST}/1/revoke")
    page = await client.get(done.headers["location"])
    assert "It is revoked" in page.text
    assert "End it now" not in page.text
    assert "library cards" not in (await client.get(LIST)).text
    assert "library cards" in (await client.get(f"{LIST}?ended")).text
    (token,) = await Tokens(hub).list()
    assert token.revoked_at is not None
    refused = await client.post(f"{LIST}/1/rotate", data={"days": "30", "grace": "0"})
    assert (refused.status_code, "has ended" in alert(refused)) == (400, True)


async def test_a_token_is_rotated_with_a_grace(client: httpx.AsyncClient, hub: Database) -> None:
    first = secret_in(await create(client))
    for form in ({"days": "30", "grace": "169"}, {"days": "30", "grace": "-1"}, {"days": "", "grace": "1"}):
        refused = await client.post(f"{LIST}/1/rotate", data=form)
        assert (refused.status_code, bool(alert(refused))) == (400, True)
    second = secret_in(await client.post(f"{LIST}/1/rotate", data={"days": "30", "grace": "24"}))
    assert first != second
    assert [await answers(client, secret) for secret in (first, second)] == [200, 200]
    old, new = await Tokens(hub).list()
    assert old.revoked_at is not None
    assert (new.schools, new.created_by) == ((WAT,), "account:1")


@pytest.mark.parametrize("key", ["9", "0", "x", "9" * 30, "9" * 5000])
async def test_a_token_that_is_not_there_is_not_found(client: httpx.AsyncClient, key: str) -> None:
    assert (await client.get(f"{LIST}/{key}")).status_code == 404
    assert (await client.post(f"{LIST}/{key}/revoke")).status_code == 404
    assert (await client.post(f"{LIST}/{key}/rotate", data={"days": "1", "grace": "0"})).status_code == 404


async def test_who_is_no_administrator_sees_and_changes_nothing(own_city: SmallCity) -> None:
    await account(own_city.url, "root", Role.ADMIN)
    async with signed_in(own_city.url, "somchai", Role.OFFICER) as client:
        for path in (LIST, f"{LIST}/new", f"{LIST}/1"):
            assert (await client.get(path)).status_code == 403
        for path in POSTS:
            assert (await client.post(f"{LIST}/{path}", data=FORM, headers=OWN)).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "none"}])
async def test_a_form_from_elsewhere_changes_nothing(
    client: httpx.AsyncClient, hub: Database, headers: dict[str, str]
) -> None:
    for path in POSTS:
        assert (await client.post(f"{LIST}/{path}", data=FORM, headers=headers)).status_code == 403
    assert await Tokens(hub).list() == []


async def test_a_token_itself_opens_no_page(client: httpx.AsyncClient) -> None:
    secret = secret_in(await create(client, role="admin", school=[]))
    client.cookies.clear()
    assert (await client.get(LIST, headers=bearing(secret))).status_code == 303
