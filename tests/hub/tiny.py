"""A schema of a few fields, to test the service without the hub's own graph."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Receive, Scope, Send
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema import BaseSchema

from hub.app import compose
from hub.settings import Settings
from hub.web.admission import Admission
from hub.web.graphql import Graphs
from schema import policy
from schema.compiler.reading import Dialect, Reader
from schema.policy import Identity, Reach, Role

ECHO = {
    Dialect.SQLITE: "SELECT CAST(json_array(?1) AS BLOB)",
    Dialect.POSTGRESQL: "SELECT json_build_array($1::text)",
}
SLOW = {
    Dialect.SQLITE: (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
        "SELECT CAST(count(*) AS BLOB) FROM n"
    ),
    Dialect.POSTGRESQL: "SELECT to_json(pg_sleep(60)::text)",
}


@dataclass
class Context:
    reader: Reader
    operation: str | None = None


Info = strawberry.Info[Context, None]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return name

    @strawberry.field
    async def echo(self, info: Info, text: str = "text") -> str:
        reader = info.context.reader
        answer = await reader.read(ECHO[reader.dialect], [text], alone=False)
        return str(orjson.loads(answer or b"[]")[0])

    @strawberry.field
    async def length(self, info: Info, text: str = "text") -> int:
        reader = info.context.reader
        return len(await reader.read(ECHO[reader.dialect], [text], alone=False) or b"")

    @strawberry.field
    async def slow(self, info: Info) -> str:
        reader = info.context.reader
        await reader.read(SLOW[reader.dialect], [], alone=True)
        return "done"

    @strawberry.field
    async def wait(self, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "waited"

    @strawberry.field
    def broken(self) -> str:
        raise ZeroDivisionError("the secret of the house")

    @strawberry.field
    def count(self, number: int) -> int:
        return number


@strawberry.type
class Mutation:
    @strawberry.mutation
    def change(self) -> str:
        return "changed"


schema = strawberry.Schema(
    Query,
    mutation=Mutation,
    extensions=[lambda: Admission(5000), lambda: ParserCache(maxsize=128), lambda: ValidationCache(maxsize=128)],
)


SOMEBODY = Identity("account:1", "somebody", Role.ADMIN, policy.Scope(Reach.ALL), "testing")


class Anybody:
    """Takes everybody for somebody: who asks is the matter of other tests."""

    async def authenticate(self, _request: Request) -> Identity:
        return SOMEBODY

    async def of_page(self, _request: Request) -> Identity | None:
        return SOMEBODY


def graphs_of(schema: BaseSchema) -> Graphs:
    """One schema for whoever asks."""
    return Graphs(lambda _: schema, lambda reader, *_: Context(reader))


def tiny_app(url: str, **settings: Any) -> Starlette:  # noqa: ANN401 - whatever the settings hold
    return compose(Settings(database_url=url, rate_limit=0, **settings), graphs_of(schema), Anybody())


@asynccontextmanager
async def client_of(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state or {})}, receive, send)
            await asyncio.sleep(0)  # what follows the answer

        async with httpx.AsyncClient(transport=httpx.ASGITransport(with_state), base_url="http://hub") as client:
            yield client
