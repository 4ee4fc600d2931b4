"""The engines as a fixture; a module that wants them imports `engines`."""

import logging
from collections.abc import Iterator

import pytest

from tests.conftest import Templates
from tests.oracle.cities import busy_city
from tests.oracle.comparison import Engines


@pytest.fixture(scope="module")
def engines(sqlite_templates: Templates, postgresql_templates: Templates) -> Iterator[Engines]:
    """Both engines over the same busy city, their cursors learnt."""
    # Refused operations are expected; Strawberry would log each.
    logging.getLogger("strawberry.execution").setLevel(logging.CRITICAL)
    with busy_city({"sqlite": sqlite_templates, "postgresql": postgresql_templates}) as opened:
        opened.learn_cursors()
        yield opened
    logging.getLogger("strawberry.execution").setLevel(logging.NOTSET)
