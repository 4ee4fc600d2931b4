"""The database as the commands about accounts and tokens open it: as its owner, checked, and closed at the end."""

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hub.database import Database

_T = TypeVar("_T")


def with_database(work: "Callable[[Database], Awaitable[_T]]") -> _T:
    """Do `work` with the database of the settings. Raises DatabaseError, which names the command to run."""
    return asyncio.run(_with_database(work))


async def _with_database(work: "Callable[[Database], Awaitable[_T]]") -> _T:
    from hub.database import Address, Database  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    settings = Settings.read()
    database = await Database.open(
        Address.parse(settings.owner_url), readers=1, statement_timeout=settings.statement_timeout
    )
    try:
        await database.check()
        return await work(database)
    finally:
        await database.close()
