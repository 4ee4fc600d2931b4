"""Fixtures that every test may use; each runs a test twice, on SQLite and on PostgreSQL.

- `engine_url`: an empty database with all tables and triggers, the test's own.
- `database`: a :class:`tests.engines.Client` connected to it.
- `small_city`: a handmade city (see `tests.small_city`), shared: read it, do not write.
- `own_city`: the same city, the test's own to change; `city_database` is a client connected to it.
- `blank_url`: a database without any table, the test's own.

A PostgreSQL that does not start is an error, never a reason to skip.
"""

from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Final

import pytest

from hub import migration
from tests.engines import Client, Engine, PostgresqlEngine, SqliteEngine, in_session
from tests.small_city import SmallCity, populate

ENGINES: Final = ("sqlite", "postgresql")


class Templates:
    """The databases that others are copied from, each made once a process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.empty = cache(self._empty)
        self.city = cache(self._city)
        self.shared_city = cache(lambda: self.city().at(engine.create(self.city().url)))

    def _empty(self) -> str:
        url = self.engine.create()
        migration.upgrade(url)
        return url

    def _city(self) -> SmallCity:
        url = self.engine.create(self.empty())
        return in_session(url, lambda session: populate(session, url))


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    engine = SqliteEngine(tmp_path_factory.mktemp("sqlite"))
    yield Templates(engine)
    engine.stop()


@pytest.fixture(scope="session")
def postgresql_templates() -> Iterator[Templates]:
    engine = PostgresqlEngine()
    yield Templates(engine)
    engine.stop()


@pytest.fixture(scope="session", params=ENGINES)
def templates(request: pytest.FixtureRequest) -> Templates:
    made: Templates = request.getfixturevalue(f"{request.param}_templates")
    return made


@pytest.fixture
def blank_url(templates: Templates) -> Iterator[str]:
    url = templates.engine.create()
    yield url
    templates.engine.drop(url)


@pytest.fixture
def engine_url(templates: Templates) -> Iterator[str]:
    url = templates.engine.create(templates.empty())
    yield url
    templates.engine.drop(url)


@pytest.fixture
async def database(engine_url: str) -> AsyncIterator[Client]:
    async with Client.connect(engine_url) as client:
        yield client


@pytest.fixture(scope="session")
def small_city(templates: Templates) -> SmallCity:
    # A copy: PostgreSQL copies no database that someone is connected to.
    return templates.shared_city()


@pytest.fixture
def own_city(templates: Templates) -> Iterator[SmallCity]:
    city = templates.city()
    url = templates.engine.create(city.url)
    yield city.at(url)
    templates.engine.drop(url)


@pytest.fixture
async def city_database(own_city: SmallCity) -> AsyncIterator[Client]:
    async with Client.connect(own_city.url) as client:
        yield client
