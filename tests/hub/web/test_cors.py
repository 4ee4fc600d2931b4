from collections.abc import AsyncIterator

import httpx
import pytest

from tests.hub.tiny import client_of, tiny_app

DASHBOARD = "https://dashboard.example.org"
FOREIGN = "https://elsewhere.example.org"


@pytest.fixture
async def client(sqlite_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = tiny_app(sqlite_url, cors_origins=f"{DASHBOARD}, http://localhost:5173", body_limit=2048)
    async with client_of(app) as client:
        yield client


def preflight(origin: str, method: str = "POST", headers: str = "content-type") -> dict[str, str]:
    return {
        "origin": origin,
        "access-control-request-method": method,
        "access-control-request-headers": headers,
    }


def allowed(response: httpx.Response) -> str | None:
    origin: str | None = response.headers.get("access-control-allow-origin")
    return origin


@pytest.mark.parametrize("origin", [DASHBOARD, "http://localhost:5173"])
@pytest.mark.parametrize(("method", "header"), [("POST", "content-type"), ("GET", "if-none-match, x-request-id")])
async def test_a_preflight_of_a_named_origin_is_granted(
    client: httpx.AsyncClient, origin: str, method: str, header: str
) -> None:
    response = await client.options("/graphql", headers=preflight(origin, method, header))
    assert response.status_code == 200
    assert allowed(response) == origin
    assert method in response.headers["access-control-allow-methods"]
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("headers"),
    [
        preflight(FOREIGN),
        preflight("null"),
        preflight(f"{DASHBOARD}.evil.example"),
        preflight(DASHBOARD, "DELETE"),
        preflight(DASHBOARD, headers="x-unknown"),
    ],
)
async def test_any_other_preflight_is_refused(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await client.options("/graphql", headers=headers)
    assert response.status_code == 400
    assert allowed(response) in (None, DASHBOARD)
    assert "DELETE" not in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"query": "{ hello }"}', 200),
        (b'{"query": "{ broken }"}', 200),
        (b"{", 400),
        (b'{"query": "{ hello }", "padding": "%s"}' % (b"x" * 4096), 413),
    ],
)
async def test_answers_and_refusals_alike_may_be_read_by_a_named_origin(
    client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    response = await client.post(
        "/graphql", content=body, headers={"origin": DASHBOARD, "content-type": "application/json"}
    )
    assert response.status_code == status
    assert allowed(response) == DASHBOARD
    assert "Origin" in response.headers["vary"]
    assert "X-Request-Id" in response.headers["access-control-expose-headers"]


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/healthz", 200)])
async def test_paths_other_than_the_graph_may_be_read_too(client: httpx.AsyncClient, path: str, status: int) -> None:
    response = await client.get(path, headers={"origin": DASHBOARD})
    assert (response.status_code, allowed(response)) == (status, DASHBOARD)


async def test_an_unforeseen_failure_may_be_read_by_a_named_origin(sqlite_url: str) -> None:
    app = tiny_app(sqlite_url, cors_origins=DASHBOARD)
    # Without its lifespan the application has no database, which nobody foresees.
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub") as client:
        response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": DASHBOARD})
    assert response.status_code == 500
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert allowed(response) == DASHBOARD


@pytest.mark.parametrize("origin", [FOREIGN, "null", "HTTPS://DASHBOARD.EXAMPLE.ORG", DASHBOARD + ":444"])
async def test_a_foreign_origin_may_read_nothing(client: httpx.AsyncClient, origin: str) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": origin})
    assert allowed(response) is None
    assert "Origin" in response.headers["vary"]


async def test_an_answer_to_no_origin_says_that_it_varies_by_origin(client: httpx.AsyncClient) -> None:
    # Or a cache would give it to a page of a named origin, which could not read it.
    response = await client.get("/graphql", params={"query": "{ hello }"})
    assert allowed(response) is None
    assert "Origin" in response.headers["vary"]


async def test_nobody_may_read_unless_named(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": DASHBOARD})
        refused = await client.options("/graphql", headers=preflight(DASHBOARD))
    assert not [name for name in (*response.headers, *refused.headers) if name.startswith("access-control-")]
    assert refused.status_code == 405


async def test_the_security_headers_stay(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": DASHBOARD})
    # It bars embedding by <script> and <img>, not what fetch() asks for by CORS.
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
