"""A client that goes away while its operation runs: the operation is cancelled, and the database stops working."""

import asyncio
from types import TracebackType
from typing import Self

from starlette.types import Receive

_PATIENCE = 0.1  # seconds; a shorter operation is not worth a watcher task


class Departure:
    """Cancels the current task when the client is gone. Enter it when the body has been read."""

    def __init__(self, receive: Receive) -> None:
        """`receive` is the request's own."""
        self.gone = False
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        """Begin to watch, a little later."""
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop watching."""
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def _start(self) -> None:
        self._watcher = asyncio.ensure_future(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self._task is not None:
            self._task.cancel()
