"""Who gets into the console's pages, and in which language they are."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hub.console.visit import Visit, guarded
from hub.errors import BadInputError
from schema.policy import Role
from tests.hub.console.signing import ENGLISH, OWN, signed_in
from tests.hub.tiny import client_of, tiny_app


async def test_nobody_is_sent_to_sign_in_and_comes_back(engine_url: str) -> None:
    async with client_of(tiny_app(engine_url)) as client:
        response = await client.get("/console?lang=en")
    assert response.status_code == 303
    assert response.headers["location"] == "/login?next=%2Fconsole%3Flang%3Den"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ADMIN, Role.INTEGRATOR, Role.HEAD, Role.TEACHER}))
async def test_who_is_no_administrator_is_refused(engine_url: str, role: Role) -> None:
    async with signed_in(engine_url, "somchai", role) as client:
        response = await client.get("/console", headers={"accept-language": "en"})
    assert response.status_code == 403
    assert "for administrators" in response.text


async def test_an_administrator_sees_the_console_under_a_strict_policy(engine_url: str) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN) as client:
        response = await client.get("/console")
        assert response.status_code == 200
        assert (await client.get("/static/console.css")).status_code == 200
    assert "script-src 'self'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "no-store"
    assert 'href="/admin/"' in response.text
    assert "malee" in response.text


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({}, "th"),
        ({"accept-language": "th-TH,th;q=0.9,en;q=0.8"}, "th"),
        ({"accept-language": "en-GB,en;q=0.9,th;q=0.8"}, "en"),
        ({"accept-language": "de,fr;q=0.9"}, "th"),
        ({"accept-language": "en;q=0, th;q=x, ;;;"}, "th"),
    ],
)
async def test_the_browsers_language_is_spoken(engine_url: str, headers: dict[str, str], language: str) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN) as client:
        response = await client.get("/console", headers=headers)
    assert f'<html lang="{language}">' in response.text


async def test_a_language_that_was_chosen_is_kept(engine_url: str) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN) as client:
        await client.get("/console?lang=en", headers={"accept-language": "th"})
        assert '<html lang="en">' in (await client.get("/console", headers={"accept-language": "th"})).text
        assert '<html lang="en">' in (await client.get("/console?lang=xx")).text


def with_page(url: str) -> Starlette:
    async def handler(visit: Visit) -> Response:
        if "bad" in visit.request.query_params:
            raise BadInputError("Give <b>another</b> name.")
        return PlainTextResponse(visit.say("done", "เสร็จ"))

    app = tiny_app(url)
    app.router.routes.append(Route("/console/page", guarded(handler), methods=["GET", "POST"]))
    return app


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example.org"}])
async def test_a_form_from_elsewhere_changes_nothing(engine_url: str, headers: dict[str, str]) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN, with_page(engine_url)) as client:
        assert (await client.post("/console/page", headers=headers)).status_code == 403
        assert (await client.post("/console/page", headers={**OWN, "accept-language": "en"})).text == "done"


async def test_a_refusal_is_a_page_that_says_why_and_runs_no_markup(engine_url: str) -> None:
    async with signed_in(engine_url, "malee", Role.ADMIN, with_page(engine_url)) as client:
        response = await client.get("/console/page?bad", headers=ENGLISH)
        in_thai = await client.get("/console/page?bad")
    assert response.status_code == in_thai.status_code == 400
    assert BadInputError.thai in in_thai.text
    assert "Give &lt;b&gt;another&lt;/b&gt; name." in response.text
