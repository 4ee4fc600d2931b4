"""Cross-origin requests: which web pages of other origins may read the graph's answers. None, unless they are named."""

from collections.abc import Sequence
from typing import Final

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

_ASKED: Final = ("GET", "POST")
_SENT: Final = ("Authorization", "If-None-Match", "X-Hub-Explain", "X-Purpose", "X-Request-Id")
_READ: Final = ("ETag", "Retry-After", "X-Request-Id")


def cors(origins: Sequence[str]) -> list[Middleware]:
    """Give what answers preflights and lets pages of these origins read; nothing at all where there are none.

    It goes outermost, so that a page can read errors too. No credentials: a page sends no cookies along.
    """
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware, allow_origins=origins, allow_methods=_ASKED, allow_headers=_SENT, expose_headers=_READ
        )
    ]
