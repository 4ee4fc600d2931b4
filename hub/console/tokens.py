"""`/console/tokens`: programs' tokens, made, listed, rotated and revoked by administrators."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import structlog
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console import granting
from hub.console.visit import Visit, guarded
from hub.console.wording import ROLES, STATES
from hub.errors import BadInputError
from hub.identities.tokens import (
    DEFAULT_DAYS,
    MOST_DAYS,
    MOST_GRACE_HOURS,
    NewToken,
    TokenError,
    TokenInfo,
    Tokens,
    checked_days,
    checked_grace,
)
from hub.web.form import Form
from schema.policy import Narrowing
from schema.tables.columns import this_millisecond

_LOG = structlog.stdlib.get_logger("hub.console")
_LIST: Final = "/console/tokens"
_ONE: Final = f"{_LIST}/{{key}}"
_LONGEST_NUMBER: Final = 8  # characters


def routes() -> Sequence[BaseRoute]:
    """The pages of tokens."""
    return [
        Route(_LIST, guarded(_list)),
        Route(f"{_LIST}/new", guarded(_new), methods=["GET"]),
        Route(f"{_LIST}/new", guarded(_create), methods=["POST"]),
        Route(_ONE, guarded(_show)),
        Route(f"{_ONE}/revoke", guarded(_revoke), methods=["POST"]),
        Route(f"{_ONE}/rotate", guarded(_rotate), methods=["POST"]),
    ]


async def _list(visit: Visit) -> Response:
    every = "ended" in visit.request.query_params
    now = this_millisecond()
    tokens = await Tokens(visit.database, acting=visit.acting).list()
    shown = [_row(visit, token) for token in reversed(tokens) if every or token.state(now) == "active"]
    return visit.page("tokens.html", tokens=shown, every=every)


async def _new(visit: Visit) -> Response:
    return await _new_page(visit, Form({}))


async def _create(visit: Visit) -> Response:
    form = await visit.form()
    try:
        grant = granting.grant_of(form)
        narrowing = await _narrowing(form)
        made = await Tokens(visit.database, acting=visit.acting).create(
            grant,
            form.one("purpose"),
            days=checked_days(_whole(form, "days")),
            narrowing=narrowing,
            created_by=visit.identity.key,
        )
    except BadInputError as error:
        return await _new_page(visit, form, visit.told(error))
    return _show_secret(visit, made, "created")


async def _show(visit: Visit) -> Response:
    return await _page(visit)


async def _revoke(visit: Visit) -> Response:
    key = (await Tokens(visit.database, acting=visit.acting).get(visit.key)).id
    await Tokens(visit.database, acting=visit.acting).revoke(key)
    _log(visit, key, "revoked")
    return visit.see(f"{_LIST}/{key}?done")


async def _rotate(visit: Visit) -> Response:
    form = await visit.form()
    key = (await Tokens(visit.database, acting=visit.acting).get(visit.key)).id
    try:
        made = await Tokens(visit.database, acting=visit.acting).rotate(
            key,
            days=checked_days(_whole(form, "days")),
            grace=checked_grace(_whole(form, "grace")),
            created_by=visit.identity.key,
        )
    except BadInputError as error:
        return await _page(visit, visit.told(error), form)
    return _show_secret(visit, made, f"rotated from {key}")


async def _new_page(visit: Visit, form: Form, wrong: str = "") -> Response:
    return visit.page(
        "token-new.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        wrong=wrong,
        roles=granting.roles(visit, of_account=False),
        schools=await granting.schools(visit),
        choices=await asyncio.to_thread(_choices),
        most_days=MOST_DAYS,
        role=form.one("role"),
        ticked=form.every("school"),
        all_schools=form.one("all_schools"),
        teacher=form.one("teacher"),
        purpose=form.one("purpose"),
        days=form.one("days") or DEFAULT_DAYS,
        only=form.every("only"),
        without=form.every("without"),
        opened={name.partition(".")[0] for name in form.every("without")},
    )


async def _page(visit: Visit, wrong: str = "", form: Form | None = None) -> Response:
    token = await Tokens(visit.database, acting=visit.acting).get(visit.key)
    return visit.page(
        "token.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        token=_row(visit, token),
        maker=await _maker(visit, token.created_by),
        active=token.state(this_millisecond()) == "active",
        done="done" in visit.request.query_params,
        wrong=wrong,
        days=form.one("days") if form else DEFAULT_DAYS,
        grace=form.one("grace") if form else 0,
        most_days=MOST_DAYS,
        most_grace=MOST_GRACE_HOURS,
    )


def _row(visit: Visit, token: TokenInfo) -> dict[str, object]:
    state = token.state(this_millisecond())
    return {
        "info": token,
        "role": visit.say(*ROLES[token.role]),
        "of": granting.of(visit, token.role, token.schools, token.teacher, all_schools=token.all_schools),
        "state": visit.say(*STATES[state]),
        "only": sorted(token.narrowing.only),
        "without": sorted(token.narrowing.without),
    }


async def _maker(visit: Visit, created_by: str) -> str:
    """Who made a token: the account's name, or what is kept."""
    key = created_by.removeprefix("account:")
    if key == created_by or not key.isdecimal():
        return visit.say("command line", "บรรทัดคำสั่ง") if created_by == "command line" else created_by
    found = await visit.database.rows("SELECT username FROM account WHERE id = $1", (int(key),))
    return str(found[0][0]) if found else created_by


def _show_secret(visit: Visit, made: NewToken, what: str) -> Response:
    _log(visit, made.id, what)
    return visit.page("token-made.html", made=made)


async def _narrowing(form: Form) -> Narrowing | None:
    only, without = form.every("only"), form.every("without")
    if not only and not without:
        return None
    return await asyncio.to_thread(_read_narrowing, only, without)


def _read_narrowing(only: Sequence[str], without: Sequence[str]) -> Narrowing:
    # The import is costly where the graph is not served, as in a test of this page alone.
    from hub.identities.narrowing import read_narrowing  # noqa: PLC0415

    return read_narrowing(only, without)


def _choices() -> object:
    from hub.identities.narrowing import choices  # noqa: PLC0415

    return choices()


def _whole(form: Form, name: str) -> int:
    text = form.one(name).strip()
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        raise TokenError("Write a whole number, in digits.", "กรุณากรอกเป็นจำนวนเต็ม")
    return int(text)


def _log(visit: Visit, token: int, what: str) -> None:
    _LOG.info("token changed", identity=visit.identity.key, token=token, change=what)
