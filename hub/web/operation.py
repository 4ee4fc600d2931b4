"""Reading a GraphQL request: the body or the query string, checked, as Strawberry's request data."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from hub.errors import BadInputError, TooLargeError, TooSlowError, UnsupportedMediaTypeError
from hub.web.headers import header
from hub.web.stopping import within

_DEEPEST: Final = 50
"""Levels of lists and objects in the variables: a filter may have twenty."""

_LONGEST_KEPT: Final = 8_192  # bytes; longer bodies seldom come twice

_NAMES: Final[dict[type, str]] = {dict: "an object", str: "a string"}


class ReadingSettings(Protocol):
    """The settings that bound what is read; see `hub.settings.Settings`."""

    @property
    def body_limit(self) -> int: ...  # noqa: D102
    @property
    def query_limit(self) -> int: ...  # noqa: D102
    @property
    def variable_limit(self) -> int: ...  # noqa: D102
    @property
    def receive_timeout(self) -> float: ...  # noqa: D102


async def read_operation(request: Request, settings: ReadingSettings) -> GraphQLRequestData:
    """Read the operation a request carries. Raises BadInputError, which says what to send instead."""
    if request.method == "GET":
        return _operation(_from_query(request.query_params), settings.query_limit, settings.variable_limit)
    complaint = _complaint(
        header(request.scope, b"content-encoding") or "", header(request.scope, b"content-type") or ""
    )
    if complaint is not None:
        raise UnsupportedMediaTypeError(complaint)
    body = await read_body(request, settings.body_limit, settings.receive_timeout)
    read = _from_body_again if len(body) <= _LONGEST_KEPT else _from_body
    return read(body, settings.query_limit, settings.variable_limit)


def _operation(parameters: Mapping[str, Any], query_limit: int, variable_limit: int) -> GraphQLRequestData:
    query = _checked(parameters, "query", str)
    if not query:
        raise BadInputError('The request has no GraphQL document; send it as "query".')
    if len(query) > query_limit:
        raise TooLargeError(
            f"The GraphQL document has {len(query)} characters; the limit is {query_limit}. "
            "Send long values as variables."
        )
    variables = _checked(parameters, "variables", dict)
    _check_variables(variables or {}, variable_limit)
    return GraphQLRequestData(
        query=query,
        variables=variables,
        operation_name=_checked(parameters, "operationName", str),
        extensions=_checked(parameters, "extensions", dict),
    )


def _check_variables(variables: dict[str, Any], limit: int) -> None:
    """Bound what graphql-core would go through value by value."""
    level: list[Any] = [variables]
    count = depth = 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise BadInputError(f"The variables are nested more than {_DEEPEST} levels deep, which is the limit.")
        below: list[Any] = []
        for value in level:
            inner = value.values() if isinstance(value, dict) else value
            count += len(inner)
            below += [one for one in inner if isinstance(one, dict | list)]
        if count > limit:
            raise TooLargeError(f"The variables hold {count} values or more; the limit is {limit}. Ask in parts.")
        level = below


def _from_query(query: QueryParams) -> dict[str, Any]:
    for name in ("query", "operationName", "variables", "extensions"):
        if len(query.getlist(name)) > 1:
            raise BadInputError(f'The URL has "{name}" more than once; send it once.')
    parameters: dict[str, Any] = {name: query[name] for name in ("query", "operationName") if name in query}
    for name in ("variables", "extensions"):
        if query.get(name):
            parameters[name] = _json(query[name].encode(), f'The parameter "{name}"')
    return parameters


def _from_body(body: bytes, query_limit: int, variable_limit: int) -> GraphQLRequestData:
    parameters = _json(body, "The body")
    if isinstance(parameters, list):
        raise BadInputError("The body is a list of operations; send one operation a request.")
    if not isinstance(parameters, dict):
        raise BadInputError('The body is not a JSON object; send {"query": ..., "variables": {...}}.')
    return _operation(parameters, query_limit, variable_limit)


_from_body_again = lru_cache(maxsize=64)(_from_body)
"""For what a dashboard sends again and again; nobody changes what was read."""


@lru_cache(maxsize=64)
def _complaint(content_encoding: str, content_type: str) -> str | None:
    """What is wrong with a body of this kind, by what its headers say; None: nothing."""
    encoding = content_encoding.strip().lower()
    if encoding not in ("", "identity"):
        return f"The body is encoded by {encoding[:100]}; send it as it is."
    media, _, rest = content_type.partition(";")
    if media.strip().lower() != "application/json":
        return (
            f"The body is {content_type[:100] or 'of no stated type'}; send JSON with Content-Type: application/json."
        )
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        return f"The body is encoded in {charset[:100]}; send UTF-8."
    return None


async def read_body(request: Request, limit: int, seconds: float) -> bytes:
    """Read a body of at most so many bytes, which arrives in so many seconds.

    Raises TooLargeError, TooSlowError, or BadInputError when it breaks off.
    """
    return await within(seconds, _too_slow, _body(request, limit))


def _too_slow(seconds: float) -> TooSlowError:
    return TooSlowError(f"The body did not arrive whole in {seconds:g} s, which is the limit. Send it again.")


async def _body(request: Request, limit: int) -> bytes:
    announced = header(request.scope, b"content-length") or ""
    if announced.isdecimal() and int(announced) > limit:
        raise TooLargeError(f"The body has {announced} bytes; the limit is {limit}.")
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise BadInputError("The body broke off; send it whole.")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLargeError(f"The body has more than {limit} bytes, which is the limit.")
        chunks.append(chunk)
        more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _json(text: bytes, what: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadInputError(f"{what} is not valid JSON in UTF-8: {error}.") from error
    return value


def _checked(parameters: Mapping[str, Any], name: str, kind: type) -> Any:  # noqa: ANN401 -- as `kind` says
    value = parameters.get(name)
    if value is not None and not isinstance(value, kind):
        raise BadInputError(f'"{name}" must be {_NAMES[kind]}, or null, or left out.')
    return value
