"""Which media type an answer has, by the request's Accept header."""

from enum import StrEnum
from functools import lru_cache


class MediaType(StrEnum):
    """What GraphQL is answered in, and the page for people."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"
    HTML = "text/html"


@lru_cache(maxsize=256)
def preferred(accept: str, *, html: bool) -> MediaType:
    """Give the media type the client likes best; JSON when it says nothing or nothing that is known here.

    `html` tells whether a page can be given at all. Of equals, the one named more exactly, then the first, wins.
    """
    best, best_rank = MediaType.JSON, (0.0, 0)
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = _quality(parameters)
        media = _media(name)
        if media is None or quality <= 0 or (media is MediaType.HTML and not html):
            continue
        rank = (quality, 0 if "*" in name else 1)
        if rank > best_rank:
            best, best_rank = media, rank
    return best


def _media(name: str) -> MediaType | None:
    if name in ("*/*", "application/*"):
        return MediaType.JSON
    try:
        return MediaType(name)
    except ValueError:
        return None


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
