"""The queue between the requests and the tables, which is never long and never lost in silence.

An entry is queued before its answer leaves and written within `INTERVAL`, or at once when many wait; a commit serves
all that wait. While the tables cannot be written the entries are kept and tried again; once the oldest has waited for
`patience` seconds, or too much waits, nothing more is read of pupils until they are written.
"""

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import Final

import structlog

from hub.database import Database
from hub.errors import UnavailableError
from hub.read_log.entry import Entry
from hub.read_log.writing import write

INTERVAL: Final = 0.2
"""Seconds for which an entry waits for others before they are written together."""
_ENOUGH: Final = 20_000  # pupils and entries; as many are written without waiting for more
_MOST: Final = 1_000_000  # as many may wait; some 100 MB
_RETRY_SECONDS: Final = 0.5
_CLOSE_SECONDS: Final = 5.0
_LOG = structlog.stdlib.get_logger("hub.read_log")


class ReadLogStuckError(UnavailableError):
    """What is read of pupils cannot be written down, so nothing is read of them."""

    def __init__(self) -> None:
        super().__init__(
            "Records of pupils cannot be read now, because the hub cannot write down who reads them. Ask again in a"
            " minute; if it lasts, let the operator see whether the hub may write its database."
        )


class ReadLog:
    """Writes entries in the background, from `start` to `close`."""

    def __init__(self, database: Database, *, patience: float = 10.0, interval: float = INTERVAL) -> None:
        """``patience`` is how long an entry may wait, in seconds, before reads of pupils are refused."""
        self._database = database
        self._patience = patience
        self._interval = interval
        self._waiting: deque[tuple[float, Entry]] = deque()
        self._weight = 0
        self._wake = asyncio.Event()
        self._enough = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def waiting(self) -> int:
        """How many entries are not written yet."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run())

    def check(self) -> None:
        """Raise ReadLogStuckError where an entry has waited too long, too much waits, or nobody writes."""
        writes = self._task is not None and not self._task.done()
        late = bool(self._waiting) and time.monotonic() - self._waiting[0][0] > self._patience
        if late or not writes or self._weight > _MOST:
            raise ReadLogStuckError

    def add(self, entry: Entry) -> None:
        """Queue an entry."""
        self._waiting.append((time.monotonic(), entry))
        self._weight += 1 + len(entry.pupils)
        self._wake.set()
        if self._weight >= _ENOUGH:
            self._enough.set()

    async def close(self) -> None:
        """Write what waits and end; what cannot be written in some seconds is given up, and said so."""
        if self._task is None:
            return
        self._closing = True
        self._wake.set()
        self._enough.set()
        await asyncio.wait({self._task}, timeout=_CLOSE_SECONDS)
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._task = None
        if self._waiting:
            _LOG.critical("reads were not written to the log", entries=len(self._waiting))

    async def _run(self) -> None:
        while self._waiting or not self._closing:
            await self._wake.wait()
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._enough.wait(), self._interval)
            self._enough.clear()
            while self._waiting and not await self._flush():  # noqa: ASYNC110 - nobody tells when it may go well
                await asyncio.sleep(_RETRY_SECONDS)

    async def _flush(self) -> bool:
        """Write what waits now; whether that went well. Entries leave the queue once they are committed."""
        batch = [entry for _, entry in self._waiting]
        try:
            async with self._database.writing() as connection:
                await write(connection, self._database.dialect, batch)
        except Exception as error:  # noqa: BLE001 - whatever it is, the entries are kept and tried again
            _LOG.error(
                "the log of reads cannot be written", entries=len(batch), error=f"{type(error).__name__}: {error}"
            )
            return False
        for entry in batch:
            self._waiting.popleft()
            self._weight -= 1 + len(entry.pupils)
        return True
