"""What a client sends in confidence stands in no log line, whatever becomes of the request."""

import logging
from pathlib import Path

import httpx
import pytest

from tests.hub.serving import served
from tests.hub.test_graph import SERVE
from tests.hub.tokens import bearing, token_of
from tests.small_city import SmallCity

SECRETS = {
    "header": "Bearer secret-0001-header",
    "cookie": "session=secret-0002-cookie",
    "password": "secret-0003-password",
    "token": "secret-0004-token",
    "basic": "Basic c2VjcmV0LTAwMDUtYmFzaWM=",
    "body": "secret-0006-body",
    "path": "secret-0007-path",
    "literal": "secret-0008-literal",
}
PATHS = (
    "/",
    "/graphql",
    "/graphql/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/static/start.css",
    "/admin/",
    "/login",
    "/login/code",
    "/console/me/password",
    "/console/accounts/new",
    "/console/tokens/new",
    "/no",
)


@pytest.mark.parametrize("level", ["info", "debug"])
def test_no_secret_reaches_the_log(small_city: SmallCity, tmp_path: Path, level: str) -> None:
    settings = {"HUB_DATABASE_URL": small_city.url, "HUB_LOG_LEVEL": level, "HUB_DEBUG": "1"}
    with served(SERVE, tmp_path, settings) as server, httpx.Client(base_url=server.base_url) as client:
        logging.getLogger("httpx").setLevel(logging.WARNING)
        for path in PATHS:
            for authorization in (SECRETS["header"], SECRETS["basic"]):
                headers = {"authorization": authorization, "cookie": SECRETS["cookie"], "x-api-key": SECRETS["token"]}
                params = {"token": SECRETS["token"], "password": SECRETS["password"]}
                for method in ("GET", "POST", "PUT", "OPTIONS"):
                    client.request(
                        method,
                        path,
                        params=params,
                        headers=headers,
                        json={"query": "{ x", "password": SECRETS["password"], "variables": {"t": SECRETS["body"]}},
                    )
                client.post(path, data={"username": "u", "password": SECRETS["password"]}, headers=headers)
                client.post(path, content=f'{{"password": "{SECRETS["password"]}"'.encode(), headers=headers)
        token = token_of(small_city.url)
        client.headers.update(bearing(token))
        client.get("/graphql", params={"query": f'{{ school(code: "{SECRETS["literal"]}") {{ code }} }}'})
        for query in (
            f'{{ school(code: "{SECRETS["literal"]}") {{ nothing }} }}',
            f'{{ node(id: "{SECRETS["literal"]}") {{ id }} }}',
            f"query {SECRETS['literal'].replace('-', '_')} {{ school(code: 1) {{ code }} }}",
            f'{{ school(code: "{SECRETS["literal"]}\\u0000") {{ code }} }}',
            f"query($t: Int!) {{ indicators(years: [$t]) {{ year }} }} #{SECRETS['literal']}",
        ):
            client.post("/graphql", json={"query": query, "variables": {"t": SECRETS["body"]}})
        assert server.stop() in (0, -15)
        log = server.log.read_text()
    assert log.count('"event":"request"') > len(PATHS)
    assert token not in log
    for secret in SECRETS.values():
        kept = secret.rpartition(" ")[2].rpartition("=")[2] or secret
        assert kept not in log
    assert "secret" not in log


def test_a_fault_inside_the_hub_is_logged_without_what_was_sent(sqlite_url: str, tmp_path: Path) -> None:
    with (
        served(["-m", "tests.hub.serve_tiny"], tmp_path, {"HUB_DATABASE_URL": sqlite_url}) as server,
        httpx.Client(base_url=server.base_url) as client,
    ):
        headers = {"authorization": SECRETS["header"], "cookie": SECRETS["cookie"]}
        body = {"query": f'{{ broken hello(name: "{SECRETS["literal"]}") }}', "variables": {"t": SECRETS["body"]}}
        answer = client.post("/graphql", params={"token": SECRETS["token"]}, json=body, headers=headers)
        assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
        assert server.stop() in (0, -15)
        log = server.log.read_text()
    assert "ZeroDivisionError" in log
    assert "secret-" not in log
