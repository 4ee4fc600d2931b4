"""Who may ask: administrators by the hub's own sessions, and from the hub's own pages where something is written."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hub.console.language import language_of
from hub.editor.answers import failed
from hub.errors import HubError, UnauthenticatedError
from hub.web.authentication import authentication_of
from hub.web.doorway import require_admitted
from hub.web.observed import observed_in
from schema.policy import Identity, Role

_SIGN_IN: Final = ("Sign in at /login.", "กรุณาเข้าสู่ระบบที่ /login")


async def admitted(request: Request) -> Identity | Response:
    """Give the administrator who asks, or how to answer anybody else."""
    try:
        identity = await authentication_of(request).of_page(request)
        if identity is None:
            raise UnauthenticatedError(*_SIGN_IN, invalid=False)
        require_admitted(request, identity, Role.ADMIN)
    except HubError as error:
        observed_in(request.scope).codes.append(error.code)
        return failed(error, language_of(request))
    return identity
