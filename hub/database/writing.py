"""What the service writes: one transaction at a time on SQLite, a few on PostgreSQL, behind one interface.

Both engines run the same SQL, with parameters `$1`, `$2` ... .
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

from schema.history import Face

WriteValue: TypeAlias = str | int | float | bool | Decimal | date | datetime | None
"""What a parameter of a write can be; a moment has a time zone."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who writes, for the history: a key (`account:7`, `token:12`, `command line`), its name of now, and the face."""

    key: str
    name: str
    face: Face


class WritingConnection(Protocol):
    """A connection inside a transaction."""

    async def execute(self, sql: str, parameters: Sequence[WriteValue] = ()) -> int:
        """Run a statement; how many rows it wrote. Raises IntegrityError when a constraint refuses it."""

    async def rows(self, sql: str, parameters: Sequence[WriteValue] = ()) -> list[tuple[Any, ...]]:
        """Run a statement, such as one with RETURNING; its rows, whose moments :func:`moment` reads."""

    async def records(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run a statement as :meth:`rows` does; its rows by the names of their columns."""


class Writer(Protocol):
    """Where transactions that write come from."""

    def transaction(self, acting: Acting | None = None) -> AbstractAsyncContextManager[WritingConnection]:
        """Begin a transaction: committed at the end of the block, rolled back when an error leaves it.

        What it changes is in the history under the name of `acting`; without one as of nobody known.
        Raises DatabaseBusyError when another process keeps the turn to write, DatabaseError when there is no database.
        """

    async def close(self) -> None:
        """Wait for the transaction that runs, and close every connection."""


def moment(value: object) -> datetime:
    """A moment of a row, which SQLite gives as text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
