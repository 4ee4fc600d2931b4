"""In which language a page is written: the reader's choice, kept in a cookie, or what the browser asks for."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from schema.checking import Language

COOKIE: Final = "hub_language"
_YEAR: Final = 365 * 24 * 60 * 60  # seconds


def language_of(request: Request) -> Language:
    """What `?lang=` says, else the cookie, else the first of the browser's languages that there is; else Thai."""
    for told in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if told in tuple(Language):
            return Language(told)
    for entry in _by_weight(request.headers.get("accept-language", "")):
        if entry in tuple(Language):
            return Language(entry)
    return Language.THAI


def keep(response: Response, request: Request) -> None:
    """Have the browser keep the language that a link chose."""
    told = request.query_params.get("lang")
    if told in tuple(Language):
        remember(response, Language(told))


def remember(response: Response, chosen: Language) -> None:
    """Have the browser say a language along with each request."""
    response.set_cookie(COOKIE, chosen.value, max_age=_YEAR, path="/", samesite="lax")


def _by_weight(header: str) -> list[str]:
    """The primary subtags of an Accept-Language, the most wanted first."""
    found: list[tuple[float, str]] = []
    for entry in header.lower().split(",")[:20]:
        tag, _, weight = entry.strip().partition(";q=")
        try:
            wanted = float(weight) if weight else 1.0
        except ValueError:
            continue
        if wanted > 0:
            found.append((-wanted, tag.split("-")[0]))
    return [tag for _, tag in sorted(found, key=lambda pair: pair[0])]
