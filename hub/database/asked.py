"""A connection to PostgreSQL that knows for whom it reads."""

from typing import Final

import asyncpg  # type: ignore[import-untyped]

from schema.derived.row_security import SETTINGS

TELL: Final = "SELECT " + ", ".join(f"set_config('{name}', ${place}, false)" for place, name in enumerate(SETTINGS, 1))
"""The statement that tells a session who asks."""

TELL_ONCE: Final = TELL.replace(", false)", ", true)")
"""The statement that tells a transaction, and nobody after it."""


class AskedConnection(asyncpg.Connection):  # type: ignore[misc]
    """A session whose settings say who asks, told anew only when another asks than the last time."""

    _told: tuple[str, ...] | None = None
    """What the session was told last; None where that is not known."""

    async def read_for(self, settings: tuple[str, ...]) -> None:
        """Tell the session who asks, in the order of SETTINGS; outside a transaction, which could take it back.

        When it fails, or is cancelled, nobody may read by this connection before it was told again.
        """
        if settings == self._told:
            return
        self._told = None
        await self.execute(TELL, *settings)
        self._told = settings
