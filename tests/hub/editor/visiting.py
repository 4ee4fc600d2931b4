"""A browser in the console's tables."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from schema.policy import Role
from tests.hub.console.signing import ENGLISH, signed_in
from tests.hub.tiny import tiny_app

TABLES = "/admin/api/tables"


@asynccontextmanager
async def visiting(url: str, role: Role = Role.ADMIN, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ANN401 - whatever the settings hold
    """A browser that is signed in, whose requests come from a page of the hub, and which reads English."""
    async with signed_in(url, "somchai", role, tiny_app(url, **settings)) as client:
        client.headers.update(ENGLISH)
        yield client
