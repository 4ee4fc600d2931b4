"""A connection to PostgreSQL that knows for whom it reads."""

import time
from functools import lru_cache
from typing import Final

import asyncpg  # type: ignore[import-untyped]

from schema.derived.kept_sets import SLOTS, named_in
from schema.derived.row_security import SETTINGS, settings_of
from schema.policy import Identity

TELL: Final = "SELECT " + ", ".join(f"set_config('{name}', ${place}, false)" for place, name in enumerate(SETTINGS, 1))
"""The statement that tells a session who asks."""

TELL_ONCE: Final = TELL.replace(", false)", ", true)")
"""The statement that tells a transaction, and nobody after it."""

KEPT_SECONDS: Final = 5.0
"""After so long a session looks whether what it keeps of a teacher still holds; till then what changed is read anew."""

named = lru_cache(1024)(named_in)


class AskedConnection(asyncpg.Connection):  # type: ignore[misc]
    """A session whose settings say who asks, told anew only when another asks than the last time."""

    _told: tuple[str, ...] | None = None
    """What the session was told last; None where that is not known."""
    _reader: Identity | None = None
    """For whom it was told: a service knows the same one by the same object for a while."""
    _kept: dict[tuple[int, str], tuple[int, float]]
    """By slot and name, whose set the session keeps, and since when that is known."""

    async def read_for(self, identity: Identity | None) -> None:
        """Tell the session who asks; outside a transaction, which could take it back.

        When it fails, or is cancelled, nobody may read by this connection before it was told again.
        """
        if identity is self._reader and identity is not None:
            return
        settings = settings_of(identity)
        if settings != self._told:
            self._told = self._reader = None
            await self.execute(TELL, *settings)
            self._told = settings
        self._reader = identity

    def wanted(self, sql: str, teacher: int) -> list[str]:
        """The names of the teacher's sets that a statement asks for and the session is not known to keep."""
        names = named(sql)
        if not names:
            return []
        since = time.monotonic() - KEPT_SECONDS
        kept = self._kept_sets()
        return [
            name
            for name in names
            if (found := kept.get((teacher % SLOTS, name))) is None or found[0] != teacher or found[1] < since
        ]

    def has_kept(self, names: list[str], teacher: int) -> None:
        """Take down that the session keeps the teacher's sets now."""
        for name in names:
            self._kept_sets()[teacher % SLOTS, name] = (teacher, time.monotonic())

    def forget(self) -> None:
        """What the session keeps is not known: a transaction was rolled back."""
        self._kept_sets().clear()

    def _kept_sets(self) -> dict[tuple[int, str], tuple[int, float]]:
        # asyncpg makes its connections itself.
        if not hasattr(self, "_kept"):
            self._kept = {}
        return self._kept
