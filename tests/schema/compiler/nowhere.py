"""A Reader for tests of what is written, not read."""

from dataclasses import dataclass

from schema.compiler.reading import Dialect
from schema.policy import Scope


@dataclass(frozen=True, slots=True)
class Nowhere:
    """It only knows its dialect."""

    dialect: Dialect

    async def read(self, _sql: str, _parameters: object, *, alone: bool, scope: Scope | None = None) -> bytes | None:  # noqa: ARG002 - the protocol's
        """Find nothing."""
        return b"null"
