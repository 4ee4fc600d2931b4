"""The console's routes: all that Piccolo's page asks for, and nothing else of Piccolo's.

Of Piccolo Admin the page and its assets are served, and its reading of tables (`admin.rows`). Its own router is not:
that brings its own accounts, sessions and limits, and doors of which the hub has one already.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import orjson
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from admin.console import PAGE, Console
from admin.queries import BadQueryError, key_of
from admin.tables import ConsoleTable
from admin.thai import TRANSLATIONS
from hub.console.language import language_of, remember
from hub.console.places import HOME, OWN, PLACES
from hub.console.visit import Visit, guarded
from hub.database import Database
from hub.editor.answers import NO_STORE, RefusedError, failed, json, refused
from hub.editor.editing import Editing, NoSuchRowError
from hub.editor.guard import admitted
from hub.editor.reading import Reading
from hub.errors import BadInputError, HubError, MethodNotAllowedError, NotFoundError, UnsupportedMediaTypeError
from hub.read_log import ReadLog
from hub.web.login import sign_out
from hub.web.observed import observed_in
from hub.web.operation import read_body
from schema.checking import Language
from schema.policy import Identity

_SITE: Final = ("Student grade hub", "ศูนย์รวมผลการเรียน")
_NO_ROW: Final = ("There is no such row, or it was deleted.", "ไม่มีรายการนี้ หรือถูกลบไปแล้ว")
_NO_KEY: Final = ("The key of a row is a whole number.", "รหัสของรายการเป็นจำนวนเต็ม")
_ONE_BY_ONE: Final = ("Rows are changed and deleted one by one.", "กรุณาแก้ไขและลบทีละรายการ")
_RECORDS: Final = (
    "Records are read here, and written by the schools' systems alone.",
    "ระเบียนเหล่านี้อ่านได้อย่างเดียว ระบบของโรงเรียนเป็นผู้บันทึก",
)
_LANGUAGES: Final = ("The console speaks Thai (th) and English (en).", "ส่วนจัดการมีภาษาไทย (th) และภาษาอังกฤษ (en)")
# Its icons bring a style sheet of their own, and its forms write style attributes.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
# Before the page's own script, which is a module, and after its style sheet.
_SCRIPTS: Final = '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">' + "".join(
    f'<script defer src="/static/{name}.js"></script>'
    for name in ("tables-page", "tables", "tables-names", "tables-access", "tables-keys")
)
_STYLES: Final = '<link rel="stylesheet" href="/static/tables.css">'
_Answer = Callable[[Request, Identity], Awaitable[Response]]
_OfTable = Callable[[Request, Identity, ConsoleTable], Awaitable[Response]]


class ConsoleApp:
    """The ASGI application of the console."""

    def __init__(
        self, console: Console, database: Database, read_log: ReadLog, body_limit: int, seconds: float
    ) -> None:
        """`body_limit` bytes may be sent, in so many `seconds`."""
        self._console = console
        self._reading = Reading(console, database, read_log)
        self._editing = Editing(console, database)
        self._body = (body_limit, seconds)
        html = (PAGE / "index.html").read_text("utf-8")
        html = html.replace("<title>Piccolo Admin</title>", f"<title></title>{_SCRIPTS}")
        self._html = html.replace("</head>", f"{_STYLES}</head>")
        every = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        parts: Mapping[str, _OfTable] = {
            "ids": self._reading.chosen,
            "count": self._reading.counted,
            "schema": lambda request, _, table: self._reading.schema(request, table),
            "new": lambda request, _, table: self._reading.new(request, table),
            "references": lambda request, _, table: self._reading.references(request, table),
        }
        table = "/api/tables/{table}/"
        self._router = Router(
            [
                Route("/", guarded(self._page), methods=["GET"]),
                Mount("/assets", StaticFiles(directory=PAGE / "assets")),
                Route("/public/meta/", self._guarded(_meta), methods=["GET"]),
                Route("/public/translations/", self._guarded(_languages), methods=["GET"]),
                Route("/public/translations/{code}/", self._guarded(_translation), methods=["GET"]),
                Route("/public/logout/", self._guarded(_leave), methods=["POST"]),
                Route("/api/user/", self._guarded(_user), methods=["GET"]),
                Route("/api/links/", self._guarded(_links), methods=["GET"]),
                Route("/api/forms/", self._guarded(_constant([])), methods=["GET"]),
                Route(
                    "/api/forms/grouped/", self._guarded(_constant({"grouped": {}, "ungrouped": []})), methods=["GET"]
                ),
                Route("/api/tables/", self._guarded(self._names), methods=["GET"]),
                Route("/api/tables/grouped/", self._guarded(self._groups), methods=["GET"]),
                *(
                    Route(f"{table}{part}/", self._guarded(self._of_table(answer)), methods=["GET"])
                    for part, answer in parts.items()
                ),
                Route(table, self._guarded(self._of_table(self._rows)), methods=every),
                Route(table + "{key}/", self._guarded(self._of_table(self._row)), methods=every),
            ],
            redirect_slashes=False,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; the guard comes before any route says that it is there."""
        await self._router(scope, receive, send)

    def _guarded(self, answer: _Answer) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            who = await admitted(request)
            if isinstance(who, Response):
                return who
            return await self._answered(request, lambda: answer(request, who), None)

        return respond

    def _of_table(self, answer: _OfTable) -> _Answer:
        async def respond(request: Request, identity: Identity) -> Response:
            called = request.path_params["table"]
            table = self._console.names.table_of(called)
            if table is None:
                return failed(_no_table(called[:100]), language_of(request))
            return await self._answered(request, lambda: answer(request, identity, table), table)

        return respond

    async def _answered(
        self, request: Request, answer: Callable[[], Awaitable[Response]], table: ConsoleTable | None
    ) -> Response:
        language = language_of(request)
        try:
            return await answer()
        except RefusedError as error:
            observed_in(request.scope).codes.extend(refusal.code for refusal in error.refusals)
            return refused(error, table, language)
        except BadQueryError as error:
            observed_in(request.scope).codes.append(error.refusal.code)
            return refused(RefusedError([error.refusal], HTTPStatus.BAD_REQUEST), table, language)
        except NoSuchRowError:
            return failed(NotFoundError(*_NO_ROW), language)
        except HubError as error:
            observed_in(request.scope).codes.append(error.code)
            return failed(error, language)

    async def _page(self, visit: Visit) -> Response:
        html = self._html.replace('<html lang="en">', f'<html lang="{visit.language.value}">')
        html = html.replace("<title></title>", f"<title>{visit.say(*_SITE)}</title>")
        return HTMLResponse(html, headers={**NO_STORE, "content-security-policy": _POLICY})

    async def _names(self, request: Request, _: Identity) -> Response:
        names = self._console.names
        return json([names.of(table, language_of(request)) for table in self._console.tables])

    async def _groups(self, request: Request, _: Identity) -> Response:
        return json({"grouped": self._console.names.groups(language_of(request)), "ungrouped": []})

    async def _rows(self, request: Request, identity: Identity, table: ConsoleTable) -> Response:
        if request.method == "GET":
            return await self._reading.listed(request, identity, table)
        if request.method != "POST":
            raise MethodNotAllowedError(*_ONE_BY_ONE, allow="GET, POST")
        _require_editable(table)
        key = await self._editing.create(identity, table, await self._given(request))
        return json([{"id": key}], HTTPStatus.CREATED)

    async def _row(self, request: Request, identity: Identity, table: ConsoleTable) -> Response:
        key = key_of(request.path_params["key"])
        if key is None:
            return failed(NotFoundError(*_NO_KEY), language_of(request))
        if request.method == "GET":
            return await self._reading.single(request, identity, table, key)
        if request.method not in ("PATCH", "DELETE"):
            raise MethodNotAllowedError(
                "A row is changed by PATCH, with what is to change and the updated_at that was read.",
                allow="GET, PATCH, DELETE",
            )
        _require_editable(table)
        if request.method == "DELETE":
            await self._editing.delete(identity, table, key)
            return Response(status_code=HTTPStatus.NO_CONTENT, headers=NO_STORE)
        await self._editing.change(identity, table, key, await self._given(request))
        return await self._reading.single(_without_query(request), identity, table, key)

    async def _given(self, request: Request) -> dict[str, Any]:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != "application/json":
            raise UnsupportedMediaTypeError("Send JSON with Content-Type: application/json.")
        body = await read_body(request, *self._body)
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise BadInputError(f"The body is not valid JSON in UTF-8: {error}.") from error
        if not isinstance(given, dict):
            raise BadInputError("The body is not a JSON object; send the columns by their names.")
        return given


def _no_table(called: str) -> NotFoundError:
    return NotFoundError(f"The console has no table {called!r}.", f"ไม่มีตาราง {called!r}")


def _require_editable(table: ConsoleTable) -> None:
    if not table.is_editable:
        raise MethodNotAllowedError(*_RECORDS, allow="GET")


def _without_query(request: Request) -> Request:
    return Request({**request.scope, "query_string": b""})


def _constant(value: Any) -> _Answer:  # noqa: ANN401 - whatever JSON can say
    async def answer(_: Request, __: Identity) -> Response:
        return json(value)

    return answer


async def _meta(request: Request, _: Identity) -> Response:
    return json({"piccolo_admin_version": "", "site_name": language_of(request).choose(*_SITE)})


async def _links(request: Request, _: Identity) -> Response:
    say = language_of(request).choose
    here = (HOME, *(place for place in PLACES if place.address != "/admin/"), OWN)
    return json({say(place.name, place.name_th): place.address for place in here})


async def _user(_: Request, identity: Identity) -> Response:
    return json({"username": identity.name, "user_id": identity.key})


async def _languages(_: Request, __: Identity) -> Response:
    known = [{"language_code": code, "language_name": one.language_name} for code, one in TRANSLATIONS.items()]
    return json({"translations": known, "default_language_code": "auto"})


async def _translation(request: Request, _: Identity) -> Response:
    found = TRANSLATIONS.get(request.path_params["code"].lower())
    if found is None:
        return failed(NotFoundError(*_LANGUAGES), language_of(request))
    response = json(found.model_dump())
    # The page says its language by this request alone; what it asks next is answered in it.
    remember(response, Language(found.language_code))
    return response


async def _leave(request: Request, _: Identity) -> Response:
    response = Response(status_code=HTTPStatus.NO_CONTENT, headers=NO_STORE)
    await sign_out(request, response)
    return response
