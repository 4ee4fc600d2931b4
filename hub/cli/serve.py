"""`hub serve`: the service under uvicorn."""

import asyncio
import socket
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.errors import HubError

if TYPE_CHECKING:
    from hub.settings import Settings

NAME: Final = "serve"
_KEEP_ALIVE: Final = 5  # seconds that a connection may stay open between requests


class AddressInUseError(HubError):
    """The service cannot listen where it is told to."""


def run(
    *,
    host: Annotated[str | None, typer.Option(help="The address to listen on.", show_default="HUB_HOST")] = None,
    port: Annotated[int | None, typer.Option(help="The port; 0 takes a free one.", show_default="HUB_PORT")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes.", show_default="HUB_WORKERS")] = None,
) -> None:
    """Serve the graph, the IDE and the pages over HTTP until SIGTERM or Ctrl-C."""
    import uvicorn  # noqa: PLC0415

    from hub.settings import Settings  # noqa: PLC0415

    settings = Settings.read()
    asyncio.run(_check(settings))
    host, port = host or settings.host, settings.port if port is None else port
    _check_port(host, port)
    uvicorn.run(
        "hub.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers or settings.workers,
        access_log=False,
        log_config=None,
        log_level=settings.log_level.value,
        server_header=False,
        ws="none",
        http="hub.web.protocol:BoundedProtocol",
        timeout_keep_alive=_KEEP_ALIVE,
        limit_concurrency=settings.connection_limit,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


def _check_port(host: str, port: int) -> None:
    # uvicorn's own word for this is a log line and exit code 1; a person at a terminal needs the way out.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressInUseError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port or HUB_PORT."
            ) from error


async def _check(settings: "Settings") -> None:
    from hub.current_year import complaint  # noqa: PLC0415
    from hub.database import Database  # noqa: PLC0415

    database = await Database.open(settings.database, readers=1)
    try:
        await database.check()
        if not settings.allow_owner:
            await database.require_row_security()
        found = await complaint(database, settings.current_year)
    finally:
        await database.close()
    if found:
        typer.echo(f"hub: {found}", err=True)
