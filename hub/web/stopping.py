"""What ends a part of a request before it is done: its time is over, or its client is gone.

A part costs one timer: asyncio's `timeout` takes a small operation several times as long.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import closing
from types import TracebackType, coroutine
from typing import Any, Final, Self, TypeVar

from starlette.types import Receive

from hub.errors import HubError

_T = TypeVar("_T")
_PATIENCE: Final = 0.1  # seconds; a shorter operation is not worth a watcher task


class ClientGoneError(Exception):
    """Nobody waits for the answer."""


class TimeLimit:
    """A context manager: its block is cancelled when so many seconds are over, and ends by an error that says so."""

    def __init__(self, seconds: float, late: Callable[[float], HubError]) -> None:
        """`late` makes the error, of the seconds."""
        self._seconds = seconds
        self._late = late
        self._due_after = seconds
        self._reason: Exception | None = None

    def __enter__(self) -> Self:
        """Begin."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 -- requests are answered in tasks
        self._task = task
        self._cancelling = task.cancelling()
        self._timer = asyncio.get_running_loop().call_later(self._due_after, self._due)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; a cancellation from here becomes the error, one from elsewhere stays what it is."""
        self._timer.cancel()
        if self._reason is None:
            return
        if self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise self._reason from error

    def _due(self) -> None:
        self._stop(self._late(self._seconds))

    def _stop(self, reason: Exception) -> None:
        if self._reason is None:
            self._reason = reason
            self._task.cancel()


@coroutine
def within(
    seconds: float, late: Callable[[float], HubError], awaited: Coroutine[Any, Any, _T]
) -> Generator[object, None, _T]:
    """Await something under a time limit; what comes without waiting costs none.

    What is cancelled at its first wait is closed, so it must have nothing to wait for when it ends.
    """
    steps = awaited.__await__()
    try:
        first = next(steps)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    with TimeLimit(seconds, late), closing(steps):
        yield first
        return (yield from steps)


class Departure(TimeLimit):
    """A time limit that also ends its block, by ClientGoneError, when the client is gone.

    Enter it when the body has been read.
    """

    def __init__(self, receive: Receive, seconds: float, late: Callable[[float], HubError]) -> None:
        """`receive` is the request's own."""
        super().__init__(seconds, late)
        self._receive = receive
        self._due_after = min(_PATIENCE, seconds)
        self._watcher: asyncio.Task[None] | None = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End, and watch no more."""
        if self._watcher is not None:
            self._watcher.cancel()
        super().__exit__(kind, error, trace)

    def _due(self) -> None:
        self._watcher = asyncio.ensure_future(self._watch())
        self._timer = asyncio.get_running_loop().call_later(self._seconds - self._due_after, super()._due)

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._stop(ClientGoneError())
