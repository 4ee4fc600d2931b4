"""The pages of an import: choose a table and a file, look at the preview, commit it, see how far it is."""

import asyncio
import hashlib
import shutil
from collections.abc import Coroutine
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from admin.sheets import csv_file, workbook
from admin.sheets.facts import Facts
from admin.sheets.layout import layout_of
from admin.sheets.planning import State
from hub.console.sheets.database import read_referred, reader_for
from hub.console.sheets.errors import ImportBusyError
from hub.console.sheets.importing import MOST_ROWS, Importer, table_of
from hub.console.sheets.plans import show
from hub.console.sheets.receiving import Upload, receive_upload
from hub.console.sheets.store import Import, ImportStore, Stage
from hub.console.sheets.temporary import temporary_file
from hub.console.sheets.words import STATES, line_of, name_of, tables_in
from hub.console.visit import Visit, guarded
from hub.errors import BadInputError
from hub.settings import Settings
from hub.web.authentication import authentication_of
from hub.web.operation import read_body

_SECONDS: Final = 120
"""The longest that an upload may take to arrive."""
_PAGE: Final = 100
_FORM: Final = 4096  # bytes of a form without a file
_RUNNING: set[asyncio.Task[None]] = set()
"""A task that nobody holds may vanish before it ends."""


class ImportPages:
    """Answers `/console/import` and what is below it."""

    def __init__(self, settings: Settings) -> None:
        """`settings` say how large a file may be and where it waits."""
        self._limit = settings.import_limit
        self._store = ImportStore.of(settings.import_folder, settings.database.shown)

    def routes(self) -> list[BaseRoute]:
        """The pages, each guarded."""
        return [
            Route("/console/import", guarded(self._begin), methods=["GET", "POST"]),
            Route("/console/import/template/{table}.{ending}", guarded(self._template), methods=["GET"]),
            Route("/console/import/{token}", guarded(self._look), methods=["GET"]),
            Route("/console/import/{token}/state", guarded(self._state), methods=["GET"]),
            Route("/console/import/{token}/commit", guarded(self._commit), methods=["POST"]),
            Route("/console/import/{token}/discard", guarded(self._discard), methods=["POST"]),
        ]

    async def _begin(self, visit: Visit) -> Response:
        if visit.request.method != "POST":
            chosen = visit.request.query_params.get("table", "")
            return visit.page(
                "import.html", tables=tables_in(visit.language), chosen=chosen, megabytes=self._limit // 2**20,
                most=MOST_ROWS,
            )  # fmt: skip
        upload = await receive_upload(visit.request, self._limit, _SECONDS)
        try:
            table_of(upload.table)
            work = await asyncio.to_thread(self._store.begin, _owner_of(visit.request), upload.table, upload.name)
            await asyncio.to_thread(_keep, upload, work)
        finally:
            await upload.file.close()
        _start(Importer(visit.database, visit.identity, work).preview())
        return _to(f"/console/import/{work.token}")

    async def _look(self, visit: Visit) -> Response:
        work = await self._find(visit.request)
        state, query = work.state, visit.request.query_params
        model = table_of(state.table)
        values: dict[str, Any] = {
            "token": work.token,
            "state": state,
            "stage": state.stage.value,
            "table": name_of(model, visit.language),
            "at_work": state.stage.is_at_work and not state.is_broken_off,
            "broken_off": state.is_broken_off,
            "message": visit.say(*state.messages) if state.messages else "",
            "notice": visit.say(*state.notice) if state.notice else "",
            "counts": [
                (each.value, visit.say(*words), state.counts.get(each.value, 0)) for each, words in STATES.items()
            ],
        }
        if state.stage is not Stage.READY:
            return visit.page("importing.html", lines=(), **values)
        chosen = next((each for each in State if each.value == query.get("rows")), _first(state.counts))
        page = int(text) if (text := query.get("page", "1")).isascii() and text.isdecimal() and len(text) < 6 else 1  # noqa: PLR2004
        first = (max(1, page) - 1) * _PAGE
        shown = await asyncio.to_thread(show, model, work.plan, chosen, first, _PAGE)
        lines = [line_of(model, row, visit.language) for row in shown.rows]
        return visit.page(
            "importing.html", lines=lines, chosen=chosen.value, shown=visit.say(*STATES[chosen]), page=max(1, page),
            pages=-(-shown.total // _PAGE), **values,
        )  # fmt: skip

    async def _state(self, visit: Visit) -> Response:
        state = (await self._find(visit.request)).state
        at_work = state.stage.is_at_work and not state.is_broken_off
        told = {"stage": state.stage.value, "atWork": at_work, "done": state.done, "total": state.total}
        return JSONResponse(told, headers={"cache-control": "no-store"})

    async def _commit(self, visit: Visit) -> Response:
        work = await self._find(visit.request)
        form = parse_qs((await read_body(visit.request, _FORM, _SECONDS)).decode("utf-8", "replace"))
        if work.state.stage is not Stage.READY or form.get("plan") != [work.state.plan]:
            raise ImportBusyError(
                "This is not the preview that is ready now. Look at it again.", "ตัวอย่างนี้ไม่ใช่ฉบับล่าสุด กรุณาตรวจสอบอีกครั้ง"
            )
        if work.state.counts.get(State.REFUSED.value):
            raise BadInputError(
                "Rows are refused, so nothing is imported. Mend the file and send it again.",
                "มีแถวที่ไม่ผ่าน จึงไม่นำเข้า กรุณาแก้ไฟล์แล้วส่งใหม่",
            )
        await asyncio.to_thread(work.claim)
        await asyncio.to_thread(work.tell, stage=Stage.COMMITTING, done=0)
        _start(Importer(visit.database, visit.identity, work).commit())
        return _to(f"/console/import/{work.token}")

    async def _discard(self, visit: Visit) -> Response:
        work = await self._find(visit.request)
        if work.state.stage is Stage.COMMITTING and not work.state.is_broken_off:
            raise ImportBusyError("It is being committed. Wait for its end.", "กำลังบันทึก กรุณารอให้เสร็จ")
        await asyncio.to_thread(work.discard)
        return _to("/console/import")

    async def _template(self, visit: Visit) -> Response:
        model = table_of(visit.request.path_params["table"])
        layout, ending = layout_of(model), visit.request.path_params["ending"]
        name = f"{layout.name}.{ending}"
        if ending == "csv":
            headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
            return Response(csv_file.head_of(layout), media_type=csv_file.MEDIA, headers=headers)
        if ending != "xlsx":
            raise BadInputError("There is a template as .xlsx and one as .csv.", "แม่แบบมีเป็น .xlsx และ .csv เท่านั้น")
        facts = Facts(layout)
        await read_referred(reader_for(visit.database, visit.identity), facts)
        path = temporary_file(".xlsx")
        await asyncio.to_thread(workbook.write_template, path, layout, facts.choices)
        return _file(path, name)

    async def _find(self, request: Request) -> Import:
        token: str = request.path_params["token"]
        return await asyncio.to_thread(self._store.find, token, _owner_of(request))


def _file(path: Path, name: str) -> Response:
    return FileResponse(
        path, media_type=workbook.MEDIA, filename=name, headers={"cache-control": "no-store"},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )  # fmt: skip


def _keep(upload: Upload, work: Import) -> None:
    """Copy an upload to where it waits."""
    with work.upload.open("wb") as file:
        shutil.copyfileobj(upload.file.file, file)
    work.tell(size=work.upload.stat().st_size)


def _first(counts: dict[str, int]) -> State:
    """The state of rows to show first: what is refused, then what would be written."""
    return next((state for state in State if counts.get(state.value)), State.UNCHANGED)


def _owner_of(request: Request) -> str:
    """The session that an import belongs to, by its digest; nobody's where there is none."""
    secret = authentication_of(request).cookie.read(request) or ""
    return hashlib.sha256(f"import {secret}".encode("utf-8", "surrogatepass")).hexdigest()


def _start(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    _RUNNING.add(task)
    task.add_done_callback(_RUNNING.discard)


def _to(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"cache-control": "no-store"})
