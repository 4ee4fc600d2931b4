"""Where the console's pages are."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console.visit import Visit, guarded


def routes() -> list[BaseRoute]:
    """Every page of the console, each guarded."""
    return [Route("/console", guarded(_home))]


async def _home(visit: Visit) -> Response:
    return visit.page("home.html")
