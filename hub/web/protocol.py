"""HTTP/1.1 as uvicorn reads it, with bounds on what is no body: its size, and the time it may take to arrive.

uvicorn bounds neither: a client that sends its headers a byte at a time, or nothing but an empty line after an answer,
would hold a connection for ever, and one that never ends its headers, or what follows a chunked body, would fill the
memory.
"""

import asyncio
from functools import cache
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hub.settings import Settings

_MANY: Final = 100
_TOO_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large"
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout"

_settings = cache(Settings.read)
"""Read once a process: uvicorn makes a protocol for each connection, and tells it nothing of ours."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which closes a connection whose headers are too large, or not there in time."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- as uvicorn's own
        super().__init__(*arguments, **options)
        settings = _settings()
        self._limit = settings.head_limit
        """Bytes of the request line and the headers."""
        self._patience = settings.receive_timeout
        """Seconds for a head to arrive, from the connection's start or the first piece of what arrives in several."""
        self._arrived = 0
        """Bytes of a head, or of what follows a body, whole headers or not."""
        self._told = 0
        """Bytes of it that the parser has told of."""
        self._in_head = True
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what may be headers, then read it."""
        # llhttp keeps an unfinished header to itself, so what it has not told of is counted here.
        if self._arrived > self._limit:
            self._refuse_size()
            return
        self._arrived += len(data)
        super().data_received(data)
        # Most heads arrive in one piece and never wait.
        if self._late is None and (self._in_head or self._is_idle()) and not self.transport.is_closing():
            self._wait()

    def on_message_begin(self) -> None:
        """Begin a head."""
        super().on_message_begin()
        self._told = 0
        self._in_head = True

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        super().on_body(body)
        self._arrived = 0

    def on_message_complete(self) -> None:
        """End a request."""
        super().on_message_complete()
        self._arrived = 0

    def on_url(self, url: bytes) -> None:
        """Take a part of the URL."""
        super().on_url(url)
        self._told += len(url)
        if self._told > self._limit:
            self._refuse_size()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or what follows a body as one."""
        super().on_header(name, value)
        self._told += len(name) + len(value) + 4
        if self._told > self._limit or len(self.headers) > _MANY:
            self._refuse_size()

    def on_headers_complete(self) -> None:
        """Hand the request on: its head is there."""
        self._stop_waiting()
        self._in_head = False
        self._arrived = 0
        if not self.transport.is_closing():
            super().on_headers_complete()

    def _is_idle(self) -> bool:
        """Whether something came that is no request, after an answer: uvicorn then waits for ever for what follows."""
        if self.timeout_keep_alive_task is not None:
            return False
        return self.cycle is not None and self.cycle.response_complete  # type: ignore[redundant-expr]  # None at first

    def _refuse_size(self) -> None:
        self._refuse(
            _TOO_LARGE, f"The head is limited to {self._limit} bytes and {_MANY} headers. Send a query by POST."
        )

    def _wait(self) -> None:
        self._late = self.loop.call_later(self._patience, self._give_up)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self._in_head:
            self._refuse(_TOO_SLOW, f"The head did not arrive in {self._patience:g} s.")
        else:
            self.transport.close()

    def _refuse(self, status: bytes, message: str) -> None:
        if self.transport.is_closing():
            return
        body = f'{{"errors":[{{"message":"{message}","extensions":{{"code":"BAD_USER_INPUT"}}}}]}}'.encode()
        head = b"content-type: application/json; charset=utf-8\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
        self.transport.write(status + b"\r\n" + head % len(body) + body)
        self.transport.close()
