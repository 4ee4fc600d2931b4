"""A path or method that is not there, answered in the hub's one error shape."""

from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_WHAT_TO_DO: Final = {
    HTTPStatus.NOT_FOUND: ("NOT_FOUND", "Nothing is at {path}. The graph is at /graphql, and / shows what there is."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("BAD_USER_INPUT", "{path} is not asked by {method}; see the Allow header."),
}


async def refused(request: Request, error: Exception) -> Response:
    """Answer Starlette's own refusals."""
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for it alone
    bare = request.scope["path"].rstrip("/")
    if error.status_code == HTTPStatus.NOT_FOUND and bare in _paths(request):
        query = request.url.query
        return Response(
            status_code=HTTPStatus.TEMPORARY_REDIRECT, headers={"location": f"{bare}?{query}" if query else bare}
        )
    code, message = _WHAT_TO_DO.get(HTTPStatus(error.status_code), ("BAD_USER_INPUT", error.detail))
    shown = message.format(path=request.url.path[:100], method=request.method)
    body = {"errors": [{"message": shown, "extensions": {"code": code}}]}
    return JSONResponse(body, error.status_code, error.headers)


def _paths(request: Request) -> set[str]:
    return {route.path for route in request.app.routes if isinstance(route, Route)}
