"""How much one identity may ask: so many operations a second, and so many at once."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """A place to run one operation; an async context manager."""

    account: _Account

    async def __aenter__(self) -> None:
        self.account.present += 1
        try:
            await self.account.places.acquire()
        except BaseException:
            self.account.present -= 1
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.account.places.release()
        self.account.present -= 1


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

    def turn(self, key: str) -> _Turn:
        """Take one operation of the identity's allowance; in the block there is a place to run it.

        Raises TooManyRequestsError.
        """
        account = self._account(key)
        self._take(account)
        return _Turn(account)

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
