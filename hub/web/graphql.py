"""GraphQL over HTTP: the media types, statuses and error shape of the specification around Strawberry's `execute`.

Strawberry's own ASGI view is not used: it passes 53 of the 61 audits of the `graphql-http` suite, and what would be
left of it after mending the rest is its method check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol

import orjson
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.http import GraphQLRequestData
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from hub.database import Database, Snapshot
from hub.errors import HubError, MethodNotAllowedError, OutOfTimeError, TooLargeError, TooSlowError
from hub.read_log import ReadRecorder
from hub.web import explanation, failures
from hub.web.allowance import allowance_of
from hub.web.authentication import authenticate
from hub.web.headers import header
from hub.web.negotiation import MediaType, preferred
from hub.web.observed import Observed, observed_in
from hub.web.operation import ReadingSettings, read_operation
from hub.web.stopping import ClientGoneError, Departure
from hub.web.validators import etag_of, names
from schema.compiler.reading import Reader, Recorder
from schema.policy import Identity, Role

_CLIENT_CLOSED: Final = 499  # nginx's word for it; nobody reads the answer, but the log and the metrics do
_NAME_SHOWN: Final = 100
# Records of pupils: neither a shared cache nor a browser on a shared computer keeps them by itself.
_HEADERS: Final = ((b"cache-control", b"no-store"), (b"vary", b"accept, accept-encoding"))
_HEADERS_OF: Final = {media: (*_HEADERS, (b"content-type", f"{media}; charset=utf-8".encode())) for media in MediaType}
_ALLOWED: Final = {
    "GET": frozenset({OperationType.QUERY}),
    "POST": frozenset({OperationType.QUERY, OperationType.MUTATION}),
}


class GraphSettings(ReadingSettings, Protocol):
    """The settings the endpoint reads; see `hub.settings.Settings`."""

    @property
    def debug(self) -> bool: ...  # noqa: D102
    @property
    def operation_timeout(self) -> float: ...  # noqa: D102


class Context(Protocol):
    """An operation's context: ``operation`` is the name of the one that was chosen, written before it runs."""

    operation: str | None


@dataclass(frozen=True, slots=True)
class Graphs:
    """What is served: the schema that an identity sees, and an operation's context.

    The context is made of the operation's Reader, who asks, and what takes down what is read of pupils.
    """

    of: Callable[[Identity], BaseSchema]
    context: Callable[[Reader, Identity, Recorder], Context]


class GraphEndpoint:
    """The ASGI endpoint: one operation a request, one snapshot an operation, no batches, nothing without an identity.

    Use it with Route, not Mount: a Route never sees a WebSocket.
    """

    def __init__(
        self,
        graphs: Graphs,
        *,
        settings: GraphSettings,
        ide: Callable[[Request], Response],
    ) -> None:
        """`ide` answers a browser that asks for a page."""
        self._graphs = graphs
        self._settings = settings
        self._ide = ide

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request, receive)
        except HubError as error:
            observed_in(scope).codes.append(error.code)
            response = _response(request, failures.body_of(error), error.status)
            response.headers.update(error.headers)
            if isinstance(error, TooLargeError | TooSlowError):
                # What is left of the body is not waited for.
                response.headers["connection"] = "close"
        except ClientGoneError:
            response = Response(status_code=_CLIENT_CLOSED)
        await response(scope, receive, send)

    async def _answer(self, request: Request, receive: Receive) -> Response:
        method = request.method
        if method not in _ALLOWED:
            raise MethodNotAllowedError(f"GraphQL is asked by GET or POST, not {method}.", allow="GET, POST")
        if method == "GET" and preferred(_accept(request), html=True) is MediaType.HTML:
            return self._ide(request)
        observed = observed_in(request.scope)
        observed.operation = "invalid"
        identity = await authenticate(request)
        observed.identity = identity.key
        data = await read_operation(request, self._settings)
        database: Database = request.scope["state"]["database"]
        explain = self._settings.debug and identity.role is Role.ADMIN and explanation.is_wanted(request, data)
        # Both are left before the answer is sent: a slow client holds no connection and nobody's place.
        async with (
            allowance_of(request).turn(identity.key),
            database.snapshot(identity=identity, record=explain) as reader,
        ):
            with Departure(receive, self._settings.operation_timeout, _too_long):
                result = await self._execute(request, data, reader, identity, observed)
                extra = await explanation.extension(reader, result.data) if explain else {}
        return _result_response(request, result, observed, extra)

    async def _execute(
        self, request: Request, data: GraphQLRequestData, reader: Snapshot, identity: Identity, observed: Observed
    ) -> ExecutionResult:
        recorder = ReadRecorder(request.scope["state"]["read_log"], identity, observed.request_id)
        context = self._graphs.context(reader, identity, recorder)
        try:
            return await self._graphs.of(identity).execute(
                data.query,
                variable_values=data.variables,
                context_value=context,
                operation_name=data.operation_name,
                operation_extensions=data.extensions,
                allowed_operation_types=_ALLOWED[request.method],
            )
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.MUTATION:
                raise MethodNotAllowedError("A mutation is sent by POST.", allow="POST") from error
            return _not_begun("The hub has no subscriptions; send a query.")
        except CannotGetOperationTypeError:
            named = f'named "{data.operation_name[:_NAME_SHOWN]}"' if data.operation_name else "to run"
            return _not_begun(f'The document has no one operation {named}; name one of its own as "operationName".')
        finally:
            # Whatever became of it: what the database has given may have been seen.
            recorder.finish(data.query or "", context.operation)


def _accept(request: Request) -> str:
    return header(request.scope, b"accept") or ""


def _too_long(seconds: float) -> OutOfTimeError:
    return OutOfTimeError(
        f"The operation took longer than {seconds:g} s and was stopped. "
        "Ask for fewer things in one operation, or ask again when the hub is less busy."
    )


def _not_begun(message: str) -> ExecutionResult:
    return ExecutionResult(data=None, errors=[GraphQLError(message)])


def _result_response(request: Request, result: ExecutionResult, observed: Observed, extra: dict[str, Any]) -> Response:
    extensions = {**(result.extensions or {}), **extra}
    body: dict[str, Any] = {}
    status = 200
    errors = result.errors or ()
    if errors:
        body["errors"] = [failures.shown(error, observed) for error in errors]
    # An error without a path is of the request: nothing was executed, and the answer has no `data`.
    if result.data is not None or any(error.path for error in errors):
        observed.operation = observed.kind or "query"
        body["data"] = result.data
    elif preferred(_accept(request), html=False) is MediaType.GRAPHQL:
        status = failures.status_of(observed.codes)
    if extensions:
        body["extensions"] = extensions
    return _response(request, body, status)


def _response(request: Request, body: dict[str, Any], status: int) -> Response:
    media = preferred(_accept(request), html=False)
    content = orjson.dumps(body)
    response = Response(content, status)
    response.raw_headers += _HEADERS_OF[media]
    if request.method == "GET" and status == HTTPStatus.OK and "errors" not in body:
        response.headers["etag"] = etag = etag_of(content, media)
        if names(header(request.scope, b"if-none-match") or "", etag):
            response = Response(None, HTTPStatus.NOT_MODIFIED, {"etag": etag})
            response.raw_headers += _HEADERS
    return response
