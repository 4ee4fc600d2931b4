"""Who sends a request: a program by its token, or a browser by its session's cookie."""

from dataclasses import dataclass, replace
from typing import Final, Protocol
from urllib.parse import unquote

from starlette.requests import Request

from hub.errors import BadInputError, ForbiddenError, UnauthenticatedError
from hub.identities.identities import Identities
from hub.web.cookies import SessionCookie
from hub.web.headers import header
from hub.web.origin import is_own
from schema.identity.tokens import LONGEST_PURPOSE
from schema.policy import Identity

_SCHEME: Final = "bearer"


class Authenticator(Protocol):
    """Tells who sends a request."""

    async def authenticate(self, request: Request) -> Identity:
        """Give the identity of a request to the graph, or refuse it."""

    async def of_page(self, request: Request) -> Identity | None:
        """Give the identity of a request for a page, or None."""


@dataclass(frozen=True, slots=True)
class Authentication:
    """What tells who sends a request: a member `authentication` of the application's state."""

    identities: Identities
    cookie: SessionCookie

    async def authenticate(self, request: Request) -> Identity:
        """Give the identity of a request to the graph.

        Raises UnauthenticatedError when there is none, ForbiddenError for a cookie that another site's page sent along,
        BadInputError for a purpose that cannot be kept.
        """
        given = header(request.scope, b"authorization")
        if given is not None:
            scheme, _, secret = given.partition(" ")
            if scheme.lower() != _SCHEME:
                raise UnauthenticatedError("Send the header as `Authorization: Bearer TOKEN`.")
            return await self.identities.by_token(secret.strip())
        secret = self.cookie.read(request) or ""
        if not secret:
            raise UnauthenticatedError(
                "Nothing is readable without an identity. Send the header `Authorization: Bearer TOKEN` "
                "(`hub token create` makes one), or sign in at /login.",
                invalid=False,
            )
        if not is_own(request, self.cookie.public_origin):
            raise ForbiddenError(
                "A session's cookie is taken from pages of this hub alone. Send a token, as `Authorization: Bearer "
                "TOKEN`; behind a proxy, set HUB_PUBLIC_ORIGIN to what the browser calls the hub."
            )
        identity = await self.identities.by_session(secret)
        purpose = _purpose(request)
        return replace(identity, purpose=purpose) if purpose else identity

    async def of_page(self, request: Request) -> Identity | None:
        """Give the identity of a request for a page of ours, or None; None, too, where a second factor is owed.

        A page may be asked for from anywhere, as by a link in a mail: what it shows, only its reader sees.
        """
        secret = self.cookie.read(request)
        if not secret:
            return None
        try:
            return await self.identities.by_session(secret)
        except UnauthenticatedError:
            return None

    async def to_set_up(self, request: Request) -> tuple[Identity, bool] | None:
        """Give who sets a second factor up, and whether nothing else is open to them before it is; or None."""
        secret = self.cookie.read(request)
        if not secret:
            return None
        try:
            return await self.identities.by_session_to_set_up(secret)
        except UnauthenticatedError:
            return None


def authentication_of(request: Request) -> Authentication:
    """What the application's pages sign in and out by."""
    found: Authentication = request.scope["state"]["authentication"]
    return found


def authenticator_of(request: Request) -> Authenticator:
    """What the application tells by who asks."""
    found: Authenticator = request.scope["state"]["authenticator"]
    return found


async def authenticate(request: Request) -> Identity:
    """Give the identity of a request to the graph; see :meth:`Authentication.authenticate`."""
    return await authenticator_of(request).authenticate(request)


def _purpose(request: Request) -> str | None:
    """What an account says it reads for, in `X-Purpose`: UTF-8, or percent-encoded as a browser must."""
    given = request.headers.get("x-purpose")
    if not given:
        return None
    try:
        text = unquote(given.encode("latin-1").decode(), errors="strict").strip()
    except UnicodeDecodeError as error:
        raise BadInputError("X-Purpose is not UTF-8; percent-encode it.") from error
    if not text or len(text) > LONGEST_PURPOSE or not text.isprintable():
        raise BadInputError(f"X-Purpose must be 1 to {LONGEST_PURPOSE} printable characters.")
    return text
