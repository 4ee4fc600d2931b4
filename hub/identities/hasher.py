"""Checks passwords off the event loop, few at a time: sign-ins that come all at once cannot eat the memory."""

import asyncio
from typing import Final

from hub.errors import TooManyRequestsError
from schema.identity.passwords import hash_password, verify_password

_AT_ONCE: Final = 2
"""So many hashes of 19 MiB each are made at a time."""
_WAITING: Final = 64


class Hasher:
    """Checks and makes hashes in threads."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0

    async def verify(self, kept: str | None, password: str) -> bool:
        """Tell whether it is the password. Raises TooManyRequestsError when too many wait to be told."""
        if self._waiting >= _WAITING:
            raise TooManyRequestsError("Too many people sign in at this moment. Try again soon.", retry_after=2)
        self._waiting += 1
        try:
            async with self._places:
                return await asyncio.to_thread(verify_password, kept, password)
        finally:
            self._waiting -= 1

    async def hash(self, password: str) -> str:
        """Make a hash."""
        async with self._places:
            return await asyncio.to_thread(hash_password, password)
