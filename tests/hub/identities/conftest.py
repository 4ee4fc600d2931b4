from collections.abc import AsyncIterator

import pytest

from hub.database import Address, Database
from tests.hub.identities.clock import Clock
from tests.small_city import SmallCity


@pytest.fixture
async def hub(own_city: SmallCity) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(own_city.url), readers=2)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()
