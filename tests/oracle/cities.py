"""The databases that the oracle's tests ask: the small city, and a busier one, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.conftest import Templates
from tests.engines import in_session
from tests.oracle.busy import crowd
from tests.oracle.comparison import Engines
from tests.oracle.graduates import graduate
from tests.oracle.staff import hire


@contextmanager
def busy_city(templates: dict[str, Templates]) -> Iterator[Engines]:
    """Engines over the small city with a crowd in it; `templates` by engine."""
    urls = {}
    for name, template in templates.items():
        urls[name] = template.engine.create(template.city().url)
        in_session(urls[name], crowd)
        in_session(urls[name], graduate)
        in_session(urls[name], hire)
    with Engines.opened(urls) as engines:
        yield engines
