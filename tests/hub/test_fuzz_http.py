"""A few hundred of the random requests that `make fuzz-http` sends for ten minutes."""

from pathlib import Path

import httpx
import pytest

from tests.conftest import Templates
from tests.hub.fuzz_http import QUIET, FailedInsideError, Request, Tally, fuzz, send
from tests.hub.serving import served
from tests.hub.test_graph import SERVE
from tests.hub.tokens import token_of


def test_no_random_request_fails_inside_the_hub(templates: Templates, tmp_path: Path) -> None:
    url = templates.shared_city().url
    with served(SERVE, tmp_path, {"HUB_DATABASE_URL": url, **QUIET}) as server:
        tally = fuzz(server.base_url, token_of(url), seconds=90, first=0, most=200)
    assert tally.requests >= 50
    assert tally.counts["200"]
    assert "operation failed" not in server.log.read_text()


@pytest.mark.parametrize("status", ["500", "503"])
def test_a_request_that_fails_inside_is_a_finding(status: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(int(status), text="no"))
    with httpx.Client(transport=transport, base_url="http://hub") as client, pytest.raises(FailedInsideError):
        send(client, Request("GET", {}), Tally())
