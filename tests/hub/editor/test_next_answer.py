"""What is edited in the console is what the graph answers next, and the history has who edited it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from hub.app import compose
from hub.graph import Graph
from hub.settings import Settings
from hub.web.graphql import Graphs
from schema.policy import Role
from tests.hub.console.signing import ENGLISH, signed_in
from tests.hub.editor.visiting import TABLES
from tests.small_city import SmallCity

SUBJECT = '{ subject(schoolCode: "3083000002", code: "ค21101") { id name nameTh credits } }'
HISTORY = """{ changes(last: 1) { nodes { table key operation before after face actor { username } } } }"""


@pytest.fixture
async def client(own_city: SmallCity) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of the hub as it is served, with its own graph and its console."""
    settings = Settings(database_url=own_city.url, rate_limit=0)
    graph = Graph(settings)
    app = compose(settings, Graphs(graph.of, graph.context))
    async with signed_in(own_city.url, "malee", Role.ADMIN, app) as client:
        client.headers.update(ENGLISH)
        yield client


async def test_an_edited_subject_is_in_the_next_answer_and_in_the_history_with_its_author(
    client: httpx.AsyncClient,
) -> None:
    async def asked(query: str) -> dict[str, Any]:
        answer = (await client.post("/graphql", json={"query": query})).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    before = (await asked(SUBJECT))["subject"]
    key = before["id"].removeprefix("Subject:")
    row = (await client.get(f"{TABLES}/subject/{key}/")).json()

    sent = {"name_th": "คณิตศาสตร์ริมทะเล", "credits": "2.5", "updated_at": row["updated_at"]}
    done = await client.patch(f"{TABLES}/subject/{key}/", json=sent)
    assert done.status_code == 200, done.text

    after = (await asked(SUBJECT))["subject"]
    assert after == {**before, "nameTh": "คณิตศาสตร์ริมทะเล", "credits": 2.5}
    (change,) = (await asked(HISTORY))["changes"]["nodes"]
    assert json.loads(change["key"]) == {"school": "3083000002", "code": "ค21101", "curriculum": "2560"}
    assert (change["table"], change["operation"], change["face"]) == ("subject", "UPDATE", "CONSOLE")
    assert change["actor"] == {"username": "malee"}
    was, now = json.loads(change["before"]), json.loads(change["after"])
    assert (was["name_th"], now["name_th"]) == (before["nameTh"], after["nameTh"])
    assert (was["credits"], now["credits"]) == (before["credits"], 2.5)
