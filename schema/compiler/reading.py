"""What the compiler asks of a database: one statement in, one JSON value out."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias

from schema.policy import Scope

Value: TypeAlias = str | int | float | bool | None
"""What a bind parameter can be; a list is bound as its JSON text."""


class Dialect(StrEnum):
    """The two engines."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class Reader(Protocol):
    """Reads of one operation."""

    @property
    def dialect(self) -> Dialect:
        """The engine read from."""

    async def read(
        self, sql: str, parameters: Sequence[Value], *, alone: bool, scope: Scope | None = None
    ) -> bytes | None:
        """Give the first column of the first row: JSON in UTF-8, or None for NULL and for no row.

        ``alone`` says that the operation has no other root field, so that no transaction is needed and nothing else is
        read meanwhile; otherwise all reads of this reader see one snapshot. ``scope`` is the one that the statement was
        written for, None of all rows.
        """


class Recorder(Protocol):
    """Takes down what an operation reads of pupils, before its answer is passed on."""

    def admit(self) -> None:
        """Raise an error where reads of pupils cannot be taken down."""

    def record(self, pupils: Collection[int], personal: frozenset[str]) -> None:
        """Take down the keys of the pupils that an answer names, and the members of their records that were read."""
