"""Who may ask: administrators by the hub's own sessions, and from the hub's own pages where something is written."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hub.editor.answers import failed
from hub.errors import ForbiddenError, HubError, UnauthenticatedError
from hub.web.authentication import authentication_of
from hub.web.observed import observed_in
from hub.web.origin import is_own
from schema.policy import Identity, Role

_SAFE: Final = ("GET", "HEAD")


async def admitted(request: Request) -> Identity | Response:
    """Give the administrator who asks, or how to answer anybody else."""
    try:
        return await _administrator(request)
    except HubError as error:
        observed_in(request.scope).codes.append(error.code)
        return failed(error)


async def _administrator(request: Request) -> Identity:
    authentication = authentication_of(request)
    identity = await authentication.of_page(request)
    if identity is None:
        raise UnauthenticatedError("Sign in at /login.", invalid=False)
    observed_in(request.scope).identity = identity.key
    if identity.role is not Role.ADMIN:
        raise ForbiddenError("The console is for administrators. Ask one to do it, or sign in as one.")
    # A cookie goes along with whoever's page asks: what writes must come from a page of ours.
    if request.method not in _SAFE and not is_own(request, authentication.cookie.public_origin):
        raise ForbiddenError(
            "This was not sent by a page of this hub. Behind a proxy, set HUB_PUBLIC_ORIGIN to what the browser calls"
            " the hub."
        )
    return identity
