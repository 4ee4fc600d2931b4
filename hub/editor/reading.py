"""Reading in the console: one snapshot a request, and an entry in the log of reads for what is read of pupils."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response

from admin import queries
from admin.console import Console
from admin.engine import lent
from admin.forms import described
from admin.queries import BadQueryError, filtered_by
from admin.rows import Rows
from admin.shown import shown_columns
from admin.tables import ConsoleTable
from hub.console.language import language_of
from hub.database import Database, Snapshot
from hub.editor.answers import NO_STORE, json
from hub.editor.editing import NoSuchRowError
from hub.read_log import ReadLog, ReadRecorder
from hub.web.observed import observed_in
from schema.model.names import camel
from schema.policy import Identity

_OK: Final = 200
_MOST_PARAMETERS: Final = 200


class _Answer(Protocol):
    body: bytes | memoryview
    status_code: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What is read: by which query, how, whose keys are in the answer, and which columns."""

    table: ConsoleTable
    query: str
    read: Callable[[Rows, Request], Awaitable[_Answer]]
    keys: Callable[[Any], Iterable[int]]
    columns: frozenset[str]


class Reading:
    """What is read of the tables."""

    def __init__(self, console: Console, database: Database, read_log: ReadLog) -> None:
        """`read_log` takes down what is read of pupils."""
        self._console = console
        self._database = database
        self._read_log = read_log

    async def listed(self, request: Request, identity: Identity, table: ConsoleTable) -> Response:
        """Answer a page of rows."""
        query = queries.of_list(table, _given(request))
        columns = _columns(table, dict(parse_qsl(query)).get("__visible_fields"))
        read = _Read(table, query, _page, lambda body: (row["id"] for row in body["rows"]), columns)
        return await self._logged(request, identity, read)

    async def counted(self, request: Request, identity: Identity, table: ConsoleTable) -> Response:
        """Answer how many rows there are."""
        query = queries.of_count(table, _given(request))
        read = _Read(table, query, lambda rows, asked: rows.get_count(asked), lambda _: (), frozenset())
        return await self._logged(request, identity, read)

    async def chosen(self, request: Request, identity: Identity, table: ConsoleTable) -> Response:
        """Answer keys and what people know the rows by."""
        query = queries.of_choices(_given(request))
        columns = _columns(table, None)
        read = _Read(table, query, lambda rows, asked: rows.get_ids(asked), lambda body: map(int, body), columns)
        return await self._logged(request, identity, read)

    async def single(self, request: Request, identity: Identity, table: ConsoleTable, key: int) -> Response:
        """Answer a row. Raises NoSuchRowError."""
        query = queries.of_row(_given(request))
        columns = _columns(table, None)
        read = _Read(table, query, lambda rows, asked: rows.get_single(asked, key), lambda body: (body["id"],), columns)
        response = await self._logged(request, identity, read)
        if response.status_code == HTTPStatus.NOT_FOUND:
            raise NoSuchRowError
        return response

    async def schema(self, request: Request, table: ConsoleTable) -> Response:
        """Answer the description of a table's forms."""
        plain = await self._console.rows[table.name].get_schema(_asked(request, ""))
        return json(described(table, orjson.loads(bytes(plain.body)), self._console.names, language_of(request)))

    async def new(self, request: Request, table: ConsoleTable) -> Response:
        """Answer what a new row begins with."""
        plain = await self._console.rows[table.name].get_new(_asked(request, ""))
        return json({**orjson.loads(bytes(plain.body)), "updated_at": None})

    async def references(self, request: Request, table: ConsoleTable) -> Response:
        """Answer which tables refer to this one, as people call them."""
        names, language = self._console.names, language_of(request)
        plain = await self._console.rows[table.name].get_references(_asked(request, ""))
        found = orjson.loads(bytes(plain.body))["references"]
        return json({"references": [{**one, **names.reference(one, language)} for one in found]})

    async def _logged(self, request: Request, identity: Identity, read: _Read) -> Response:
        """Read, and take down whose rows were read before the answer leaves."""
        recorder = ReadRecorder(self._read_log, identity, observed_in(request.scope).request_id)
        if read.table.pupils:
            recorder.admit()
        async with self._database.snapshot(identity=identity) as snapshot:
            with lent(snapshot):
                answer = await read.read(self._console.rows[read.table.name], _asked(request, read.query))
            body = bytes(answer.body)
            if read.table.pupils and answer.status_code == _OK:
                keys = list(read.keys(orjson.loads(body)))
                columns = filtered_by(read.query, read.table) | (read.columns if keys else frozenset())
                recorder.record(await _pupils(snapshot, read.table, keys), _personal(read.table, columns))
                recorder.finish(f"GET {read.table.name}", "console")
        media = "application/json" if answer.status_code == _OK else "text/plain"
        return Response(body, answer.status_code, NO_STORE, media)


async def _page(rows: Rows, asked: Request) -> Response:
    answer: Response = await rows.get_all(asked, params=rows._parse_params(asked.query_params))  # noqa: SLF001 - as Piccolo's own `root`
    return answer


async def _pupils(snapshot: Snapshot, table: ConsoleTable, keys: list[int]) -> set[int]:
    """The pupils that rows are records of."""
    if not keys:
        return set()
    places = ", ".join(f"${place}" for place in range(1, len(keys) + 1))
    found: set[int] = set()
    for pupil in table.pupils:
        key = pupil.sql.format(row="its")
        sql = f"SELECT DISTINCT {key} AS pupil FROM {table.name} AS its WHERE its.id IN ({places})"  # noqa: S608 - names of declared tables
        found.update(row["pupil"] for row in await snapshot.records(sql, keys) if row["pupil"] is not None)
    return found


def _personal(table: ConsoleTable, columns: frozenset[str]) -> frozenset[str]:
    """The personal fields among columns, as the log names them; keys are none."""
    own = table.model.__table__.columns
    return frozenset(
        f"{table.model.__name__}.{camel(name)}"
        for name in columns
        if name not in ("id", "updated_at") and not own[name].foreign_keys
    )


def _columns(table: ConsoleTable, visible: str | None) -> frozenset[str]:
    return frozenset(visible.split(",") if visible else (column.name for column in shown_columns(table.model)))


def _given(request: Request) -> list[tuple[str, str]]:
    given = request.query_params.multi_items()
    if len(given) > _MOST_PARAMETERS:
        raise BadQueryError(queries.too_many(_MOST_PARAMETERS))
    return given


def _asked(request: Request, query: str) -> Request:
    """The request as Piccolo is to see it: with the query that was checked."""
    return Request({**request.scope, "query_string": query.encode()})
