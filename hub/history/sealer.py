"""Seals in the background of a service: what is committed is sealed within about a second, and all of it at the end."""

import asyncio
import time
from contextlib import suppress
from typing import Final

import structlog

from hub.database import Database
from hub.history.sealing import AT_ONCE, seal_some

INTERVAL: Final = 1.0
"""Seconds between two looks."""
_THOROUGH_SECONDS: Final = 600.0
"""So often everything is looked through, for what a long transaction committed late."""
_LONGEST_WAIT: Final = 60.0
_CLOSE_SECONDS: Final = 5.0
_LOG = structlog.stdlib.get_logger("hub.history")


class ChangeSealer:
    """Seals from `start` to `close`; while it cannot it says so, and tries again less and less often."""

    def __init__(self, database: Database, interval: float = INTERVAL) -> None:
        """Nothing is read or written before `start`."""
        self._database = database
        self._interval = interval
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failures = 0
        self._thorough_at = 0.0

    def start(self) -> None:
        """Begin to seal."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Seal what is committed, and end; what cannot be sealed in some seconds is left to whoever seals next."""
        if self._task is None:
            return
        self._closing.set()
        await asyncio.wait({self._task}, timeout=_CLOSE_SECONDS)
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._task = None

    async def _run(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), min(_LONGEST_WAIT, self._interval * 2**self._failures))
            await self._seal()

    async def _seal(self) -> None:
        try:
            everything = time.monotonic() >= self._thorough_at
            while await seal_some(self._database, everything=everything) == AT_ONCE:
                pass
        except Exception as error:  # noqa: BLE001 - whatever it is, the changes wait and are sealed when it is over
            _LOG.warning("changes cannot be sealed", error=f"{type(error).__name__}: {error}")
            self._failures = min(self._failures + 1, 10)
            return
        self._failures = 0
        if everything:
            self._thorough_at = time.monotonic() + _THOROUGH_SECONDS
