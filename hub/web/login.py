"""`/login` in one step or two and `/logout`, pages without JavaScript, and `/identity`, which says who asks."""

from html import escape
from http import HTTPStatus
from string import Template
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from hub.errors import BadInputError, ForbiddenError, HubError, TooManyRequestsError, UnauthenticatedError
from hub.identities.identities import SecondFactorOwedError
from hub.identities.sealing import UnreadableError
from hub.identities.second_factors import WrongCodeError
from hub.identities.sessions import HALF_LASTS, HalfSignInEndedError, Sessions, WrongPasswordError
from hub.identities.stored_sessions import HalfSignIn, NewSession
from hub.web.authentication import Authentication, authentication_of
from hub.web.cookies import HALF_SIGN_IN, SessionCookie
from hub.web.failures import body_of
from hub.web.form import Form, read_form
from hub.web.observed import observed_in
from hub.web.origin import is_own, path_within
from hub.web.pages import page_around, template_of
from schema.identity.secrets import is_session

SET_UP: Final = "/console/me"
"""Where a second factor is set up."""
CODE: Final = "/login/code"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS: Final = {"content-security-policy": _POLICY, "cache-control": "no-store"}
_NO_STORE: Final = {"cache-control": "no-store"}
_BODY_LIMIT: Final = 8 * 1024
_MOST_FIELDS: Final = 8
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
    "ended": ("The code took too long. Sign in again.", "รอรหัสนานเกินไป กรุณาเข้าสู่ระบบใหม่"),
    "out": ("You are signed out.", "ออกจากระบบแล้ว"),
}


class LoginPages:
    """Answers `/login`, `/login/code` and `/logout`."""

    def __init__(self) -> None:
        self._password = _template("login.html", "Sign in", "เข้าสู่ระบบ")
        self._code = _template("login-code.html", "Second step", "ยืนยันตัวตนขั้นที่สอง")

    async def login(self, request: Request) -> Response:
        """Answer the form, or take the password and go on to `next`, or to the second step."""
        if request.method != "POST":
            if await _owes_factor(request):
                return RedirectResponse(SET_UP, HTTPStatus.SEE_OTHER, _NO_STORE)
            notice = "out" if "out" in request.query_params else None
            return _page(self._password, path_within(request.query_params.get("next")), _told(notice))
        target = "/"
        try:
            form = await _own_form(request)
            target = path_within(form.one("next"))
            return await _take_password(request, form, target)
        except HubError as error:
            return _refusal(self._password, request, target, error)

    async def code(self, request: Request) -> Response:
        """Answer the form of the second step, or take the code and go on to `next`."""
        target = path_within(request.query_params.get("next"))
        if request.method != "POST":
            if not _half_cookie(request).read(request):
                return RedirectResponse(login_path(target), HTTPStatus.SEE_OTHER, _NO_STORE)
            return _page(self._code, target)
        try:
            form = await _own_form(request)
            target = path_within(form.one("next"))
            return await _take_code(request, form, target)
        except HalfSignInEndedError as error:
            response = _refusal(self._password, request, target, error)
            _half_cookie(request).take(request, response)
            return response
        except HubError as error:
            return _refusal(self._code, request, target, error)

    async def logout(self, request: Request) -> Response:
        """Sign out, and show the form again."""
        authentication = authentication_of(request)
        if not is_own(request, authentication.cookie.public_origin):
            return _page(self._password, "/", _told("elsewhere"), HTTPStatus.FORBIDDEN)
        response = RedirectResponse("/login?out", HTTPStatus.SEE_OTHER, _NO_STORE)
        await sign_out(request, response)
        return response


async def sign_out(request: Request, response: Response) -> None:
    """End the session that a request came with; `response` has the browser forget it, and all that it keeps of us."""
    authentication = authentication_of(request)
    secret = authentication.cookie.read(request)
    if secret and is_session(secret):
        await sessions_of(request).end(secret)
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
        return JSONResponse(body_of(error), error.status, {**error.headers, **_NO_STORE})
    shown = None
    if identity is not None:
        shown = {"name": identity.name, "role": identity.role.value, "purpose": identity.purpose}
    return JSONResponse({"identity": shown}, headers=_NO_STORE)


def login_path(target: str) -> str:
    """Where to send a browser that must sign in before it goes on."""
    return "/login?" + urlencode({"next": path_within(target)})


def sessions_of(request: Request) -> Sessions:
    """What the application signs in and out by."""
    found: Sessions = request.scope["state"]["sessions"]
    return found


def address_of(request: Request) -> str:
    """The client's address, by which tries are counted."""
    return request.client.host if request.client else ""


def give_session(request: Request, response: Response, session: NewSession) -> None:
    """Have the browser keep a session that just began, in place of the one it had."""
    authentication = authentication_of(request)
    previous = authentication.cookie.read(request)
    if previous:
        authentication.identities.forget(previous)
    authentication.cookie.give(request, response, session.secret, int(sessions_of(request).lifetime.total_seconds()))


async def _take_password(request: Request, form: Form, target: str) -> Response:
    authentication = authentication_of(request)
    begun = await sessions_of(request).begin(
        form.one("username"), form.one("password"), address_of(request), authentication.cookie.read(request)
    )
    if isinstance(begun, HalfSignIn):
        response = RedirectResponse(f"{CODE}?{urlencode({'next': target})}", HTTPStatus.SEE_OTHER, _NO_STORE)
        _half_cookie(request).give(request, response, begun.secret, int(HALF_LASTS.total_seconds()))
        return response
    response = RedirectResponse(await _after(authentication, begun, target), HTTPStatus.SEE_OTHER, _NO_STORE)
    give_session(request, response, begun)
    return response


async def _take_code(request: Request, form: Form, target: str) -> Response:
    half = _half_cookie(request)
    session = await sessions_of(request).finish(
        half.read(request) or "",
        form.one("code"),
        address_of(request),
        authentication_of(request).cookie.read(request),
    )
    response = RedirectResponse(target, HTTPStatus.SEE_OTHER, _NO_STORE)
    half.take(request, response)
    give_session(request, response, session)
    return response


async def _after(authentication: Authentication, session: NewSession, target: str) -> str:
    try:
        await authentication.identities.by_session(session.secret)
    except SecondFactorOwedError:
        return SET_UP
    except UnauthenticatedError:
        # The page it goes on to says why.
        return target
    return target


async def _owes_factor(request: Request) -> bool:
    found = await authentication_of(request).to_set_up(request)
    return found is not None and found[1]


async def _own_form(request: Request) -> Form:
    form = await read_form(request, limit=_BODY_LIMIT, fields=_MOST_FIELDS)
    if not is_own(request, authentication_of(request).cookie.public_origin):
        raise ForbiddenError("The form was not sent by this page.")
    return form


def _half_cookie(request: Request) -> SessionCookie:
    return SessionCookie(authentication_of(request).cookie.public_origin, HALF_SIGN_IN)


def _refusal(template: Template, request: Request, target: str, error: HubError) -> Response:
    observed_in(request.scope).codes.append(error.code)
    page = _page(template, target, _told_of(error), error.status)
    # Its header tells programs of tokens; a browser would be asked for nothing.
    if not isinstance(error, UnauthenticatedError):
        page.headers.update(error.headers)
    return page


def _template(form: str, title: str, title_th: str) -> Template:
    """A page around a form, in which `$notice` and `$next` are still to be said."""
    body = template_of("sign-in.html", title=title, title_th=title_th, form=template_of(form).template)
    return page_around(body, title=f"{title} - Student grade hub", style="login")


def _page(
    template: Template, target: str, told: tuple[str, str] | None = None, status: int = HTTPStatus.OK
) -> Response:
    text = ""
    if told:
        english, thai = map(escape, told)
        text = f'<p class="notice" role="alert"><span lang="th">{thai}</span><br>{english}</p>'
    return HTMLResponse(template.substitute(notice=text, next=escape(target)), status, _HEADERS)


def _told(notice: str | None) -> tuple[str, str] | None:
    return _NOTICES[notice] if notice else None


def _told_of(error: HubError) -> tuple[str, str]:
    if isinstance(error, TooManyRequestsError):
        english, thai = (text.format(seconds=error.retry_after) for text in _NOTICES["often"])
        return english, thai
    if isinstance(error, WrongCodeError | UnreadableError):
        return error.page
    if isinstance(error, WrongPasswordError):
        return _NOTICES["wrong"]
    if isinstance(error, HalfSignInEndedError):
        return _NOTICES["ended"]
    if isinstance(error, ForbiddenError):
        return _NOTICES["elsewhere"]
    return _NOTICES["unread" if isinstance(error, BadInputError) else "unready"]
