"""What the service asks of an engine's pool of reading connections."""

from dataclasses import dataclass
from typing import Final, Protocol

from hub.database.snapshot import Source

DEFAULT_TIMEOUT: Final = 30.0
"""Seconds that a statement may run."""


@dataclass(frozen=True)
class PoolUsage:
    """Connections of a pool."""

    size: int
    busy: int


class Engine(Source, Protocol):
    """A pool of reading connections of one engine."""

    @property
    def usage(self) -> PoolUsage:
        """How many connections there may be and how many are out."""

    async def revision(self) -> str | None:
        """Give the migration the database is at; None when none has run. Raises DatabaseError when it is away."""

    async def close(self) -> None:
        """Close every connection, the busy ones when they come back."""
