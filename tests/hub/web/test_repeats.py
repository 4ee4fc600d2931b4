"""An operation sent again is rated, counted, logged and taken down as the first one."""

import re

import httpx
from structlog.testing import capture_logs

from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Role
from tests.engines import Client
from tests.hub.tiny import client_of
from tests.hub.tokens import bearing
from tests.hub.web.hubs import app_over
from tests.small_city import SmallCity

QUERY = "query AskedThrice { students(first: 3) { nodes { givenName } } }"


async def test_each_of_three_same_requests_is_counted_logged_and_taken_down(small_city: SmallCity) -> None:
    database = await Database.open(Address.parse(small_city.url), readers=1)
    token = (await Tokens(database).create(Grant(Role.ADMIN), "testing")).secret
    await database.close()
    with capture_logs() as events:
        async with client_of(app_over(small_city.url)) as client:
            answers = [await _ask(client, token) for _ in range(3)]
            metrics = (await client.get("/metrics")).text
    assert len(set(answers)) == 1
    counted = dict(re.findall(r"^hub_requests_total{(.*)} (\d+\.\d)$", metrics, re.MULTILINE))
    assert counted['method="POST",operation="query",route="/graphql",status="200"'] == "3.0"
    told = [{key: one[key] for key in ("operation", "status")} for one in events if one.get("path") == "/graphql"]
    assert told == [{"operation": "query", "status": 200}] * 3
    async with Client.connect(small_city.url) as reading:
        rows = await reading.rows(
            "SELECT operation, fields, pupils, document FROM read_log WHERE operation = 'AskedThrice'"
        )
    assert len(rows) == 3
    assert len(set(rows)) == 1
    assert rows[0][:3] == ("AskedThrice", "Student.givenName", 3)


async def _ask(client: httpx.AsyncClient, token: str) -> bytes:
    answer = await client.post("/graphql", json={"query": QUERY}, headers=bearing(token))
    assert answer.status_code == 200
    return answer.content
