"""What a request may carry, and what is refused before any of it is looked at."""

import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.hub.tiny import client_of, tiny_app

JSON = {"content-type": "application/json"}
QUERY = "query($t: String) { hello(name: $t) }"


@pytest.fixture
async def client(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(tiny_app(sqlite_url, variable_limit=100)) as opened:
        yield opened


def error_of(response: httpx.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    return response.status_code, error["message"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP", "identity, gzip"])
async def test_an_encoded_body_is_refused_unread(client: httpx.AsyncClient, encoding: str) -> None:
    body = gzip.compress(b'{"query": "{ hello }"}')
    response = await client.post("/graphql", content=body, headers={**JSON, "content-encoding": encoding})
    status, message = error_of(response)
    assert status == 415
    assert "send it as it is" in message


async def test_a_body_that_says_it_is_not_encoded_is_read(client: httpx.AsyncClient) -> None:
    headers = {**JSON, "content-encoding": "identity"}
    response = await client.post("/graphql", content=b'{"query": "{ hello }"}', headers=headers)
    assert response.json() == {"data": {"hello": "world"}}


async def test_of_a_key_sent_twice_the_last_is_meant(client: httpx.AsyncClient) -> None:
    body = b'{"query": "{ unknown }", "query": "{ hello }"}'
    response = await client.post("/graphql", content=body, headers=JSON)
    assert response.json() == {"data": {"hello": "world"}}


@pytest.mark.parametrize("name", ["query", "variables", "operationName", "extensions"])
async def test_a_parameter_of_the_url_sent_twice_is_refused(client: httpx.AsyncClient, name: str) -> None:
    # A proxy that looks at one of them and a hub that reads the other would not mean the same request.
    status, message = error_of(await client.get("/graphql", params=[("query", "{ hello }"), (name, "1"), (name, "2")]))
    assert status == 400
    assert f'"{name}"' in message


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "01", "0x1", "+1"])
async def test_a_number_that_json_does_not_have_is_refused(client: httpx.AsyncClient, number: str) -> None:
    body = f'{{"query": "{{ hello }}", "variables": {{"t": {number}}}}}'
    response = await client.post("/graphql", content=body.encode(), headers=JSON)
    assert error_of(response)[0] == 400


@pytest.mark.parametrize("variables", [{"t": ["x"] * 100}, {"t": [["x"] * 40] * 3}, {f"v{n}": 1 for n in range(101)}])
async def test_more_values_than_the_limit_are_refused(client: httpx.AsyncClient, variables: dict[str, Any]) -> None:
    response = await client.post("/graphql", json={"query": QUERY, "variables": variables})
    status, message = error_of(response)
    assert status == 413
    assert "the limit is 100" in message


async def test_as_many_values_as_the_limit_are_read(client: httpx.AsyncClient) -> None:
    variables = {"t": "x", "more": ["x"] * 98}
    response = await client.post("/graphql", json={"query": QUERY, "variables": variables})
    assert response.json() == {"data": {"hello": "x"}}


@pytest.mark.parametrize(("levels", "status"), [(48, 200), (60, 400), (1000, 400), (100_000, 400)])
async def test_values_nested_too_deeply_are_refused(client: httpx.AsyncClient, levels: int, status: int) -> None:
    body = json.dumps({"query": QUERY, "variables": {"t": "x", "u": "?"}}).replace('"?"', "[" * levels + "]" * levels)
    response = await client.post("/graphql", content=body.encode(), headers=JSON)
    assert response.status_code == status
    if status != 200:
        assert error_of(response)


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "1e" + "9" * 400, "1" + "0" * 400 + ".5"])
async def test_a_number_too_long_for_python_is_the_clients_mistake(client: httpx.AsyncClient, number: str) -> None:
    # It was answered as a fault of the hub, with status 500.
    headers = {"accept": "application/graphql-response+json"}
    literal = await client.post("/graphql", json={"query": f"{{ count(number: {number}) }}"}, headers=headers)
    assert error_of(literal)[0] == 400
    body = f'{{"query": "query($n: Int!) {{ count(number: $n) }}", "variables": {{"n": {number}}}}}'
    variable = await client.post("/graphql", content=body.encode(), headers={**headers, **JSON})
    assert error_of(variable)[0] == 400
