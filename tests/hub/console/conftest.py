from collections.abc import AsyncIterator

import httpx
import pytest

from hub.database import Address, Database
from schema.policy import Role
from tests.hub.console.signing import ENGLISH, signed_in
from tests.small_city import SmallCity


@pytest.fixture
async def client(own_city: SmallCity) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of a city of the test's own, who reads English and sends what a page of the hub sends."""
    async with signed_in(own_city.url, "root", Role.ADMIN) as client:
        client.headers.update(ENGLISH)
        yield client


@pytest.fixture
async def hub(own_city: SmallCity) -> AsyncIterator[Database]:
    """The same city, as the hub has it open."""
    opened = await Database.open(Address.parse(own_city.url), readers=1)
    yield opened
    await opened.close()
