"""A visit to a page of the console: who it is, in which language, and what it is answered with."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final, TypeAlias

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hub.console.language import keep, language_of
from hub.console.moments import shown
from hub.console.places import PLACES
from hub.database import Acting, Database
from hub.errors import HubError, NotFoundError
from hub.web.authentication import Authentication, authentication_of
from hub.web.doorway import SAFE, require_admitted
from hub.web.form import Form, read_form
from hub.web.login import login_path
from hub.web.observed import observed_in
from schema.checking import Language
from schema.history import Face
from schema.policy import Identity, Role

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_KEY: Final = re.compile(r"[0-9]{1,18}")
_FORM_LIMIT: Final = 128 * 1024
_MOST_FIELDS: Final = 2_000
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page; `owes_factor`: nothing but a second factor may be set up."""

    request: Request
    identity: Identity
    language: Language
    owes_factor: bool = False

    @property
    def account(self) -> int:
        """The key of the account that is signed in."""
        return int(self.identity.key.removeprefix("account:"))

    @property
    def acting(self) -> Acting:
        """Who changes what is changed here, for the history."""
        return Acting(self.identity.key, self.identity.name, Face.CONSOLE)

    @property
    def database(self) -> Database:
        """The hub's database."""
        found: Database = self.request.scope["state"]["database"]
        return found

    def say(self, english: str, thai: str) -> str:
        """The one of two texts that the reader reads."""
        return self.language.choose(english, thai)

    def page(self, template: str, *, status: int = HTTPStatus.OK, **values: object) -> Response:
        """Answer a template of `hub/console/templates`, which extends `base.html`."""
        shared = _shared(self.request, self.language, self.identity, owes_factor=self.owes_factor)
        html = _TEMPLATES.get_template(template).render(shared | values)
        return _answer(html, status, self.request)

    @property
    def key(self) -> int:
        """The key of a row that the path names. Raises NotFoundError."""
        text = self.request.path_params["key"]
        if not _KEY.fullmatch(text):
            raise NotFoundError("There is nothing here.", "ไม่พบหน้านี้")
        return int(text)

    def told(self, error: HubError) -> str:
        """A refusal in the reader's language."""
        return self.say(*error.page)

    async def form(self) -> Form:
        """The form that was sent. Raises BadInputError."""
        return await read_form(self.request, limit=_FORM_LIMIT, fields=_MOST_FIELDS, storable=True)

    @staticmethod
    def see(path: str) -> Response:
        """Answer what was done by the page that shows it."""
        return RedirectResponse(path, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})


Handler: TypeAlias = Callable[[Visit], Awaitable[Response]]
"""What answers a visit. It may raise HubError, which is shown as a page."""


def guarded(
    handler: Handler, role: Role | None = Role.ADMIN, *, sets_up: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Give an endpoint that lets `role` alone in, and takes what changes something from pages of the hub alone.

    `role` None: whoever is signed in. `sets_up`: also who owes a second factor, to set one up.
    """

    async def endpoint(request: Request) -> Response:
        language = language_of(request)
        identity: Identity | None = None
        try:
            identity, owes_factor = await _who(authentication_of(request), request, sets_up=sets_up)
            if identity is None:
                return RedirectResponse(
                    login_path(_path_of(request)), HTTPStatus.SEE_OTHER, {"cache-control": "no-store"}
                )
            require_admitted(request, identity, role)
            return await handler(Visit(request, identity, language, owes_factor))
        except HubError as error:
            observed_in(request.scope).codes.append(error.code)
            return _refusal(request, language, identity, error)

    return endpoint


async def _who(authentication: Authentication, request: Request, *, sets_up: bool) -> tuple[Identity | None, bool]:
    if sets_up:
        return await authentication.to_set_up(request) or (None, False)
    return await authentication.of_page(request), False


def _path_of(request: Request) -> str:
    """Where to come back to after signing in: the page itself, or the console when something was sent to it."""
    if request.method not in SAFE:
        return "/console"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _refusal(request: Request, language: Language, identity: Identity | None, error: HubError) -> Response:
    values = _shared(request, language, identity) | {"message": language.choose(*error.page)}
    response = _answer(_TEMPLATES.get_template("refused.html").render(values), error.status, request)
    response.headers.update(error.headers)
    return response


def _shared(
    request: Request, language: Language, identity: Identity | None, *, owes_factor: bool = False
) -> dict[str, object]:
    return {
        "t": language.choose,
        "when": partial(shown, language=language),
        "administers": identity is not None and identity.role is Role.ADMIN and not owes_factor,
        "language": language.value,
        "places": PLACES,
        "path": request.url.path,
        "name": identity.name if identity else "",
    }


def _answer(html: str, status: int, request: Request) -> Response:
    response = HTMLResponse(html, status, {"content-security-policy": POLICY, "cache-control": "no-store"})
    keep(response, request)
    return response
