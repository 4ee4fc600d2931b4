"""Places for connections: so many at most, each connected when it is first needed, the last given back lent first.

asyncpg's own pool takes a tenth of a millisecond to lend one, and starts a task to take it back; aiosqlite has none.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Generic, Protocol, TypeVar

from hub.database.engine import PoolUsage


class Lendable(Protocol):
    """A connection that can be lent."""

    async def settle(self) -> bool:
        """End whatever runs, and the transaction; whether it can be lent again, for else it is closed."""

    async def close(self) -> None:
        """Close it."""


_C = TypeVar("_C", bound=Lendable)


class Places(Generic[_C]):
    """Lends connections. The warmest goes first: it has its pages, its plans and its statements at hand."""

    def __init__(
        self,
        size: int,
        connect: Callable[[], Awaitable[_C]],
        first: _C,
        is_sound: Callable[[_C, float], bool] = lambda _connection, _idle: True,
    ) -> None:
        """`first` is connected already; `is_sound` tells of one that was idle for so many seconds if it can be used."""
        self._size = size
        self._connect = connect
        self._is_sound = is_sound
        self._busy = 0
        # Not asyncio.LifoQueue: it takes twice as many calls to lend one.
        self._free = asyncio.Semaphore(size)
        self._idle = [(first, time.monotonic())]
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def usage(self) -> PoolUsage:
        """How many connections there may be and how many are out."""
        return PoolUsage(self._size, self._busy)

    async def take(self) -> _C:
        """Wait for a place; whatever `connect` raises leaves it free."""
        await self._free.acquire()
        self._busy += 1
        try:
            if self._idle:
                connection, since = self._idle.pop()
                if self._is_sound(connection, time.monotonic() - since):
                    return connection
                self._behind(connection.close())
            return await self._connect()
        except BaseException:
            self._leave()
            raise

    def release(self, connection: _C, *, idle: bool) -> None:
        """Give a connection back, at once; unless `idle`, it is settled first, behind the scene."""
        if idle:
            self._idle.append((connection, time.monotonic()))
            self._leave()
        else:
            self._behind(self._settle(connection))

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back."""
        while self._size:
            await self._free.acquire()
            self._size -= 1
            if self._idle:
                self._behind(self._idle.pop()[0].close())
        await asyncio.gather(*self._tasks)

    def _behind(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something that nobody waits for."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _settle(self, connection: _C) -> None:
        try:
            if await connection.settle():
                self._idle.append((connection, time.monotonic()))
        finally:
            self._leave()

    def _leave(self) -> None:
        self._busy -= 1
        self._free.release()
