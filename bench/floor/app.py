"""The floor's application: a route a workload, the hub's own connections, nothing in between."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.database import Address
from hub.database.postgresql import PostgresEngine
from hub.database.sqlite import SqliteEngine
from schema.compiler.reading import Dialect

_STATEMENTS: Final = Path(__file__).parent / "statements"
_CONNECTIONS: Final = 4

READS: Final = "BENCH_READS"
"""The variable that names the routes: JSON, ``{"W1": ["nested", [7, 1, 2561, 50]]}``."""


def create_app() -> Starlette:
    """Make the application; the database is `HUB_DATABASE_URL`'s."""
    address = Address.parse(os.environ["HUB_DATABASE_URL"])
    reads: dict[str, tuple[str, list[int | str]]] = json.loads(os.environ[READS])
    free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
    fetch = _fetch_sqlite if address.dialect is Dialect.SQLITE else _fetch_postgresql

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        opener = SqliteEngine if address.dialect is Dialect.SQLITE else PostgresEngine
        engine = await opener.open(address, _CONNECTIONS)
        lent = [await engine.acquire() for _ in range(_CONNECTIONS)]
        for connection in lent:
            free.put_nowait(connection.raw)
        yield
        for connection in lent:
            engine.release(connection, idle=True)
        await engine.close()

    def route(name: str, statement: str, parameters: list[int | str]) -> Route:
        sql = (_STATEMENTS / address.dialect.value / f"{statement}.sql").read_text()

        async def answer(_: Request) -> Response:
            connection = await free.get()
            try:
                body = await fetch(connection, sql, parameters)
            finally:
                free.put_nowait(connection)
            return Response(body, media_type="application/json")

        return Route(f"/{name}", answer, methods=["POST"])

    async def healthz(_: Request) -> Response:
        return Response(b"ok")

    return Starlette(
        routes=[Route("/healthz", healthz), *(route(name, *read) for name, read in reads.items())], lifespan=lifespan
    )


async def _fetch_sqlite(connection: Any, sql: str, parameters: list[int | str]) -> bytes:  # noqa: ANN401 - by engine
    (row,) = await connection.execute_fetchall(sql, parameters)
    body: bytes = row[0]
    return body


async def _fetch_postgresql(connection: Any, sql: str, parameters: list[int | str]) -> bytes:  # noqa: ANN401
    (row,) = await connection.fetch(sql, *parameters)
    body: bytes = row[0]
    return body
