"""An import at work: first the preview, which changes nothing; then all of it, or nothing, in one transaction."""

import asyncio
import time
from collections.abc import Awaitable
from itertools import islice
from typing import Final

import structlog

from admin.sheets.applying import insert_statements, update_statements
from admin.sheets.facts import Facts
from admin.sheets.headers import columns_of
from admin.sheets.layout import SheetColumn, layout_of, sheet_tables
from admin.sheets.planning import Planned, Planner, State, most_rows
from admin.sheets.reading import STANDARD_LIMITS, Limits, SheetRow, read_sheet
from admin.sheets.refused import SheetRefused
from admin.sheets.taking import Taken, Taker
from hub.console.sheets.database import read_existing, read_referred, reader_for, take_table
from hub.console.sheets.errors import NoSuchTableError, StaleImportError
from hub.console.sheets.plans import PlanWriter, digest_of, key_of, read_plan
from hub.console.sheets.store import Import, Stage
from hub.database import Acting, Database
from hub.database.errors import IntegrityError
from hub.editor.constraints import refusals_of_database
from hub.errors import HubError
from schema.history import Face
from schema.policy import Identity
from schema.tables.declaration import Row

MOST_ROWS: Final = 20_000
_LOG = structlog.stdlib.get_logger("hub.imports")
_PORTION: Final = 250
"""Rows that are worked through at a stretch, by a thread."""
_EVERY: Final = 0.25  # seconds between two words of how far it is
_AT_ONCE: Final = asyncio.Semaphore(2)
_CHANGED: Final = (
    "The data changed after the preview was made. This is a new preview: look at it again.",
    "ข้อมูลเปลี่ยนไปหลังจากทำตัวอย่าง นี่คือตัวอย่างใหม่ กรุณาตรวจสอบอีกครั้ง",
)


def table_of(name: str) -> type[Row]:
    """The table of reference data of a name. Raises NoSuchTableError."""
    for model in sheet_tables():
        if model.__table__.name == name:
            return model
    raise NoSuchTableError(
        f"There is no table {name[:60]!r} of reference data. Choose one from the list.",
        f"ไม่มีตารางข้อมูลอ้างอิง {name[:60]!r} กรุณาเลือกจากรายการ",
    )


class Importer:
    """Works on one import; what it says and how it ends stands in the import's state."""

    def __init__(self, database: Database, identity: Identity, work: Import) -> None:
        """For `identity` is read and written."""
        self._database = database
        self._identity = identity
        self._work = work
        self._model = table_of(work.state.table)
        self._said = 0.0

    async def preview(self, notice: tuple[str, ...] = ()) -> None:
        """Read the upload and make its plan. Never raises but when it is cancelled."""
        await self._run(self._preview(notice))

    async def commit(self) -> None:
        """Write what the plan says, all or nothing. Never raises but when it is cancelled."""
        await self._run(self._commit())

    async def _run(self, work: Awaitable[None]) -> None:
        async with _AT_ONCE:
            try:
                await work
            except SheetRefused as refusal:
                self._work.tell(stage=Stage.REFUSED, messages=(refusal.message, refusal.message_th))
            except IntegrityError as error:
                (said, *_) = refusals_of_database(self._model, str(error))
                self._fail(
                    f"The database refuses a row, so nothing was written. {said.message}",
                    f"ฐานข้อมูลปฏิเสธข้อมูล จึงไม่มีการบันทึกใด ๆ {said.message_th}",
                )
            except HubError as error:
                english, thai = error.page
                self._fail(f"Nothing was written. {english}", f"ไม่มีการบันทึกใด ๆ {thai}")
            except Exception as error:  # noqa: BLE001 - nobody waits for it: it is logged, and told on the page
                _LOG.exception("import failed", exc_info=error, table=self._work.state.table)
                self._fail(
                    "The hub failed, and nothing was written. Its log says why; tell who runs it.",
                    "ระบบขัดข้อง ไม่มีการบันทึกใด ๆ กรุณาแจ้งผู้ดูแลระบบ",
                )

    def _fail(self, message: str, message_th: str) -> None:
        self._work.tell(stage=Stage.FAILED, messages=(message, message_th))

    async def _preview(self, notice: tuple[str, ...]) -> None:
        self._work.tell(stage=Stage.READING, done=0, total=0, counts={}, messages=(), notice=notice)
        facts = Facts(layout_of(self._model))
        read = reader_for(self._database, self._identity)
        await read_referred(read, facts)
        planner = Planner(facts)
        columns, rows = await self._taken(facts, planner)
        self._work.tell(stage=Stage.CHECKING, done=0, total=len(rows))
        await read_existing(read, facts, planner)
        with PlanWriter(self._work.plan) as writer:
            # Rows that are checked against each other are planned together.
            size = len(rows) if planner.wanted is None else _PORTION
            for at in range(0, len(rows), max(1, size)):
                await asyncio.to_thread(_plan, planner, writer, rows[at : at + size])
                self._progress(min(at + size, len(rows)))
        self._work.tell(
            stage=Stage.READY,
            done=len(rows),
            counts=writer.counts,
            columns=tuple(column.header for column in columns),
            facts=facts.digest,
            plan=writer.digest,
        )

    async def _taken(self, facts: Facts, planner: Planner) -> tuple[tuple[SheetColumn, ...], list[Taken]]:
        """The columns and the rows of the upload."""
        columns: tuple[SheetColumn, ...] = ()
        taker: Taker | None = None
        rows: list[Taken] = []
        limits = Limits(most_rows(self._model, MOST_ROWS), STANDARD_LIMITS.bytes)
        async for portion in read_sheet(self._work.upload, self._work.state.name, limits):
            body = portion
            if taker is None:
                columns, body = columns_of(facts.layout, portion[0].cells), portion[1:]
                taker = Taker(facts, columns)
            rows += await asyncio.to_thread(_take, taker, planner, body)
            self._progress(len(rows))
        if not rows:
            raise SheetRefused(
                "NO_ROWS", "Below its first line the file has no rows. Fill some in.", "ไฟล์มีแต่บรรทัดหัวตาราง กรุณากรอกข้อมูล"
            )
        return columns, rows

    async def _commit(self) -> None:
        state = self._work.state
        self._work.tell(stage=Stage.COMMITTING, done=0, total=state.counts["new"] + state.counts["changed"])
        try:
            await self._write()
        except StaleImportError:
            await self._preview(_CHANGED)
            return
        self._work.tell(stage=Stage.DONE, done=self._work.state.total)

    async def _write(self) -> None:
        facts = Facts(layout_of(self._model))
        dialect = self._database.dialect
        planner, new, changed = await asyncio.to_thread(self._read_plan, facts)
        done = 0
        acting = Acting(self._identity.key, self._identity.name, Face.IMPORT)
        async with self._database.writing(acting, identity=self._identity) as connection:
            await take_table(connection, dialect, self._model)
            await read_referred(connection.rows, facts)
            await read_existing(connection.rows, facts, planner)
            if facts.digest != self._work.state.facts:
                raise StaleImportError
            for sql, values in insert_statements(self._model, [row.values for row in new], dialect):
                done += await connection.execute(sql, values)
                self._progress(min(done, len(new)))
            for names, rows in _by_columns(changed).items():
                written = [(int(row.key or 0), row.values) for row in rows]
                for sql, values in update_statements(self._model, written, names, dialect):
                    await connection.execute(sql, values)
                done += len(rows)
                self._progress(done)

    def _read_plan(self, facts: Facts) -> tuple[Planner, list[Planned], list[Planned]]:
        """The plan that was shown: what to read again, the rows to add and those to change."""
        if digest_of(self._work.plan) != self._work.state.plan:
            raise StaleImportError
        planner = Planner(facts)
        new: list[Planned] = []
        changed: list[Planned] = []
        for row in read_plan(self._model, self._work.plan):
            planner.note(Taken(row.line, row.values, key_of(facts, row.values), "", ()))
            if row.state is State.NEW:
                new.append(row)
            elif row.state is State.CHANGED:
                changed.append(row)
        return planner, new, changed

    def _progress(self, done: int) -> None:
        if time.monotonic() - self._said > _EVERY:
            self._said = time.monotonic()
            self._work.tell(done=done)


def _take(taker: Taker, planner: Planner, rows: list[SheetRow]) -> list[Taken]:
    taken = [taker.take(row) for row in rows]
    for row in taken:
        planner.note(row)
    return taken


def _plan(planner: Planner, writer: PlanWriter, rows: list[Taken]) -> None:
    planned = planner.plan(rows)
    while portion := list(islice(planned, _PORTION)):
        writer.write(portion)


def _by_columns(rows: list[Planned]) -> dict[tuple[str, ...], list[Planned]]:
    """Rows that change, by which columns they change."""
    found: dict[tuple[str, ...], list[Planned]] = {}
    for row in rows:
        found.setdefault(tuple(row.changes), []).append(row)
    return found
