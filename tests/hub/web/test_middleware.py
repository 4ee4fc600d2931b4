import asyncio

import httpx
import pytest
import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.web.metrics import Metrics
from hub.web.middleware import RequestMiddleware
from tests.hub.tiny import client_of, tiny_app


def client(app: ASGIApp) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub")


async def failing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ZeroDivisionError("the secret of the house")


async def failing_late(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ZeroDivisionError


async def test_a_given_request_id_is_given_back(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get("/healthz", headers={"x-request-id": "trace-0000.1"})
    assert response.headers["x-request-id"] == "trace-0000.1"


@pytest.mark.parametrize("given", ["short", "x" * 129, "with space", "quote'quote", "0123456789;a=1"])
async def test_a_request_id_that_is_no_plain_one_is_replaced(sqlite_url: str, given: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get("/healthz", headers={"x-request-id": given})
    assert len(response.headers["x-request-id"]) == 32


async def test_an_unforeseen_failure_is_one_json_error_without_its_cause() -> None:
    with structlog.testing.capture_logs() as lines:
        async with client(RequestMiddleware(failing, metrics=Metrics())) as asking:
            response = await asking.get("/")
            await asyncio.sleep(0)
    assert response.status_code == 500
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": response.headers["x-request-id"]}
    assert "secret" not in response.text
    assert [line["event"] for line in lines] == ["request failed", "request"]


async def test_a_failure_after_the_head_breaks_the_answer_off() -> None:
    async with client(RequestMiddleware(failing_late, metrics=Metrics())) as asking:
        with pytest.raises(ZeroDivisionError):
            await asking.get("/")


@pytest.mark.parametrize("path", ["/", "/graphql", "/healthz", "/nothing", "/static/start.css"])
async def test_every_answer_has_the_security_headers(sqlite_url: str, path: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get(path, headers={"accept": "text/html"})
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert len(response.headers.get_list("content-security-policy")) == 1
    assert response.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "is_page"), [("/", True), ("/graphql", True), ("/healthz", False), ("/nothing", False)]
)
async def test_only_pages_are_told_what_concerns_pages_alone(sqlite_url: str, path: str, *, is_page: bool) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get(path, headers={"accept": "text/html"})
    for name in ("referrer-policy", "cross-origin-opener-policy", "permissions-policy"):
        assert (name in response.headers) is is_page


async def test_the_answer_does_not_wait_for_its_line_in_the_log() -> None:
    # uvloop sends what was written when all that is ready has run, so a line written before would delay the answer.
    async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    with structlog.testing.capture_logs() as lines:
        async with client(RequestMiddleware(answering, metrics=Metrics())) as asking:
            await asking.get("/")
            assert not lines
            await asyncio.sleep(0)
    assert [line["event"] for line in lines] == ["request"]


async def test_a_path_that_is_not_there_is_a_json_error(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get("/nothing")
    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_slash_too_many_is_redirected_on_the_same_host(sqlite_url: str, method: str) -> None:
    # The redirect named whatever host the request named.
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.request(method, "/graphql/?query=%7Bhello%7D", headers={"host": "evil.example"})
    assert response.status_code == 307
    assert response.headers["location"] == "/graphql?query=%7Bhello%7D"


@pytest.mark.parametrize("path", ["/static", "/static/ide", "//evil.example/", "/nothing/"])
async def test_no_other_path_is_redirected(sqlite_url: str, path: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get(httpx.URL("http://hub").copy_with(raw_path=path.encode()))
    assert response.status_code == 404
    assert "location" not in response.headers


async def test_a_method_that_is_not_there_is_a_json_error(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.post("/readyz")
    assert response.status_code == 405
    assert response.headers["allow"]
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_file_outside_the_static_folder_is_not_given(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get("/static/%2e%2e/app.py")
    assert response.status_code == 404
