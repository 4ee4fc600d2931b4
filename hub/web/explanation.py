"""`extensions.sql`: the statements an operation ran and their plans. In debug only, and only when asked for."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from strawberry.http import GraphQLRequestData
from strawberry.types import ExecutionResult

from hub.database import Snapshot

_HEADER: Final = "x-hub-explain"


def is_wanted(request: Request, data: GraphQLRequestData) -> bool:
    """Tell whether the request asks: the header `X-Hub-Explain`, or `"extensions": {"explain": true}` in the body."""
    return _HEADER in request.headers or bool(data.extensions and data.extensions.get("explain") is True)


async def of(reader: Snapshot, result: ExecutionResult) -> dict[str, Any]:
    """Give `{"sql": [{"field", "sql", "plan"}]}`, a member for each statement that was read.

    `field` is the root field's response key; null when it cannot be told which field read.
    """
    keys = _reading_keys(result.data)
    fields = keys if len(keys) == len(reader.statements) else [None] * len(reader.statements)
    return {
        "sql": [
            {"field": field, "sql": statement.sql, "plan": await reader.explain(statement)}
            for field, statement in zip(fields, reader.statements, strict=True)
        ]
    }


def _reading_keys(data: object) -> list[str | None]:
    # Statements are read in the order of the root fields. Introspection reads none: its values are Python's own.
    if not isinstance(data, Mapping):
        return []
    return [str(key) for key, value in data.items() if not isinstance(value, str | Mapping)]
