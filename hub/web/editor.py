"""`/admin/`: where the console is mounted. It is made when somebody first asks for it: Piccolo is slow to import."""

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from hub.database import Database
from hub.read_log import ReadLog
from hub.settings import Settings

if TYPE_CHECKING:
    from hub.editor.app import ConsoleApp


class EditorMount:
    """The console of each database that the application has opened: one, but in tests."""

    def __init__(self, settings: Settings) -> None:
        """`settings` bound what is sent."""
        self._settings = settings
        self._made: WeakKeyDictionary[Database, ConsoleApp] = WeakKeyDictionary()
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        state = scope["state"]
        app = await self._of(state["database"], state["read_log"])
        await app(scope, receive, send)

    async def _of(self, database: Database, read_log: ReadLog) -> "ConsoleApp":
        async with self._making:
            app = self._made.get(database)
            if app is None:
                # In a thread: the requests to the graph go on.
                app = self._made[database] = await asyncio.to_thread(self._make, database, read_log)
            return app

    def _make(self, database: Database, read_log: ReadLog) -> "ConsoleApp":
        from admin.console import Console  # noqa: PLC0415 - see the module
        from hub.editor.app import ConsoleApp  # noqa: PLC0415 - see the module

        settings = self._settings
        return ConsoleApp(Console(database.dialect), database, read_log, settings.body_limit, settings.receive_timeout)


async def to_editor(_: Request) -> Response:
    """Send a browser on to the console's own address, by the path alone."""
    return RedirectResponse("/admin/", HTTPStatus.PERMANENT_REDIRECT)
