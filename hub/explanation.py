"""What an operation read: each statement and the engine's plan of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.database import Snapshot


@dataclass(frozen=True)
class Explained:
    """A statement; `field` is the response key of the root field that read it, None when that cannot be told."""

    field: str | None
    sql: str
    plan: str


async def explain(reader: Snapshot, data: object) -> list[Explained]:
    """Explain what a recording snapshot read for an answer whose `data` is given."""
    keys = _reading_keys(data)
    fields = keys if len(keys) == len(reader.statements) else [None] * len(reader.statements)
    return [
        Explained(field, statement.sql, await reader.explain(statement))
        for field, statement in zip(fields, reader.statements, strict=True)
    ]


def _reading_keys(data: object) -> list[str | None]:
    # Statements are read in the order of the root fields. Introspection reads none: its values are Python's own.
    if not isinstance(data, Mapping):
        return []
    return [str(key) for key, value in data.items() if not isinstance(value, str | Mapping)]
