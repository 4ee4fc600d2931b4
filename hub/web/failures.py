"""The one error shape: `{"message", "locations"?, "path"?, "extensions": {"code"}}`, and what stays inside."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final

import structlog
from graphql import GraphQLError

from hub.errors import HubError
from hub.web.observed import Observed

_LOG = structlog.stdlib.get_logger("hub.graphql")

_LONGEST: Final = 1000  # characters
# Of an operation that never began. An operation that began is answered 200 whatever its fields say.
_STATUS = {
    "UNAUTHENTICATED": HTTPStatus.UNAUTHORIZED,
    "FORBIDDEN": HTTPStatus.FORBIDDEN,
    "RATE_LIMITED": HTTPStatus.TOO_MANY_REQUESTS,
    "TIMEOUT": HTTPStatus.SERVICE_UNAVAILABLE,
    "UNAVAILABLE": HTTPStatus.SERVICE_UNAVAILABLE,
    "INTERNAL": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(codes: Iterable[str]) -> int:
    """Give the HTTP status of an operation that did not begin, by the codes of its errors."""
    return max((_STATUS.get(code, HTTPStatus.BAD_REQUEST) for code in codes), default=HTTPStatus.BAD_REQUEST)


def body_of(error: HubError) -> dict[str, Any]:
    """Give the answer to a request that is refused before there is an operation."""
    return {"errors": [{"message": _cut(str(error)), "extensions": {"code": error.code}}]}


def internal(observed: Observed) -> dict[str, Any]:
    """Give the error that stands for one nobody foresaw; its cause is in the log alone."""
    return {
        "message": f"Something failed inside the hub. Report it with the request id {observed.request_id}.",
        "extensions": {"code": "INTERNAL", "requestId": observed.request_id},
    }


def shown(error: GraphQLError, observed: Observed) -> dict[str, Any]:
    """Give an error as the client may see it, and note its code; an unforeseen one is logged and masked."""
    formatted: dict[str, Any] = dict(error.formatted)
    cause = _cause(error)
    if cause is None or _is_of_the_document(error, cause):
        extensions = {"code": "BAD_USER_INPUT", **formatted.get("extensions", {})}
    elif isinstance(cause, RecursionError):
        formatted["message"] = "The document is nested too deeply; ask for less at once."
        extensions = {"code": "BAD_USER_INPUT"}
    elif isinstance(cause, HubError):
        formatted["message"] = str(cause)
        extensions = {"code": cause.code}
    else:
        _LOG.error("operation failed", path=error.path, exc_info=cause)
        masked = internal(observed)
        formatted["message"] = masked["message"]
        extensions = masked["extensions"]
    observed.codes.append(str(extensions["code"]))
    return {**formatted, "message": _cut(formatted["message"]), "extensions": extensions}


def _cut(message: str) -> str:
    # A message may quote what was sent: a name, a value, of any length.
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ..."


def _is_of_the_document(error: GraphQLError, cause: Exception) -> bool:
    """Whether a value written in the document could not be read: Python refuses an integer of 5,000 digits itself."""
    return isinstance(cause, ValueError) and error.path is None and bool(error.nodes)


def _cause(error: GraphQLError) -> Exception | None:
    """Give the exception behind an error, or None when GraphQL itself, or a rule of the graph, refused."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
