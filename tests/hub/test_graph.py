"""The hub's own graph behind the service: what the pages promise is what it answers."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import build_schema, parse, validate

from hub.graph import Graph
from hub.identities.grant import Grant
from hub.identities.owner import OWNER
from hub.settings import Settings
from hub.web import start
from schema.policy import Role
from tests.engines import Client
from tests.hub.serving import served
from tests.hub.tokens import bearing, token_of
from tests.small_city import SmallCity

SERVE = ["-c", "import sys; from hub.cli import main; sys.argv[:] = ['hub', 'serve']; main()"]


@pytest.mark.parametrize("query", [start.FIGURES, *(text for _, text in start.QUERIES)])
def test_the_graph_takes_every_query_of_the_start_page(query: str) -> None:
    assert validate(build_schema(Graph(Settings()).of(OWNER).as_str()), parse(query)) == []


def test_the_service_answers_from_the_database_it_is_given(small_city: SmallCity, tmp_path: Path) -> None:
    with (
        served(SERVE, tmp_path, {"HUB_DATABASE_URL": small_city.url}) as server,
        httpx.Client() as client,
    ):
        client.base_url = httpx.URL(server.base_url)
        assert client.post("/graphql", json={"query": "{ schools { totalCount } }"}).status_code == 401
        client.headers.update(bearing(token_of(small_city.url)))
        assert client.get("/readyz").json()["status"] == "ok"
        query = "{ schools(first: 2) { totalCount nodes { code name students(first: 2) { nodes { studentNo } } } } }"
        answer = client.post("/graphql", json={"query": query}).json()
        assert answer["data"]["schools"]["nodes"][0]["code"]
        assert "errors" not in answer
        refused = client.post("/graphql", json={"query": "{ schools(first: -1) { nodes { code } } }"})
        assert refused.status_code == 200
        assert refused.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert server.stop() in (0, -15)
    assert '"event":"request"' in server.log.read_text()


def test_a_read_of_pupils_is_in_the_log_by_whoever_asked(small_city: SmallCity, tmp_path: Path) -> None:
    token = token_of(small_city.url, Grant(Role.OFFICER))
    with served(SERVE, tmp_path, {"HUB_DATABASE_URL": small_city.url}) as server:
        query = "query Names { students(first: 2) { nodes { givenName } } }"
        told = {**bearing(token), "x-request-id": "a-read-of-pupils"}
        asked = httpx.post(f"{server.base_url}/graphql", json={"query": query}, headers=told)
        assert len(asked.json()["data"]["students"]["nodes"]) == 2
        assert "\x01" not in asked.text
        server.stop()
    rows = asyncio.run(logged(small_city.url))
    assert rows == [("officer", "testing", "Names", "Student.givenName", 2)]
    assert token not in server.log.read_text()


async def logged(url: str) -> list[tuple[Any, ...]]:
    """What the log of reads says of the request."""
    sql = "SELECT role, purpose, operation, fields, pupils FROM read_log WHERE request_id = $1"
    async with Client.connect(url) as client:
        return await client.rows(sql, "a-read-of-pupils")
