"""A city and its server for each engine, and for each test a browser, which speaks Thai unless told otherwise."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.database import Address, Database
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from schema.identity.passwords import hash_password
from schema.policy import Role
from tests.browser.chromium import REQUIRED, BrowserMissingError, chromium
from tests.browser.visitor import ADMIN, PASSWORD, Visitor, visiting
from tests.conftest import Templates
from tests.engines import run_apart
from tests.hub.serving import Server, served
from tests.hub.test_graph import SERVE
from tests.small_city import SmallCity


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browsers on one worker: two of them, and two servers, would be slower than one after the other."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session", autouse=True)
def browser() -> str:
    """The browser. Without one these tests are skipped, and say so, except where one must be."""
    try:
        return chromium()
    except BrowserMissingError as error:
        if os.environ.get(REQUIRED):
            raise
        pytest.skip(str(error))


@dataclass(frozen=True)
class Site:
    """A server of a city that has one administrator."""

    server: Server
    city: SmallCity
    engine: str


@pytest.fixture(scope="session")
def site(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One an engine: the tests share it, so each adds rows of its own."""
    url = templates.engine.create(templates.city().url)
    city = templates.city().at(url)

    async def prepare() -> None:
        database = await Database.open(Address.parse(url), readers=1)
        await Accounts(database).create(ADMIN, hash_password(PASSWORD), Grant(Role.ADMIN))
        await database.close()

    run_apart(prepare)
    settings = {"HUB_DATABASE_URL": url, "HUB_SECRET_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
    with served(SERVE, tmp_path_factory.mktemp("site"), settings) as server:
        yield Site(server, city, templates.engine.name)
    templates.engine.drop(url)


@pytest.fixture
async def visitor(site: Site, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """A browser at the site; a parameter names its language."""
    locale = getattr(request, "param", "th-TH")
    async with visiting(site.server, site.engine, locale=locale) as visitor:
        yield visitor
