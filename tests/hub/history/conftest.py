from collections.abc import AsyncIterator

import pytest

from hub.database import Acting, Address, Database
from schema.history import Face
from tests.small_city import SmallCity

ACTING = Acting("account:7", "malee", Face.CONSOLE)


@pytest.fixture
async def hub(own_city: SmallCity) -> AsyncIterator[Database]:
    """The small city as the hub has it open, the test's own."""
    opened = await Database.open(Address.parse(own_city.url), readers=2)
    yield opened
    await opened.close()
