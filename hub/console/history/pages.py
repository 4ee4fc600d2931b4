"""`/console/history`: every change, newest first; each from what to what; and one taken back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

import structlog
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hub.console.history import wording
from hub.console.history.asked import NAMES, Asked, asked_of
from hub.console.history.stored import Change, one_of, page_of
from hub.console.visit import Visit, guarded
from hub.errors import BadInputError, NotFoundError
from hub.history.revert import RevertRefusedError, refusal_of, revert
from hub.read_log import ReadRecorder
from hub.web.observed import observed_in
from schema.history import Face, Operation, recorded_tables
from schema.model.names import camel
from schema.tables import tables

LIST: Final = "/console/history"
_ONE: Final = f"{LIST}/{{key}}"
_LOG = structlog.stdlib.get_logger("hub.console")


def routes() -> list[BaseRoute]:
    """The pages of the history."""
    return [
        Route(LIST, guarded(_list)),
        Route(_ONE, guarded(_show)),
        Route(f"{_ONE}/revert", guarded(_revert), methods=["POST"]),
    ]


async def _list(visit: Visit) -> Response:
    given = visit.request.query_params
    changes, more, wrong = list[Change](), False, ""
    asked = Asked()
    try:
        asked = asked_of(given)
        async with visit.database.snapshot(identity=visit.identity) as snapshot:
            changes, more = await page_of(snapshot, asked)
    except BadInputError as error:
        wrong = visit.told(error)
    filled = {name: given[name] for name in NAMES if given.get(name)}
    return visit.page(
        "history.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        wrong=wrong,
        lines=[_line(visit, change) for change in changes],
        tables=wording.tables_in(visit.language),
        operations=[(operation.value, visit.say(*wording.OPERATIONS[operation])) for operation in Operation],
        faces=[(face.value, visit.say(*wording.FACES[face])) for face in Face],
        filled={name: filled.get(name, "") for name in NAMES},
        newest=_address(filled) if asked.before is not None else "",
        older=_address({**filled, "before": str(changes[-1].number)}) if more else "",
    )


async def _show(visit: Visit) -> Response:
    return await _page(visit)


async def _revert(visit: Visit) -> Response:
    number = visit.key
    try:
        made = await revert(visit.database, number, visit.acting, records=False)
    except RevertRefusedError as error:
        return await _page(visit, visit.told(error))
    _LOG.info("change taken back", identity=visit.identity.key, change=number, made=made)
    return visit.see(f"{LIST}/{made}?done")


async def _page(visit: Visit, wrong: str = "") -> Response:
    change = await _read(visit, visit.key)
    # What is no change of one row is told by what it is; there is nothing to refuse.
    of_one = change.operation not in (Operation.LOAD, Operation.ERASE)
    held = (change.table, change.operation, change.before, change.after)
    refusal = refusal_of(change.number, held, records=False) if of_one else None
    return visit.page(
        "history-change.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        wrong=wrong,
        done="done" in visit.request.query_params,
        change=_line(visit, change) | {"actor_key": change.actor_key or "", "known_by": _known_by(change)},
        sides=wording.sides_of(change, visit.language),
        told="" if of_one else wording.told_of_many(change, visit.language),
        of_row="" if change.row is None else _address({"table": change.table, "row": str(change.row)}),
        listed=change.table in {table.name for table in recorded_tables()},
        refusal=visit.told(refusal) if refusal else "",
        takes_back=of_one and refusal is None,
    )


async def _read(visit: Visit, number: int) -> Change:
    """The change; what it holds of a pupil is in the log of reads before the answer leaves. Raises NotFoundError."""
    recorder = ReadRecorder(
        visit.request.scope["state"]["read_log"], visit.identity, observed_in(visit.request.scope).request_id
    )
    async with visit.database.snapshot(identity=visit.identity) as snapshot:
        change = await one_of(snapshot, number)
    if change is None:
        raise NotFoundError(f"There is no change {number}.", f"ไม่มีรายการที่ {number}")
    if change.is_of_pupil:
        recorder.admit()
        recorder.record(change.pupils, _personal(change))
        recorder.finish("GET change", "console")
    return change


def _personal(change: Change) -> frozenset[str]:
    """The personal fields that a change of a pupil's row shows, as the log names them; keys are none."""
    if change.before is None and change.after is None:
        return frozenset()
    model = next((model for model in tables() if str(model.__table__.name) == change.table), None)
    table = next((table for table in recorded_tables() if table.name == change.table), None)
    if model is None or table is None:
        return frozenset({"Change.before", "Change.after"})
    names = [column.name for column in table.columns if column.name != "id"]
    return frozenset(f"{model.__name__}.{camel(name)}" for name in names if not table.table.columns[name].foreign_keys)


def _line(visit: Visit, change: Change) -> dict[str, object]:
    operation = Operation(change.operation)
    return {
        "number": change.number,
        "at": change.at,
        "table": wording.table_called(change.table, visit.language),
        "row": wording.row_called(change),
        "operation": visit.say(*wording.OPERATIONS[operation]),
        "actor": wording.actor_called(change, visit.language),
        "face": visit.say(*wording.FACES[Face(change.face)]),
        "sealed": change.sealed,
    }


def _known_by(change: Change) -> str:
    return "" if change.key is None else wording.key_called(change.key)


def _address(query: Mapping[str, str]) -> str:
    return f"{LIST}?{urlencode(query)}" if query else LIST
