"""A request's headers by name, put in a dict once: to go through all of them for each would cost every request."""

from collections.abc import MutableMapping
from typing import Any, Final

_KEY: Final = "hub.headers"


def header(scope: MutableMapping[str, Any], name: bytes) -> str | None:
    """Give the value of a header, by its name in lower case; the first one's where a client sent several."""
    found = scope.get(_KEY)
    if found is None:
        found = scope[_KEY] = dict(reversed(scope["headers"]))
    value = found.get(name)
    return None if value is None else value.decode("latin-1")
