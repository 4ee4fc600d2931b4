"""The client: one connection that is kept, the standard library's, so that little of the time is its own."""

import time
from http.client import HTTPConnection
from types import TracebackType
from typing import Final, Self

_OK: Final = 200
_SECONDS: Final = 120
_IDLE_SECONDS: Final = 3


class AnswerError(Exception):
    """A server answered with an error."""


class Client:
    """A kept connection to a local port; a context manager."""

    def __init__(self, port: int, token: str = "") -> None:
        """Connect on the first request; who asks, the token says."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
        self._used = time.monotonic()
        self._headers = {"content-type": "application/json", "accept": "application/json"}
        if token:
            self._headers["authorization"] = f"Bearer {token}"

    def __enter__(self) -> Self:
        """Enter."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def ready(self) -> None:
        """Connect again where the server may have closed the idle connection (uvicorn waits 5 s)."""
        if time.monotonic() - self._used > _IDLE_SECONDS:
            self._connection.close()
            self._connection.connect()

    def get(self, path: str) -> bytes:
        """Ask, and read the whole answer. Raises AnswerError unless it is 200, OSError when nobody answers."""
        self._connection.request("GET", path)
        return self._read()

    def post(self, path: str, body: bytes) -> bytes:
        """Send a body, and read the whole answer. Raises AnswerError unless it is 200."""
        self._connection.request("POST", path, body, self._headers)
        return self._read()

    def _read(self) -> bytes:
        response = self._connection.getresponse()
        answer = response.read()
        self._used = time.monotonic()
        if response.status != _OK:
            raise AnswerError(f"{response.status}: {answer[:2000].decode(errors='replace')}")
        return answer
