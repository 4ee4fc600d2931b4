"""For whoever runs the service: is the process alive, can it answer, what did it do."""

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from hub.database.errors import DatabaseError
from hub.web.metrics import Metrics

if TYPE_CHECKING:
    from hub.database import Database

_PATIENCE = 2  # seconds
_NEVER_KEPT = {"cache-control": "no-store"}


async def healthz(_: Request) -> Response:
    """Answer that the process runs; nothing else is asked."""
    return JSONResponse({"status": "ok"}, headers=_NEVER_KEPT)


async def readyz(request: Request) -> Response:
    """Answer 200 when the database is reachable and at the revision this hub needs, else 503 and what to do."""
    database: Database = request.scope["state"]["database"]
    try:
        async with asyncio.timeout(_PATIENCE):
            revision = await database.check()
    except TimeoutError:
        message = f"The database did not answer within {_PATIENCE} s: every connection is at work. Try again soon."
        body = {"status": "unavailable", "errors": [{"message": message, "extensions": {"code": "UNAVAILABLE"}}]}
        return JSONResponse(body, HTTPStatus.SERVICE_UNAVAILABLE, _NEVER_KEPT)
    except DatabaseError as error:
        body = {"status": "unavailable", "errors": [{"message": str(error), "extensions": {"code": error.code}}]}
        return JSONResponse(body, error.status, _NEVER_KEPT)
    return JSONResponse({"status": "ok", "database": database.dialect, "revision": revision}, headers=_NEVER_KEPT)


class MetricsEndpoint:
    """Answers the metrics of this process in Prometheus' text format."""

    def __init__(self, metrics: Metrics) -> None:
        """`metrics` is what the middleware counts into."""
        self._metrics = metrics

    async def get(self, _: Request) -> Response:
        """Answer the exposition text."""
        text, content_type = self._metrics.text()
        return Response(text, headers={"content-type": content_type, **_NEVER_KEPT})
