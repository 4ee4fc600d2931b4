"""What a client sends before there is a request, to a real server."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.hub.serving import Server, served

BODY = b'{"query": "{ hello }"}'
HEAD = b"POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\n"


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    settings = {"HUB_DATABASE_URL": sqlite_url, "HUB_RECEIVE_TIMEOUT": "1", "HUB_HEAD_LIMIT": "8192"}
    with served(["-m", "tests.hub.serve_tiny"], tmp_path, settings) as running:
        yield running


def connect(server: Server) -> socket.socket:
    url = httpx.URL(server.base_url)
    return socket.create_connection((url.host, url.port or 80), timeout=10)


def answered(connection: socket.socket, end: bytes) -> bytes:
    """What is sent until so it ends."""
    answer = b""
    while not answer.endswith(end):
        part = connection.recv(65_536)
        assert part
        answer += part
    return answer


def rest_of(connection: socket.socket) -> bytes:
    """All that is sent until the server closes."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("begun", [b"", b"POST /gra", HEAD])
def test_a_head_that_does_not_come_is_not_waited_for(server: Server, begun: bytes) -> None:
    # uvicorn waited for ever: a few thousand such connections were all it could hold.
    with closing(connect(server)) as connection:
        connection.sendall(begun)
        started = time.monotonic()
        answer = rest_of(connection)
    assert 0.5 < time.monotonic() - started < 5
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"1 s" in answer


def test_a_second_head_that_does_not_come_whole_is_not_waited_for(server: Server) -> None:
    with closing(connect(server)) as connection:
        connection.sendall(HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY)
        assert b" 200 OK" in connection.recv(65_536)
        connection.sendall(HEAD)
        assert b"HTTP/1.1 408 " in rest_of(connection)


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_that_does_not_come_whole_is_not_waited_for(server: Server, *, chunked: bool) -> None:
    how = b"transfer-encoding: chunked" if chunked else b"content-length: 1000"
    with closing(connect(server)) as connection:
        connection.sendall(HEAD + how + b"\r\n\r\n" + (b"1\r\n{\r\n" if chunked else b"{"))
        answer = rest_of(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"TIMEOUT"' in answer


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nhost: hub\r\n\r\n",
        b"GET / HTTP/1.1\r\nx: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"x: a\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\n" + b"a" * 20_000,
    ],
    ids=["url", "header", "many headers", "name"],
)
def test_a_head_that_is_too_large_is_refused(server: Server, head: bytes) -> None:
    # uvicorn kept whatever came: 100 MB of headers were 100 MB of memory.
    with closing(connect(server)) as connection:
        for start in range(0, len(head), 4096):
            try:
                connection.sendall(head[start : start + 4096])
            except ConnectionError:
                break
            time.sleep(0.01)
        try:
            answer = rest_of(connection)
        except ConnectionResetError:
            # The server had closed while this was still being sent; whether its answer arrived is the kernel's matter.
            return
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b"8192 bytes" in answer


def test_what_follows_a_body_without_end_is_refused(server: Server) -> None:
    # The parser kept it, added to a bytes object piece by piece: 30 MB were four seconds in which nobody else was served.
    with closing(connect(server)) as connection:
        connection.sendall(HEAD + b"transfer-encoding: chunked\r\n\r\n%x\r\n" % len(BODY) + BODY + b"\r\n0\r\nx: ")
        try:
            for _ in range(200):
                connection.sendall(b"a" * 4096)
                time.sleep(0.001)
            answer = rest_of(connection)
        except ConnectionError:
            return
    assert answer.endswith(b"}]}")


@pytest.mark.parametrize("after", [b"\r\n", b"POST"])
def test_a_connection_is_not_held_by_what_is_no_request(server: Server, after: bytes) -> None:
    # uvicorn stops its own timer whatever comes, and the parser says nothing of an empty line.
    with closing(connect(server)) as connection:
        connection.sendall(HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY)
        assert b" 200 OK" in answered(connection, b'"world"}}')
        connection.sendall(after)
        rest = rest_of(connection)
    assert rest == b"" if after == b"\r\n" else rest.startswith(b"HTTP/1.1 408 ")


def test_a_connection_is_not_held_by_a_body_that_was_answered_early(server: Server) -> None:
    with closing(connect(server)) as connection:
        connection.sendall(b"POST /nothing HTTP/1.1\r\nhost: hub\r\ncontent-length: 1000\r\n\r\n")
        assert b" 404 " in answered(connection, b"}]}")
        connection.sendall(b"{")
        assert rest_of(connection) == b""


def test_requests_one_behind_another_are_each_answered(server: Server) -> None:
    one = HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY
    with closing(connect(server)) as connection:
        connection.sendall(one * 5)
        answers = b""
        while answers.count(b'{"hello":"world"}') < 5:
            part = connection.recv(65_536)
            assert part
            answers += part
    assert answers.count(b" 200 OK") == 5


def test_a_large_body_is_no_large_head(server: Server) -> None:
    with httpx.Client(base_url=server.base_url) as client:
        for _ in range(3):
            body = {"query": "query($t: String!) { hello(name: $t) }", "variables": {"t": "x" * 500_000}}
            assert client.post("/graphql", json=body).status_code == 200


def test_a_body_over_the_limit_is_not_waited_for(server: Server) -> None:
    with closing(connect(server)) as connection:
        connection.sendall(HEAD + b"content-length: 99999999999\r\n\r\n{")
        assert rest_of(connection).startswith(b"HTTP/1.1 413 ")
