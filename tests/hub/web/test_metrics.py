import re

from tests.hub.tiny import client_of, tiny_app


async def test_requests_are_counted_by_operation_kind_and_never_by_text(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        for query in ("{ hello }", "query Named { hello }", "mutation { change }", "{ unknown }", "{"):
            await client.post("/graphql", json={"query": query})
        await client.get("/nothing/here")
        text = (await client.get("/metrics")).text
    counted = dict(re.findall(r"^hub_requests_total{(.*)} (\d+\.\d)$", text, re.MULTILINE))
    assert counted['method="POST",operation="query",route="/graphql",status="200"'] == "2.0"
    assert counted['method="POST",operation="mutation",route="/graphql",status="200"'] == "1.0"
    assert counted['method="POST",operation="invalid",route="/graphql",status="200"'] == "2.0"
    assert counted['method="GET",operation="",route="none",status="404"'] == "1.0"
    assert "unknown" not in text
    assert "here" not in text


async def test_the_pool_and_the_process_are_shown(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url, readers=3)) as client:
        text = (await client.get("/metrics")).text
    assert "hub_database_connections 3.0" in text
    assert "hub_database_connections_busy 0.0" in text
    assert "process_resident_memory_bytes" in text


async def test_two_applications_of_one_process_count_apart(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        await client.get("/healthz")
    async with client_of(tiny_app(sqlite_url)) as client:
        assert "/healthz" not in (await client.get("/metrics")).text
