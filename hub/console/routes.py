"""Where the console's pages are."""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console import accounts, me, tokens
from hub.console.history import pages as history
from hub.console.sheets import export_pages
from hub.console.sheets.import_pages import ImportPages
from hub.console.visit import Visit, guarded
from hub.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """Every page of the console, each guarded."""
    return [
        Route("/console", guarded(_home)),
        *ImportPages(settings).routes(),
        *export_pages.routes(),
        *history.routes(),
        *accounts.routes(),
        *tokens.routes(),
        *me.routes(),
    ]


async def _home(visit: Visit) -> Response:
    return visit.page("home.html")
