"""The ASGI application: `create_app` is the factory that uvicorn calls in each process."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypedDict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route

from hub.console.routes import routes
from hub.database import Database
from hub.history.sealer import ChangeSealer
from hub.identities.identities import Identities
from hub.identities.sealing import Sealer
from hub.identities.sessions import Sessions
from hub.logs import configure_logs
from hub.read_log import ReadLog
from hub.settings import Settings
from hub.web.allowance import Allowance
from hub.web.assets import Assets
from hub.web.authentication import Authentication, Authenticator
from hub.web.compression import CompressionMiddleware
from hub.web.cookies import SessionCookie
from hub.web.cors import cors
from hub.web.direct import DirectMiddleware
from hub.web.editor import EditorMount, to_editor
from hub.web.graphql import GraphEndpoint, Graphs
from hub.web.health import MetricsEndpoint, healthz, readyz
from hub.web.ide import STATIC, ide_page
from hub.web.login import CODE, LoginPages, identity_shown
from hub.web.metrics import Metrics
from hub.web.middleware import RequestMiddleware
from hub.web.refusal import refused
from hub.web.start import StartPage


class State(TypedDict):
    """What the lifespan gives every request."""

    database: Database
    authentication: Authentication
    authenticator: Authenticator
    sessions: Sessions
    allowance: Allowance
    read_log: ReadLog


def create_app(settings: Settings | None = None) -> Starlette:
    """Make the application with the hub's own graph; without settings they are read from the environment."""
    # The graph is by far the costliest import: whoever composes an app of another schema does not pay for it.
    from hub.graph import Graph  # noqa: PLC0415

    settings = settings or Settings.read()
    configure_logs(settings.log_level, settings.log_format)
    graph = Graph(settings)
    app = compose(settings, Graphs(graph.of, graph.context))
    # The schema stays for ever: looking through it at every full collection would stop all requests for half a second.
    gc.collect()
    gc.freeze()
    return app


def compose(settings: Settings, graphs: Graphs, authenticator: Authenticator | None = None) -> Starlette:
    """Make the application around any schemas; `authenticator` tells who sends a request, None by the database."""
    metrics = Metrics()
    page = ide_page()
    pages = LoginPages()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[State]:
        database = await Database.open(
            settings.database, readers=settings.readers, statement_timeout=settings.statement_timeout
        )
        metrics.watch_pool(lambda: database.usage)
        identities = Identities.open(
            database, timedelta(minutes=settings.session_idle_minutes), demanding=settings.roles_with_mfa
        )
        read_log = ReadLog(database, patience=settings.read_log_patience)
        read_log.start()
        change_sealer = ChangeSealer(database)
        change_sealer.start()
        authentication = Authentication(identities, SessionCookie(settings.public_origin))
        try:
            yield {
                "database": database,
                "authentication": authentication,
                "authenticator": authenticator or authentication,
                "sessions": Sessions(
                    database, timedelta(hours=settings.session_hours), sealer=Sealer(*settings.sealing_keys)
                ),
                "allowance": Allowance(
                    rate=settings.rate_limit, burst=settings.rate_burst, at_once=max(1, settings.readers - 1)
                ),
                "read_log": read_log,
            }
        finally:
            await read_log.close()
            await identities.close()
            await change_sealer.close()
            await database.close()

    graph = Route("/graphql", GraphEndpoint(graphs, settings=settings, ide=page.respond))
    app = Starlette(
        debug=False,  # its debug page shows variables; a traceback belongs in the log
        lifespan=lifespan,
        routes=[
            graph,
            Route("/", StartPage(graphs).get),
            Route("/login", pages.login, methods=["GET", "POST"]),
            Route(CODE, pages.code, methods=["GET", "POST"]),
            Route("/logout", pages.logout, methods=["POST"]),
            Route("/identity", identity_shown),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", MetricsEndpoint(metrics).get),
            *routes(settings),
            Route("/admin", to_editor),
            Mount("/admin", EditorMount(settings)),
            Mount("/static", GZipMiddleware(Assets(STATIC))),
        ],
        middleware=[
            *cors(settings.origins),
            Middleware(RequestMiddleware, metrics=metrics),
            Middleware(CompressionMiddleware, smallest=settings.compress_from),
            Middleware(DirectMiddleware, route=graph),
        ],
        exception_handlers={HTTPException: refused},
    )
    # Its redirects name the host that the request named; `refused` answers them by the path alone.
    app.router.redirect_slashes = False
    return app
