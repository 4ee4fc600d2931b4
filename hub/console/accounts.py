"""`/console/accounts`: people's accounts, made, listed and changed by administrators."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

import structlog
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console import granting
from hub.console.visit import Visit, guarded
from hub.console.wording import ROLES
from hub.errors import BadInputError
from hub.identities.accounts import AccountInfo, Accounts, check_password, checked_username
from hub.web.form import Form
from hub.web.login import sessions_of
from schema.identity.secrets import new_password

_LOG = structlog.stdlib.get_logger("hub.console")
_LIST: Final = "/console/accounts"
_ONE: Final = f"{_LIST}/{{key}}"
_DONE: Final[Mapping[str, tuple[str, str]]] = {
    "role": ("The role is changed, and its sessions are ended.", "เปลี่ยนบทบาทแล้ว และออกจากระบบในทุกเบราว์เซอร์"),
    "disabled": ("It may not sign in any more.", "ปิดการใช้งานบัญชีแล้ว"),
    "enabled": ("It may sign in again.", "เปิดการใช้งานบัญชีแล้ว"),
    "sessions": ("It is signed out everywhere, within 5 seconds.", "ออกจากระบบในทุกเบราว์เซอร์ภายใน 5 วินาที"),
    "second-factor": ("The second factor is removed.", "ยกเลิกการยืนยันตัวตนสองขั้นแล้ว"),
}


def routes() -> Sequence[BaseRoute]:
    """The pages of accounts."""
    return [
        Route(_LIST, guarded(_list)),
        Route(f"{_LIST}/new", guarded(_new), methods=["GET"]),
        Route(f"{_LIST}/new", guarded(_create), methods=["POST"]),
        Route(_ONE, guarded(_show)),
        Route(f"{_ONE}/role", guarded(_set_role), methods=["POST"]),
        Route(f"{_ONE}/state", guarded(_set_state), methods=["POST"]),
        Route(f"{_ONE}/password", guarded(_reset), methods=["POST"]),
        Route(f"{_ONE}/sessions", guarded(_end_sessions), methods=["POST"]),
        Route(f"{_ONE}/second-factor", guarded(_remove_factor), methods=["POST"]),
    ]


async def _list(visit: Visit) -> Response:
    accounts = await _accounts(visit).list()
    return visit.page("accounts.html", accounts=[(account, *_told(visit, account)) for account in accounts])


async def _new(visit: Visit) -> Response:
    return await _new_page(visit, Form({}))


async def _create(visit: Visit) -> Response:
    form = await visit.form()
    try:
        username = checked_username(form.one("username"))
        grant = granting.grant_of(form)
        grant.check(of_account=True)
        password, made = _password(form, username)
        hashed = await sessions_of(visit.request).hasher.hash(password)
        key = await _accounts(visit).create(username, hashed, grant)
    except BadInputError as error:
        return await _new_page(visit, form, visit.told(error))
    _log(visit, key, "created")
    return _show_password(visit, key, username, made) if made else visit.see(f"{_LIST}/{key}")


async def _show(visit: Visit) -> Response:
    done = _DONE.get(visit.request.query_params.get("done", ""))
    return await _page(visit, done=visit.say(*done) if done else "")


async def _set_role(visit: Visit) -> Response:
    form = await visit.form()
    account = await _accounts(visit).get(visit.key)
    try:
        await _accounts(visit).set_role(account.username, granting.grant_of(form))
    except BadInputError as error:
        return await _page(visit, form=form, wrong=("role", visit.told(error)))
    return _done(visit, account, "role")


async def _set_state(visit: Visit) -> Response:
    form = await visit.form()
    account = await _accounts(visit).get(visit.key)
    active = form.one("active") == "yes"
    try:
        await _accounts(visit).set_active(account.username, active=active)
    except BadInputError as error:
        return await _page(visit, wrong=("state", visit.told(error)))
    return _done(visit, account, "enabled" if active else "disabled")


async def _reset(visit: Visit) -> Response:
    form = await visit.form()
    account = await _accounts(visit).get(visit.key)
    try:
        password, made = _password(form, account.username)
    except BadInputError as error:
        return await _page(visit, wrong=("password", visit.told(error)))
    hashed = await sessions_of(visit.request).hasher.hash(password)
    await _accounts(visit).set_password(account.username, hashed)
    _log(visit, account.id, "password reset")
    return _show_password(visit, account.id, account.username, password if made else "")


async def _end_sessions(visit: Visit) -> Response:
    account = await _accounts(visit).get(visit.key)
    await _accounts(visit).end_sessions(account.username)
    return _done(visit, account, "sessions")


async def _remove_factor(visit: Visit) -> Response:
    account = await _accounts(visit).get(visit.key)
    await _accounts(visit).remove_second_factor(account.username)
    return _done(visit, account, "second-factor")


def _accounts(visit: Visit) -> Accounts:
    return Accounts(visit.database, acting=visit.acting)


async def _new_page(visit: Visit, form: Form, wrong: str = "") -> Response:
    return visit.page(
        "account-new.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        wrong=wrong,
        roles=granting.roles(visit, of_account=True),
        schools=await granting.schools(visit),
        username=form.one("username"),
        role=form.one("role"),
        ticked=form.every("school"),
        teacher=form.one("teacher"),
    )


async def _page(
    visit: Visit, *, done: str = "", form: Form | None = None, wrong: tuple[str, str] = ("", "")
) -> Response:
    accounts = _accounts(visit)
    account = await accounts.get(visit.key)
    role, whose = _told(visit, account)
    return visit.page(
        "account.html",
        status=HTTPStatus.BAD_REQUEST if wrong[0] else HTTPStatus.OK,
        account=account,
        role_told=role,
        whose=whose,
        sessions=await accounts.sessions(account.id),
        done=done,
        wrong={wrong[0]: wrong[1]},
        roles=granting.roles(visit, of_account=True),
        schools=await granting.schools(visit),
        role=form.one("role") if form else account.role.value,
        ticked=form.every("school") if form else account.schools,
        teacher=form.one("teacher") if form else account.teacher or "",
    )


def _told(visit: Visit, account: AccountInfo) -> tuple[str, str]:
    whose = granting.of(visit, account.role, account.schools, account.teacher)
    return visit.say(*ROLES[account.role]), whose


def _password(form: Form, username: str) -> tuple[str, str]:
    """The password, and the same again if it was made here and has to be shown."""
    password = form.one("password")
    if not password:
        made = new_password()
        return made, made
    check_password(password, username)
    return password, ""


def _show_password(visit: Visit, key: int, username: str, made: str) -> Response:
    return visit.page("password.html", key=key, username=username, made=made)


def _done(visit: Visit, account: AccountInfo, what: str) -> Response:
    _log(visit, account.id, what)
    return visit.see(f"{_LIST}/{account.id}?done={what}")


def _log(visit: Visit, account: int, what: str) -> None:
    _LOG.info("account changed", identity=visit.identity.key, account=account, change=what)
