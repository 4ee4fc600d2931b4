"""`/console/me`: the own password and the own second factor, for whoever is signed in."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import segno
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console.visit import Visit, guarded
from hub.identities.accounts import AccountError, Accounts
from hub.identities.own_account import OwnAccount
from hub.identities.second_factors import RECOVERY_CODES, SecondFactorError, WrongCodeError
from hub.identities.sessions import WrongPasswordError
from hub.identities.stored_sessions import NewSession
from hub.web.login import SET_UP, address_of, give_session, sessions_of

ME: Final = SET_UP
_FACTOR: Final = f"{ME}/second-factor"
_DONE: Final = {
    "password": ("The password is changed.", "เปลี่ยนรหัสผ่านแล้ว"),
    "removed": ("The second factor is removed.", "ยกเลิกการยืนยันตัวตนสองขั้นแล้ว"),
}
_MENDED_HERE: Final = (AccountError, SecondFactorError, WrongCodeError, WrongPasswordError)
"""What whoever fills in a form mends there; the rest is a page of its own."""


def routes() -> Sequence[BaseRoute]:
    """The pages about oneself."""
    return [
        Route(ME, guarded(_show, None, sets_up=True)),
        Route(f"{ME}/password", guarded(_change_password, None), methods=["POST"]),
        Route(_FACTOR, guarded(_offered, None, sets_up=True), methods=["GET"]),
        Route(f"{_FACTOR}/offer", guarded(_offer, None, sets_up=True), methods=["POST"]),
        Route(_FACTOR, guarded(_begin, None, sets_up=True), methods=["POST"]),
        Route(f"{_FACTOR}/codes", guarded(_renew_codes, None), methods=["POST"]),
        Route(f"{_FACTOR}/remove", guarded(_remove, None), methods=["POST"]),
    ]


async def _show(visit: Visit) -> Response:
    return await _page(visit)


async def _change_password(visit: Visit) -> Response:
    form = await visit.form()
    new = form.one("new")
    if new != form.one("again"):
        return await _page(visit, wrong=("password", visit.say("The two are not the same.", "รหัสผ่านใหม่สองช่องไม่ตรงกัน")))
    try:
        session = await _own(visit).change_password(form.one("old"), new)
    except _MENDED_HERE as error:
        return await _page(visit, wrong=("password", visit.told(error)), status=error.status)
    return _signed_in_anew(visit, session, visit.see(f"{ME}?done=password"))


async def _offer(visit: Visit) -> Response:
    await _own(visit).offer()
    return visit.see(_FACTOR)


async def _offered(visit: Visit) -> Response:
    try:
        return await _offer_page(visit)
    except SecondFactorError:
        return visit.see(ME)


async def _begin(visit: Visit) -> Response:
    form = await visit.form()
    try:
        session, codes = await _own(visit).begin_factor(form.one("password"), form.one("code"))
    except (WrongCodeError, WrongPasswordError) as error:
        return await _offer_page(visit, wrong=visit.told(error), status=error.status)
    # Nothing is owed any more.
    page = Visit(visit.request, visit.identity, visit.language).page("codes.html", codes=codes)
    return _signed_in_anew(visit, session, page)


async def _renew_codes(visit: Visit) -> Response:
    form = await visit.form()
    try:
        codes = await _own(visit).renew_codes(form.one("code"))
    except _MENDED_HERE as error:
        return await _page(visit, wrong=("codes", visit.told(error)), status=error.status)
    return visit.page("codes.html", codes=codes)


async def _remove(visit: Visit) -> Response:
    form = await visit.form()
    try:
        session = await _own(visit).remove_factor(form.one("code"))
    except _MENDED_HERE as error:
        return await _page(visit, wrong=("remove", visit.told(error)), status=error.status)
    return _signed_in_anew(visit, session, visit.see(f"{ME}?done=removed"))


async def _page(visit: Visit, *, wrong: tuple[str, str] = ("", ""), status: int = HTTPStatus.OK) -> Response:
    account = await Accounts(visit.database).get(visit.account)
    if wrong[0] and status == HTTPStatus.OK:
        status = HTTPStatus.BAD_REQUEST
    return visit.page(
        "me.html",
        status=status,
        account=account,
        codes_left=await Accounts(visit.database).recovery_codes_left(visit.account),
        most_codes=RECOVERY_CODES,
        done=_told_done(visit),
        wrong={wrong[0]: wrong[1]},
        owes_factor=visit.owes_factor,
    )


async def _offer_page(visit: Visit, *, wrong: str = "", status: int = HTTPStatus.OK) -> Response:
    offer = await _own(visit).offered()
    picture = segno.make(offer.address, error="m").svg_data_uri(scale=4, border=4, light="#fff")
    spaced = " ".join(offer.secret[start : start + 4] for start in range(0, len(offer.secret), 4))
    return visit.page("second-factor.html", status=status, picture=picture, secret=spaced, wrong=wrong)


def _told_done(visit: Visit) -> str:
    done = _DONE.get(visit.request.query_params.get("done", ""))
    return visit.say(*done) if done else ""


def _own(visit: Visit) -> OwnAccount:
    return OwnAccount(sessions_of(visit.request), visit.account, visit.identity.name, address_of(visit.request))


def _signed_in_anew(visit: Visit, session: NewSession, response: Response) -> Response:
    give_session(visit.request, response, session)
    return response
