from collections.abc import AsyncIterator

import httpx
import pytest

from hub.web.validators import etag_of, names
from tests.hub.tiny import client_of, tiny_app

QUERY = {"query": "{ hello }"}


@pytest.fixture
async def client(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(tiny_app(sqlite_url)) as client:
        yield client


async def test_an_answer_that_the_client_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/graphql", params=QUERY)
    again = await client.get("/graphql", params=QUERY, headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["vary"] == first.headers["vary"]
    assert "content-type" not in again.headers


async def test_an_answer_that_changed_is_sent(client: httpx.AsyncClient) -> None:
    first = await client.get("/graphql", params=QUERY)
    other = await client.get(
        "/graphql", params={"query": '{ hello(name: "other") }'}, headers={"if-none-match": first.headers["etag"]}
    )
    assert other.status_code == 200
    assert other.headers["etag"] != first.headers["etag"]


async def test_the_tag_is_of_the_answer_compressed_or_not(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url, compress_from=0)) as client:
        packed = await client.get("/graphql", params=QUERY, headers={"accept-encoding": "gzip"})
        plain = await client.get("/graphql", params=QUERY, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == plain.headers["etag"]
    assert plain.headers["etag"].startswith("W/")


async def test_each_media_type_has_a_tag_of_its_own(client: httpx.AsyncClient) -> None:
    one = await client.get("/graphql", params=QUERY, headers={"accept": "application/json"})
    other = await client.get("/graphql", params=QUERY, headers={"accept": "application/graphql-response+json"})
    assert one.headers["etag"] != other.headers["etag"]


async def test_a_refusal_has_no_tag(client: httpx.AsyncClient) -> None:
    for query in ("{ broken }", "{ unknown }", "{"):
        response = await client.get("/graphql", params={"query": query}, headers={"if-none-match": "*"})
        assert response.status_code != 304
        assert "etag" not in response.headers


async def test_an_answer_to_post_has_no_tag(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json=QUERY, headers={"if-none-match": "*"})
    assert response.status_code == 200
    assert "etag" not in response.headers


@pytest.mark.parametrize("query", ["{ hello }", "{ broken }", "{"])
async def test_no_cache_keeps_an_answer_by_itself(client: httpx.AsyncClient, query: str) -> None:
    for response in (
        await client.get("/graphql", params={"query": query}),
        await client.post("/graphql", json={"query": query}),
    ):
        assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", ['"{}"', 'W/"{}"', '"other", W/"{}"', "*"])
def test_a_tag_is_found_among_those_named(given: str) -> None:
    etag = etag_of(b"answer", "application/json")
    assert names(given.format(etag[3:-1]), etag)


@pytest.mark.parametrize("given", ["", '"other"', "W/", "nonsense", ","])
def test_a_tag_that_is_not_named_is_not_found(given: str) -> None:
    assert not names(given, etag_of(b"answer", "application/json"))
