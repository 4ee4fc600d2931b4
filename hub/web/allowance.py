"""How much one identity may ask: so many operations a second, and so many at once."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from hub.errors import TooManyRequestsError

_MOST: Final = 10_000
"""Identities that are remembered; whoever has been quiet the longest is forgotten first."""


@dataclass(slots=True)
class _Account:
    left: float
    at: float
    places: asyncio.Semaphore
    present: int = 0


class Allowance:
    """The token buckets and the places of every identity, in this process.

    A bucket holds `burst` operations and is refilled at `rate` a second; a rate of 0 refuses nobody. At most `at_once`
    operations of one identity run at a time: the others wait, so that one identity never holds every connection.
    """

    def __init__(self, *, rate: float, burst: int, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that only grow."""
        self._rate = rate
        self._burst = burst
        self._at_once = at_once
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    @asynccontextmanager
    async def turn(self, key: str) -> AsyncIterator[None]:
        """Take one operation of the identity's allowance, and a place to run it. Raises TooManyRequestsError."""
        account = self._account(key)
        self._take(account)
        account.present += 1
        try:
            async with account.places:
                yield
        finally:
            account.present -= 1

    def _account(self, key: str) -> _Account:
        account = self._accounts.get(key)
        if account is None:
            account = _Account(self._burst, self._clock(), asyncio.Semaphore(self._at_once))
            self._accounts[key] = account
            self._forget()
        else:
            self._accounts.move_to_end(key)
        return account

    def _take(self, account: _Account) -> None:
        if not self._rate:
            return
        now = self._clock()
        account.left = min(self._burst, account.left + (now - account.at) * self._rate)
        account.at = now
        if account.left < 1:
            raise TooManyRequestsError(
                f"This identity asks more than {self._rate:g} operations a second. Wait as Retry-After says, "
                "and ask for more in one operation.",
                retry_after=(1 - account.left) / self._rate,
            )
        account.left -= 1

    def _forget(self) -> None:
        while len(self._accounts) > _MOST:
            key, account = next(iter(self._accounts.items()))
            if account.present:
                # It still runs something, so its places must be counted on.
                self._accounts.move_to_end(key)
                return
            del self._accounts[key]


def allowance_of(request: Request) -> Allowance:
    """The allowance that the application keeps."""
    found: Allowance = request.scope["state"]["allowance"]
    return found
