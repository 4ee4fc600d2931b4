import pytest

from tests.hub.tiny import client_of, tiny_app


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_the_graphs_endpoint_answers_every_method_itself(sqlite_url: str, method: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.request(method, "/graphql", params={"query": "{ hello }"})
    assert response.status_code == {"GET": 200, "POST": 415}.get(method, 405)


async def test_its_requests_are_counted_under_its_route(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        await tiny.get("/graphql", params={"query": "{ hello }"})
        metrics = (await tiny.get("/metrics")).text
    assert 'hub_requests_total{method="GET",operation="query",route="/graphql",status="200"} 1.0' in metrics


@pytest.mark.parametrize("path", ["/graphql2", "/graphql/x", "/"])
async def test_other_paths_are_the_routers(sqlite_url: str, path: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as tiny:
        response = await tiny.get(path)
    assert response.status_code == (200 if path == "/" else 404)
