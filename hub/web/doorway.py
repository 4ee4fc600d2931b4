"""Who is let in where a session's cookie says who it is: in the role that a door asks for, and from pages of the hub.

A cookie goes along with whoever's page asks; so what changes something must come from a page of ours.
"""

from typing import Final

from starlette.requests import Request

from hub.errors import ForbiddenError
from hub.web.authentication import authentication_of
from hub.web.observed import observed_in
from hub.web.origin import is_own
from schema.policy import Identity, Role

SAFE: Final = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""


def require_admitted(request: Request, identity: Identity, role: Role | None) -> None:
    """Let somebody in who has the role; None: any. Raises ForbiddenError, with what to do in both languages."""
    observed_in(request.scope).identity = identity.key
    if role is not None and identity.role is not role:
        raise ForbiddenError(
            "The console is for administrators. Ask one to do it, or sign in as one.",
            "หน้านี้สำหรับผู้ดูแลระบบเท่านั้น กรุณาเข้าสู่ระบบด้วยบัญชีผู้ดูแลระบบ",
        )
    if request.method not in SAFE and not is_own(request, authentication_of(request).cookie.public_origin):
        raise ForbiddenError(
            "This was not sent by a page of the hub. Open the page again and send it from there; behind a proxy, set"
            " HUB_PUBLIC_ORIGIN to what the browser calls the hub.",
            "แบบฟอร์มนี้ไม่ได้ส่งจากหน้าของระบบ กรุณาเปิดหน้านี้ใหม่แล้วส่งอีกครั้ง",
        )
