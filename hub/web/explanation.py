"""`extensions.sql`: the statements an operation ran and their plans. In debug only, and only when asked for."""

from dataclasses import asdict
from typing import Any, Final

from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from hub.database import Snapshot
from hub.explanation import explain

_HEADER: Final = "x-hub-explain"


def is_wanted(request: Request, data: GraphQLRequestData) -> bool:
    """Tell whether the request asks: the header `X-Hub-Explain`, or `"extensions": {"explain": true}` in the body."""
    return _HEADER in request.headers or bool(data.extensions and data.extensions.get("explain") is True)


async def extension(reader: Snapshot, data: object) -> dict[str, Any]:
    """Give `{"sql": [{"field", "sql", "plan"}]}`, a member for each statement that was read."""
    return {"sql": [asdict(explained) for explained in await explain(reader, data)]}
