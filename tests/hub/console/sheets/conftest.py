from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from schema.policy import Role
from tests.hub.console.signing import signed_in
from tests.hub.tiny import tiny_app
from tests.small_city import SmallCity


@pytest.fixture
async def malee(own_city: SmallCity, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """An administrator of a city of the test's own, whose imports wait in a folder of the test's own."""
    app = tiny_app(own_city.url, import_folder=str(tmp_path / "imports"))
    async with signed_in(own_city.url, "malee", Role.ADMIN, app) as client:
        yield client
