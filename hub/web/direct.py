"""Past the router: what is asked most goes straight to its endpoint."""

from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send


class DirectMiddleware:
    """Hands the requests of one route on at once: the router's layers take as long as a small operation's answer.

    The endpoint answers every method and raises nothing of Starlette's.
    """

    def __init__(self, app: ASGIApp, *, route: Route) -> None:
        """Everything else goes to `app`, whose router has the route too."""
        self._app = app
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["path"] == self._route.path:
            scope["route"] = self._route
            await self._route.app(scope, receive, send)
        else:
            await self._app(scope, receive, send)
