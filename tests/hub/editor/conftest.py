from collections.abc import AsyncIterator

import httpx
import pytest

from tests.hub.editor.visiting import visiting
from tests.small_city import SmallCity


@pytest.fixture
async def admin(own_city: SmallCity) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator in the console of the small city, on each engine in turn."""
    async with visiting(own_city.url) as client:
        yield client
