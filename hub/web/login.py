"""`/login` and `/logout`, pages of ours which need no JavaScript, and `/identity`, which says who asks."""

from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from hub.errors import BadInputError, ForbiddenError, HubError, TooManyRequestsError
from hub.identities.sessions import Sessions, WrongPasswordError
from hub.web.authentication import authentication_of
from hub.web.failures import body_of
from hub.web.observed import observed_in
from hub.web.operation import read_body
from hub.web.origin import is_own, path_within
from schema.identity.secrets import is_session

_TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "login.html"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS: Final = {"content-security-policy": _POLICY, "cache-control": "no-store"}
_BODY_LIMIT: Final = 8 * 1024
_BODY_SECONDS: Final = 10
_FIELD: Final = 1_024
_NOTICES: Final[dict[str, tuple[str, str]]] = {
    "wrong": ("The name or the password is not right.", "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"),
    "often": (
        "Too many tries. Wait {seconds} seconds, then try once more.",
        "ลองหลายครั้งเกินไป กรุณารอ {seconds} วินาทีแล้วลองใหม่",
    ),
    "elsewhere": (
        "This form was not sent by this page. Fill it in again.",
        "แบบฟอร์มนี้ไม่ได้ส่งมาจากหน้านี้ กรุณากรอกใหม่",
    ),
    "unread": ("The form cannot be read. Fill it in again.", "อ่านแบบฟอร์มไม่ได้ กรุณากรอกใหม่"),
    "unready": ("The hub cannot sign anyone in at the moment. Try again soon.", "ขณะนี้ยังเข้าสู่ระบบไม่ได้ กรุณาลองใหม่ภายหลัง"),
    "out": ("You are signed out.", "ออกจากระบบแล้ว"),
}


class LoginPages:
    """Answers `/login` and `/logout`."""

    def __init__(self) -> None:
        self._template = Template(_TEMPLATE.read_text("utf-8"))

    async def login(self, request: Request) -> Response:
        """Answer the form, or sign in and go on to `next`."""
        if request.method != "POST":
            notice = "out" if "out" in request.query_params else None
            return self._page(path_within(request.query_params.get("next")), notice)
        target = "/"
        try:
            form = await _form(request)
            target = path_within(form.get("next"))
            return await _sign_in(request, form, target)
        except HubError as error:
            observed_in(request.scope).codes.append(error.code)
            seconds = error.retry_after if isinstance(error, TooManyRequestsError) else 0
            page = self._page(target, _notice_of(error), status=error.status, seconds=seconds)
            if not isinstance(error, WrongPasswordError):
                page.headers.update(error.headers)
            return page

    async def logout(self, request: Request) -> Response:
        """Sign out, and show the form again."""
        authentication = authentication_of(request)
        if not is_own(request, authentication.cookie.public_origin):
            return self._page("/", "elsewhere", status=HTTPStatus.FORBIDDEN)
        response = RedirectResponse("/login?out", HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
        await sign_out(request, response)
        return response

    def _page(self, target: str, notice: str | None, *, status: int = HTTPStatus.OK, seconds: int = 0) -> Response:
        text = ""
        if notice:
            english, thai = (escape(each.format(seconds=seconds)) for each in _NOTICES[notice])
            text = f'<p class="notice" role="alert"><span lang="th">{thai}</span><br>{english}</p>'
        html = self._template.substitute(notice=text, next=escape(target))
        return HTMLResponse(html, status, _HEADERS)


async def sign_out(request: Request, response: Response) -> None:
    """End the session that a request came with; `response` has the browser forget it, and all that it keeps of us."""
    authentication = authentication_of(request)
    secret = authentication.cookie.read(request)
    if secret and is_session(secret):
        await _sessions_of(request).end(secret)
        authentication.identities.forget(secret)
    # What the IDE keeps of queries and tokens goes too: the next reader of a shared computer finds none of it.
    response.headers["clear-site-data"] = '"cache", "storage"'
    authentication.cookie.take(request, response)


async def identity_shown(request: Request) -> Response:
    """Answer who asks, for the IDE's bar: `{"identity": {"name", "role", "purpose"}}`, or null for nobody.

    A cookie is taken from any page's request: no page but ours may read the answer, and nothing changes.
    """
    authentication = authentication_of(request)
    try:
        told = "authorization" in request.headers
        identity = await (authentication.authenticate(request) if told else authentication.of_page(request))
    except HubError as error:
        observed_in(request.scope).codes.append(error.code)
        return JSONResponse(body_of(error), error.status, {**error.headers, "cache-control": "no-store"})
    shown = None
    if identity is not None:
        shown = {"name": identity.name, "role": identity.role.value, "purpose": identity.purpose}
    return JSONResponse({"identity": shown}, headers={"cache-control": "no-store"})


def login_path(target: str) -> str:
    """Where to send a browser that must sign in before it goes on."""
    return "/login?" + urlencode({"next": path_within(target)})


async def _sign_in(request: Request, form: dict[str, str], target: str) -> Response:
    authentication = authentication_of(request)
    if not is_own(request, authentication.cookie.public_origin):
        raise ForbiddenError("The form was not sent by this page.")
    sessions = _sessions_of(request)
    previous = authentication.cookie.read(request)
    address = request.client.host if request.client else ""
    session = await sessions.begin(form.get("username", ""), form.get("password", ""), address, previous)
    if previous:
        authentication.identities.forget(previous)
    response = RedirectResponse(target, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
    authentication.cookie.give(request, response, session.secret, int(sessions.lifetime.total_seconds()))
    return response


async def _form(request: Request) -> dict[str, str]:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise BadInputError("The form is sent as application/x-www-form-urlencoded.")
    body = await read_body(request, _BODY_LIMIT, _BODY_SECONDS)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=8)
    except ValueError as error:
        raise BadInputError("The form cannot be read.") from error
    return {name: values[0][:_FIELD] for name, values in fields.items()}


def _notice_of(error: HubError) -> str:
    if isinstance(error, TooManyRequestsError):
        return "often"
    if isinstance(error, WrongPasswordError):
        return "wrong"
    if isinstance(error, ForbiddenError):
        return "elsewhere"
    return "unread" if isinstance(error, BadInputError) else "unready"


def _sessions_of(request: Request) -> Sessions:
    found: Sessions = request.scope["state"]["sessions"]
    return found
