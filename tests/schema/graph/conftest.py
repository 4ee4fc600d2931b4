from collections.abc import AsyncIterator

import pytest

from tests.schema.asking import Asker, open_asker
from tests.small_city import SmallCity


@pytest.fixture
async def ask(small_city: SmallCity) -> AsyncIterator[Asker]:
    """The small city's graph, on each engine."""
    asker = await open_asker(small_city.url)
    yield asker
    await asker.database.close()
