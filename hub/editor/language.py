"""The reader's language, as the console's own pages know it, in the words of `schema.checking`."""

from starlette.requests import Request
from starlette.responses import Response

from hub.console import language
from schema.checking import Language

_YEAR = 365 * 24 * 60 * 60  # seconds


def language_of(request: Request) -> Language:
    """The language to answer in."""
    return Language(language.language_of(request).value)


def remember(response: Response, chosen: Language) -> None:
    """Have the browser say the language along with each request, to the console's own pages too."""
    response.set_cookie(language.COOKIE, chosen.value, max_age=_YEAR, path="/", samesite="lax")
