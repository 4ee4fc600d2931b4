"""Reading a GraphQL request: the body or the query string, checked, as Strawberry's request data."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from hub.errors import BadInputError, TooLargeError, UnsupportedMediaTypeError

_NAMES: Final[dict[type, str]] = {dict: "an object", str: "a string"}


async def read_operation(request: Request, *, body_limit: int, query_limit: int) -> GraphQLRequestData:
    """Read the operation a request carries. Raises BadInputError, which says what to send instead."""
    parameters = _from_query(request.query_params) if request.method == "GET" else await _from_body(request, body_limit)
    query = _checked(parameters, "query", str)
    if not query:
        raise BadInputError('The request has no GraphQL document; send it as "query".')
    if len(query) > query_limit:
        raise TooLargeError(
            f"The GraphQL document has {len(query)} characters; the limit is {query_limit}. "
            "Send long values as variables."
        )
    return GraphQLRequestData(
        query=query,
        variables=_checked(parameters, "variables", dict),
        operation_name=_checked(parameters, "operationName", str),
        extensions=_checked(parameters, "extensions", dict),
    )


def _from_query(query: Mapping[str, str]) -> dict[str, Any]:
    parameters: dict[str, Any] = {name: query[name] for name in ("query", "operationName") if name in query}
    for name in ("variables", "extensions"):
        if query.get(name):
            parameters[name] = _json(query[name].encode(), f'The parameter "{name}"')
    return parameters


async def _from_body(request: Request, limit: int) -> dict[str, Any]:
    content_type = request.headers.get("content-type", "")
    media, _, rest = content_type.partition(";")
    if media.strip().lower() != "application/json":
        raise UnsupportedMediaTypeError(
            f"The body is {content_type[:100] or 'of no stated type'}; send JSON with Content-Type: application/json."
        )
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8"):
        raise UnsupportedMediaTypeError(f"The body is encoded in {charset[:100]}; send UTF-8.")
    parameters = _json(await read_body(request, limit), "The body")
    if isinstance(parameters, list):
        raise BadInputError("The body is a list of operations; send one operation a request.")
    if not isinstance(parameters, dict):
        raise BadInputError('The body is not a JSON object; send {"query": ..., "variables": {...}}.')
    return parameters


async def read_body(request: Request, limit: int) -> bytes:
    """Read a body of at most so many bytes. Raises TooLargeError, or BadInputError when it breaks off."""
    announced = request.headers.get("content-length", "")
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
