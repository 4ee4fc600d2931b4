import json
import threading
import time
from pathlib import Path

import httpx

from tests.hub.serving import served

TINY = ["-m", "tests.hub.serve_tiny"]


def test_sigterm_finishes_what_runs_and_takes_nothing_new(sqlite_url: str, tmp_path: Path) -> None:
    with served(TINY, tmp_path, {"HUB_DATABASE_URL": sqlite_url}) as server:
        answers: list[httpx.Response] = []

        def ask() -> None:
            query = {"query": "{ wait(seconds: 1.5) echo }"}
            answers.append(httpx.post(f"{server.base_url}/graphql", json=query, timeout=20))

        running = threading.Thread(target=ask)
        running.start()
        time.sleep(0.5)
        code = server.stop()
        running.join()
    assert answers[0].json() == {"data": {"wait": "waited", "echo": "text"}}
    assert code in (0, -15)


def test_sigterm_does_not_wait_for_ever(sqlite_url: str, tmp_path: Path) -> None:
    with served(TINY, tmp_path, {"HUB_DATABASE_URL": sqlite_url, "HUB_SHUTDOWN_SECONDS": "1"}) as server:

        def ask() -> None:
            try:
                httpx.post(f"{server.base_url}/graphql", json={"query": "{ wait(seconds: 60) }"}, timeout=20)
            except httpx.TransportError as error:
                failures.append(error)

        failures: list[Exception] = []
        running = threading.Thread(target=ask)
        running.start()
        time.sleep(0.5)
        begun = time.monotonic()
        server.stop()
        running.join()
        assert time.monotonic() - begun < 10


def test_a_request_is_one_line_of_json(sqlite_url: str, tmp_path: Path) -> None:
    with served(TINY, tmp_path, {"HUB_DATABASE_URL": sqlite_url}) as server:
        httpx.post(
            f"{server.base_url}/graphql",
            json={"query": '{ hello(name: "secret") broken unknown }'},
            headers={"x-request-id": "one-line-1"},
        )
        server.stop()
        lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    (line,) = [line for line in lines if line.get("request_id") == "one-line-1"]
    assert line["event"] == "request"
    assert line["operation"] == "invalid"
    assert line["codes"] == ["BAD_USER_INPUT"]
    assert "secret" not in repr(lines)
