"""The static files, with how long a browser may keep each."""

import os

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class Assets(StaticFiles):
    """Files of one folder. What the IDE's build names by its content may be kept for ever; the rest is asked again."""

    def __init__(self, folder: "os.PathLike[str]") -> None:
        """`folder` holds the files."""
        super().__init__(directory=folder)

    def file_response(
        self,
        full_path: "str | os.PathLike[str]",
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answer a file, or that it has not changed."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        hashed = "/ide/assets/" in scope["path"]
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
