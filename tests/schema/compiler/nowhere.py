"""A Reader for tests of what is written, not read."""

from dataclasses import dataclass

from schema.compiler.reading import Dialect


@dataclass(frozen=True, slots=True)
class Nowhere:
    """It only knows its dialect."""

    dialect: Dialect

    async def read(self, _sql: str, _parameters: object, *, alone: bool) -> bytes | None:
        """Fail: no test of what is written reads anything."""
        raise AssertionError(alone)
