import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import structlog
from starlette.types import Message

from tests.hub.tiny import client_of, tiny_app

GRAPHQL = "application/graphql-response+json"


@pytest.fixture
async def client(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(tiny_app(sqlite_url)) as opened:
        yield opened


async def ask(client: httpx.AsyncClient, query: str, accept: str = "*/*", **parts: object) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, **parts}, headers={"accept": accept})


def code_of(response: httpx.Response) -> str:
    body = response.json()
    assert set(body) <= {"errors", "data", "extensions"}
    (error,) = body["errors"]
    assert error["message"]
    code: str = error["extensions"]["code"]
    return code


async def test_a_query_is_answered(client: httpx.AsyncClient) -> None:
    response = await ask(client, "query Q($n: String!) { hello(name: $n) echo }", variables={"n": "ไทย"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.json() == {"data": {"hello": "ไทย", "echo": "text"}}


async def test_a_query_is_answered_by_get(client: httpx.AsyncClient) -> None:
    parameters = {"query": "query Q($n: String!) { hello(name: $n) }", "variables": '{"n": "x"}', "operationName": "Q"}
    assert (await client.get("/graphql", params=parameters)).json() == {"data": {"hello": "x"}}


async def test_a_mutation_is_sent_by_post_alone(client: httpx.AsyncClient) -> None:
    assert (await ask(client, "mutation { change }")).json() == {"data": {"change": "changed"}}
    refused = await client.get("/graphql", params={"query": "mutation { change }"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert code_of(refused) == "BAD_USER_INPUT"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_another_method_is_refused(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql", json={"query": "{ hello }"})
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert code_of(response) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/json; charset=latin-1"],
)
async def test_a_wrong_media_type_is_415_in_json(client: httpx.AsyncClient, content_type: str) -> None:
    response = await client.post("/graphql", content=b'{"query": "{ hello }"}', headers={"content-type": content_type})
    assert response.status_code == 415
    assert code_of(response) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b'"text"',
        b"7",
        b"[]",
        b'[{"query": "{ hello }"}, {"query": "{ hello }"}]',
        b"{}",
        b'{"query": ""}',
        b'{"query": 7}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": "{}"}',
        b'{"query": "{ hello }", "extensions": 1}',
        b'{"query": "{ hello }", "operationName": {}}',
        b'{"query": "\xff\xfe"}',
        b'{"query": "{ hello(name: \\"\\ud800\\") }"}',
        b'{"query": "{ hello }", "variables": {"a": "\\udfff"}}',
        b"[" * 100_000,
    ],
)
async def test_a_body_that_is_no_operation_is_400_with_a_code(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 400
    assert code_of(response) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{", None),
        ("{ unknown }", None),
        ("{ hello \x00 }", None),
        ("fragment F on Query { hello }", None),
        ("query A { hello } query B { hello }", None),
        ("subscription { hello }", None),
        ("query Q($n: Int!) { count(number: $n) }", {"n": 2**31}),
        ("query Q($n: Int!) { count(number: $n) }", {"n": 2**63}),
        ("query Q($n: Int!) { count(number: $n) }", {"n": 2**70}),
        ("query Q($n: Int!) { count(number: $n) }", {"n": "1"}),
        ("query Q($n: Int!) { count(number: $n) }", None),
        ("{ count(number: 9223372036854775808) }", None),
        ("{ hello" * 3000, None),
        ("{" * 4000, None),
        ("{ a: hello " + "b: hello " * 5000 + "}", None),
    ],
)
async def test_a_request_error_is_400_or_200_by_what_is_accepted(
    client: httpx.AsyncClient, query: str, variables: dict[str, Any] | None
) -> None:
    for accept, status in ((GRAPHQL, 400), ("application/json", 200)):
        response = await ask(client, query, accept, variables=variables)
        body = response.json()
        assert (response.status_code, response.headers["content-type"]) == (status, f"{accept}; charset=utf-8"), body
        assert "data" not in body
        assert {error["extensions"]["code"] for error in body["errors"]} == {"BAD_USER_INPUT"}


async def test_an_operation_is_chosen_by_its_name(client: httpx.AsyncClient) -> None:
    both = "query A { hello } query B { count(number: 1) }"
    assert (await ask(client, both, operationName="B")).json() == {"data": {"count": 1}}
    assert "operationName" in (await ask(client, both, operationName="C")).json()["errors"][0]["message"]


@pytest.mark.parametrize("text", ["a\\u0000b", "\\u0000"])
async def test_a_nul_character_is_refused_in_a_literal_and_in_a_variable(client: httpx.AsyncClient, text: str) -> None:
    body = f'{{"query": "query($t: String!) {{ echo(text: $t) }}", "variables": {{"t": "{text}"}}}}'
    variable = await client.post("/graphql", content=body, headers={"content-type": "application/json"})
    literal = await ask(client, f'{{ echo(text: "{text}") }}')
    for response in (variable, literal):
        assert response.status_code == 200
        assert code_of(response) == "BAD_USER_INPUT"


async def test_a_megabyte_of_text_is_a_value_like_another(client: httpx.AsyncClient) -> None:
    text = "ก" * 300_000
    response = await ask(client, "query($t: String!) { echo(text: $t) }", variables={"t": text})
    assert response.json() == {"data": {"echo": text}}


async def test_a_megabyte_of_document_is_refused(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ hello } #" + "x" * 900_000)
    assert response.status_code == 413
    assert code_of(response) == "BAD_USER_INPUT"


async def test_a_body_over_the_limit_is_413(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ hello }", variables={"a": "x" * 1024 * 1024})
    assert response.status_code == 413
    assert code_of(response) == "BAD_USER_INPUT"


async def test_a_body_over_the_limit_that_does_not_say_so_is_413(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    response = await client.post("/graphql", content=chunks(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert code_of(response) == "BAD_USER_INPUT"


async def test_an_unforeseen_error_is_masked_and_logged_under_the_request_id(client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        response = await client.post("/graphql", json={"query": "{ broken }"}, headers={"x-request-id": "request-0001"})
    (error,) = response.json()["errors"]
    assert response.status_code == 200
    assert error["path"] == ["broken"]
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "request-0001"}
    assert "request-0001" in error["message"]
    assert "secret" not in response.text
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["operation failed"]


async def test_an_operation_that_runs_too_long_is_stopped(url: str) -> None:
    async with client_of(tiny_app(url, operation_timeout=0.2, readers=1)) as client:
        response = await ask(client, "{ slow }")
        assert response.status_code == 503
        assert code_of(response) == "TIMEOUT"
        assert (await ask(client, "{ echo }")).json() == {"data": {"echo": "text"}}


async def test_a_statement_that_runs_too_long_is_an_error_of_its_field(url: str) -> None:
    async with client_of(tiny_app(url, statement_timeout=0.2, readers=1)) as client:
        response = await ask(client, "{ slow }")
        assert response.status_code == 200
        (error,) = response.json()["errors"]
        assert error["path"] == ["slow"]
        assert error["extensions"] == {"code": "TIMEOUT"}
        assert "0.2 s" in error["message"]
        assert "Ask for less" in error["message"]
        assert (await ask(client, "{ echo }")).json() == {"data": {"echo": "text"}}


async def test_a_client_that_goes_away_frees_its_connection(url: str) -> None:
    app = tiny_app(url, readers=1)
    async with app.router.lifespan_context(app) as state:
        gone = asyncio.Event()
        sent: list[str] = []
        messages = iter([{"type": "http.request", "body": b'{"query": "{ slow }"}', "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in messages:
                return message
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message["type"])

        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": [(b"content-type", b"application/json")],
            "state": dict(state or {}),
        }
        task = asyncio.create_task(app(scope, receive, send))
        await asyncio.sleep(0.3)
        assert not task.done()
        gone.set()
        await asyncio.wait_for(task, 5)
        database = scope["state"]["database"]
        async with database.snapshot() as reader:
            assert await asyncio.wait_for(reader.read("SELECT NULL", [], alone=True), 5) is None


LONG = "x" * 50_000


@pytest.mark.parametrize(
    "body",
    [
        {"query": f"{{ {LONG} }}"},
        {"query": f"{{ hello({LONG}: 1) }}"},
        {"query": "query A { hello } query B { hello }", "operationName": LONG},
        {"query": "query($n: Int!) { count(number: $n) }", "variables": {"n": LONG}},
        {"query": f"{{ hello @{LONG} }}"},
        {"query": f"{{ ...{LONG} }}"},
    ],
)
async def test_a_refusal_repeats_what_is_long_in_part_alone(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    response = await client.post("/graphql", json=body)
    assert code_of(response) == "BAD_USER_INPUT"
    assert len(response.content) < 3_000


async def test_sql_is_shown_in_debug_to_who_asks(url: str) -> None:
    async with client_of(tiny_app(url, debug=True)) as client:
        by_body = await ask(client, "{ hello a: length }", extensions={"explain": True})
        by_header = await client.post("/graphql", json={"query": "{ a: length }"}, headers={"x-hub-explain": "1"})
        unasked = await ask(client, "{ a: length }")
    for response in (by_body, by_header):
        (statement,) = response.json()["extensions"]["sql"]
        assert statement["field"] == "a"
        assert "json" in statement["sql"]
        assert statement["plan"]
    assert "extensions" not in unasked.json()


async def test_sql_is_never_shown_outside_debug(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/graphql", json={"query": "{ echo }", "extensions": {"explain": True}}, headers={"x-hub-explain": "1"}
    )
    assert response.json() == {"data": {"echo": "text"}}


async def test_a_browser_gets_the_ide_and_may_bring_a_query(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "{ hello }"}, headers={"accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "graphiql" in response.text


async def test_no_query_nor_variable_reaches_the_log(client: httpx.AsyncClient) -> None:
    with structlog.testing.capture_logs() as lines:
        await ask(
            client, 'query($t: String!) { echo(text: $t) hello(name: "literal-1409") }', variables={"t": "v-1409"}
        )
        await client.get("/graphql", params={"query": '{ hello(name: "literal-1409") }'})
    assert len([line for line in lines if line["event"] == "request"]) == 2
    assert "1409" not in repr(lines)
