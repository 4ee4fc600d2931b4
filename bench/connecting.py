"""SQLAlchemy's way into either engine, with the settings the hub's own connections have."""

import sqlite3
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_PRAGMAS: Final = (
    "journal_mode = WAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "cache_size = -16384",
    "mmap_size = 268435456",
    "query_only = ON",
)
_SESSION: Final = {"default_transaction_read_only": "on", "jit": "off", "timezone": "UTC"}


def connect_engine(url: str, *, size: int = 4) -> AsyncEngine:
    """An engine of at most `size` connections that read, for a URL as the hub's settings have it."""
    if url.startswith("sqlite:"):
        engine = create_async_engine(url.replace("sqlite:", "sqlite+aiosqlite:", 1), pool_size=size, max_overflow=0)
        event.listen(engine.sync_engine, "connect", _prepare)
        return engine

    async def connect() -> Any:  # noqa: ANN401 - asyncpg has no types
        # asyncpg reads the URL itself, so that it means what it means to the hub.
        return await asyncpg.connect(url, server_settings=_SESSION)

    return create_async_engine("postgresql+asyncpg://", async_creator=connect, pool_size=size, max_overflow=0)


def _prepare(raw: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").close()
