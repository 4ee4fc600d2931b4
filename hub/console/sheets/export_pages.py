"""The pages of an export: choose a table and which of its rows, and take them as CSV or as a workbook."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Final

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from admin.sheets import csv_file, workbook
from admin.sheets.facts import Facts
from admin.sheets.layout import Layout, layout_of
from admin.sheets.outgoing import PAGE, Filter, cell_of, cells_of, filter_of, keys_sql, page_sql, texts_of
from admin.sheets.refused import SheetRefused
from hub.console.sheets.database import Read, read_referred, reader_for
from hub.console.sheets.importing import table_of
from hub.console.sheets.temporary import temporary_file
from hub.console.sheets.words import name_of, tables_in
from hub.console.visit import Visit, guarded
from hub.errors import BadInputError
from schema.checking import Language, label_of, text_of, written_columns
from schema.tables.columns import info_of

_MOST_CHOICES: Final = 500
_COMPARED: Final = {"lt": "<", "lte": "≤", "gt": ">", "gte": "≥", "ne": "≠", "is_null": "= ∅", "not_null": "≠ ∅"}


@dataclass(frozen=True, slots=True)
class Field:
    """A filter of the form: a text to look for, or choices as pairs of value and words."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()


def routes() -> list[BaseRoute]:
    """The pages, each guarded."""
    return [
        Route("/console/export", guarded(_choose), methods=["GET"]),
        Route("/console/export/{table}.{ending}", guarded(_take), methods=["GET"]),
    ]


async def _choose(visit: Visit) -> Response:
    query = visit.request.query_params
    chosen = query.get("table", "")
    if not chosen:
        return visit.page("export.html", tables=tables_in(visit.language), chosen="", table="", fields=(), count=0)
    layout = layout_of(table_of(chosen))
    read = reader_for(visit.database, visit.identity)
    rows = _filter(visit, layout)
    count = len(await read(keys_sql(layout, rows), rows.parameters))
    return visit.page(
        "export.html", tables=tables_in(visit.language), chosen=chosen, table=name_of(layout.model, visit.language),
        fields=(fields := await _fields(visit, layout, read)), count=count, query=str(visit.request.url.query),
        kept=[(name, value) for name, value in query.multi_items() if name not in {"table", *(f.name for f in fields)}],
    )  # fmt: skip


async def _take(visit: Visit) -> Response:
    layout, ending = layout_of(table_of(visit.request.path_params["table"])), visit.request.path_params["ending"]
    read, rows = reader_for(visit.database, visit.identity), _filter(visit, layout)
    language = visit.language
    name = f"{layout.name}.{ending}"
    if ending == "csv":
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return StreamingResponse(_csv(layout, read, rows, language), media_type=csv_file.MEDIA, headers=headers)
    if ending != "xlsx":
        raise BadInputError("Rows are given as .csv and as .xlsx.", "ส่งออกได้เป็น .csv และ .xlsx เท่านั้น")
    path = temporary_file(".xlsx")
    done = BackgroundTask(path.unlink, missing_ok=True)
    try:
        writer = workbook.WorkbookWriter(path, layout)
        leaves = [column.leaf for column in layout.columns]
        async for page in _pages(layout, read, rows):
            cells = [[cell_of(leaf, value, language) for leaf, value in zip(leaves, row, strict=True)] for row in page]
            await asyncio.to_thread(writer.write, cells)
        await asyncio.to_thread(writer.close)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(
        path, media_type=workbook.MEDIA, filename=name, headers={"cache-control": "no-store"}, background=done
    )


async def _csv(layout: Layout, read: Read, rows: Filter, language: Language) -> AsyncIterator[str]:
    yield csv_file.head_of(layout)
    async for page in _pages(layout, read, rows):
        yield csv_file.lines_of(texts_of(layout, row, language) for row in page)


async def _pages(layout: Layout, read: Read, rows: Filter) -> AsyncIterator[Iterator[tuple[Any, ...]]]:
    """The rows in their order, a page at a time: keys take little room, rows do not."""
    keys = [int(row[0]) for row in await read(keys_sql(layout, rows), rows.parameters)]
    for at in range(0, len(keys), PAGE):
        some = keys[at : at + PAGE]
        yield cells_of(layout, some, await read(page_sql(layout, len(some)), some))


def _filter(visit: Visit, layout: Layout) -> Filter:
    try:
        return filter_of(layout, visit.request.query_params.multi_items(), visit.database.dialect)
    except SheetRefused as refusal:
        raise BadInputError(refusal.message, refusal.message_th) from refusal


async def _fields(visit: Visit, layout: Layout, read: Read) -> list[Field]:
    """The filters of the form: choices, yes or no, rows referred to, texts, and what the list was filtered by."""
    query, language = visit.request.query_params, visit.language
    facts = Facts(layout)
    await read_referred(read, facts)
    found = []
    for column in written_columns(layout.model):
        if not info_of(column).exposed:
            continue
        label = visit.say(label_of(column), info_of(column).label_th)
        choices: list[tuple[str, str]] = []
        if info_of(column).choices is not None:
            choices = [(each.value, text_of(column, each.value, language)) for each in info_of(column).choices or ()]
        elif column.type.python_type is bool:
            choices = [(str(value).lower(), text_of(column, value, language)) for value in (True, False)]
        elif column.name in facts.referred:
            referred = facts.referred[column.name]
            choices = [(str(key), referred.name_of(key)) for key in referred.values][:_MOST_CHOICES]
        elif column.type.python_type is not str and column.name not in query:
            continue
        compared = _COMPARED.get(query.get(f"{column.name}__operator", ""), "")
        found.append(Field(column.name, f"{label} {compared}".strip(), query.get(column.name, ""), tuple(choices)))
    return found
