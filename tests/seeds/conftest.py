"""Fixtures of the seeds' tests: smaller worlds, and the full city, loaded once an engine."""

from collections.abc import Iterator

import pytest

import seeds
from seeds import world
from tests.conftest import Templates
from tests.seeds.recount import YearFigures, recount
from tests.seeds.rows import Made, Stored
from tests.seeds.small import SMALL, TINY


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one engine's full city on one worker, so that it is loaded once."""
    for item in items:
        if isinstance(item, pytest.Function) and "full_city_url" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(f"full-city-{item.callspec.params['templates']}"))


@pytest.fixture
def tiny_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "SCHOOLS", TINY)


@pytest.fixture(scope="session")
def small_city_rows() -> Made:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "SCHOOLS", SMALL)
        return Made(world.DEFAULT_SEED)


@pytest.fixture(scope="session")
def full_city_url(templates: Templates) -> Iterator[str]:
    """The demo city as `hub seed` loads it: read it, do not write."""
    url = templates.engine.create(templates.empty())
    seeds.load(url)
    yield url
    templates.engine.drop(url)


@pytest.fixture(scope="session")
def full_city_figures(full_city_url: str) -> dict[int, YearFigures]:
    """The demo city's figures, counted anew from its rows."""
    return recount(Stored(full_city_url))
