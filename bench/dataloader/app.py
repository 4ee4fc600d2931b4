"""The peer's application, under Strawberry's own ASGI view with its parser and validation caches."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from bench.connecting import connect_engine
from bench.dataloader.context import Context
from bench.dataloader.types import Query


def create_app() -> Starlette:
    """Make the application; the database is `HUB_DATABASE_URL`'s."""
    engine = connect_engine(os.environ["HUB_DATABASE_URL"])
    schema = strawberry.Schema(
        Query, extensions=[lambda: ParserCache(maxsize=128), lambda: ValidationCache(maxsize=128)]
    )

    class View(GraphQL[Context, None]):
        async def get_context(self, request: Any, response: Any) -> Context:  # noqa: ANN401, ARG002 - as Strawberry's
            return Context(engine)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    async def healthz(_: Request) -> Response:
        return Response(b"ok")

    return Starlette(routes=[Route("/healthz", healthz), Route("/graphql", View(schema))], lifespan=lifespan)
