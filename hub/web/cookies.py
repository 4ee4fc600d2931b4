"""The cookies of sessions and of sign-ins that wait: what they are called, and what a browser may do with them."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from hub.web.origin import own_origin

SESSION: Final = "hub_session"
HALF_SIGN_IN: Final = "hub_half_sign_in"
# Browsers take a cookie of this prefix only over https, for this very host and all its paths.
_BOUND: Final = "__Host-"


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """`public_origin` is the setting: what browsers call this hub, or empty; `name` is the cookie's over plain http."""

    public_origin: str
    name: str = SESSION

    def read(self, request: Request) -> str | None:
        """The secret that the browser sent, of whatever form."""
        return request.cookies.get(self._name(request))

    def give(self, request: Request, response: Response, secret: str, seconds: int) -> None:
        """Have the browser keep a secret for so long."""
        self._set(request, response, secret, seconds)

    def take(self, request: Request, response: Response) -> None:
        """Have the browser forget it."""
        self._set(request, response, "", 0)

    def _set(self, request: Request, response: Response, secret: str, seconds: int) -> None:
        # Lax, not Strict: a link in a mail to a query opens the IDE signed in; writes are checked by their origin.
        response.set_cookie(
            self._name(request),
            secret,
            max_age=seconds,
            path="/",
            secure=self._is_secure(request),
            httponly=True,
            samesite="lax",
        )

    def _name(self, request: Request) -> str:
        return f"{_BOUND}{self.name}" if self._is_secure(request) else self.name

    def _is_secure(self, request: Request) -> bool:
        return own_origin(request, self.public_origin).startswith("https:")
