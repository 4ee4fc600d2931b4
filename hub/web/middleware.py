"""What wraps every request: its id, its log line, its metrics, the security headers, and the last line of defence.

Pure ASGI, in one pass over the answer's head: each layer more would cost every request again.
"""

import asyncio
import time
from typing import Final

import orjson
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.web import failures
from hub.web.headers import header
from hub.web.metrics import Metrics
from hub.web.observed import Observed, observe

_LOG = structlog.stdlib.get_logger("hub.request")
_PATH_SHOWN: Final = 100

# A page that needs more says so with its own Content-Security-Policy.
STRICT_POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
_SECURITY: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
# These say nothing of an answer that is no page, and each costs whoever reads the answer.
_SECURITY_OF_PAGES: Final = (
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_POLICY: Final = (b"content-security-policy", STRICT_POLICY.encode())


class RequestMiddleware:
    """Observes each HTTP request; see the module."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """`metrics` counts what is answered."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; whatever it raises is answered as one INTERNAL error."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        observed = observe(scope, header(scope, b"x-request-id"))
        status = 0
        size = 0

        async def observing_send(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message["headers"], (b"x-request-id", observed.request_id.encode()), *_SECURITY]
                own = dict(message["headers"])
                if own.get(b"content-type", b"").startswith(b"text/html"):
                    headers += _SECURITY_OF_PAGES
                if b"content-security-policy" not in own:
                    headers.append(_POLICY)
                message = {**message, "headers": headers}
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, observing_send)
        except Exception as error:
            _LOG.exception("request failed", exc_info=error)
            observed.codes.append("INTERNAL")
            if status:
                raise
            await _answer_internal(orjson.dumps({"errors": [failures.internal(observed)]}), observing_send)
        finally:
            seconds = time.perf_counter() - begun
            # uvloop sends what was written when what is ready has run: nobody waits for what is told of the request.
            asyncio.get_running_loop().call_soon(self._tell, scope, observed, status, size, seconds)

    def _tell(self, scope: Scope, observed: Observed, status: int, size: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        self._metrics.count(route, scope["method"], status, observed.operation, seconds)
        _LOG.info(
            "request",
            method=scope["method"],
            path=scope["path"][:_PATH_SHOWN],
            status=status,
            ms=round(seconds * 1000, 2),
            bytes=size,
            **({"identity": observed.identity} if observed.identity else {}),
            **({"operation": observed.operation} if observed.operation else {}),
            **({"codes": sorted(set(observed.codes))} if observed.codes else {}),
        )


async def _answer_internal(body: bytes, send: Send) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
