"""The demo city at scale 1 on each engine: seeded once, and kept until the code that makes it changes."""

import asyncio
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

import seeds
from bench import postgresql
from hub import migration
from schema.compiler.reading import Dialect

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
_SOURCES = ("migrations", "schema/derived", "schema/rules", "schema/tables", "seeds")


@contextmanager
def seeded(engines: Sequence[Dialect]) -> Iterator[dict[Dialect, str]]:
    """The URL of a seeded database of each engine; PostgreSQL serves until the block is left."""
    folder = FOLDER / f"city-{_revision()}"
    for older in FOLDER.glob("city-*"):
        if older != folder:
            shutil.rmtree(older)
    folder.mkdir(parents=True, exist_ok=True)
    urls: dict[Dialect, str] = {}
    with ExitStack() as stack:
        for engine in engines:
            if engine is Dialect.SQLITE:
                urls[engine] = f"sqlite:///{folder / 'city.sqlite3'}"
            else:
                urls[engine] = stack.enter_context(postgresql.running(folder / "postgresql"))
            _seed(urls[engine], folder / f"{engine}.seeded")
        yield urls


def _seed(url: str, mark: Path) -> None:
    if mark.exists():
        return
    print(f"Seeding the demo city: {mark.stem} …", flush=True)
    migration.upgrade(url)
    seeds.load(url, force=True)
    if not url.startswith("sqlite"):
        # Else the server would do it by itself, in the middle of the measurement.
        asyncio.run(_settle(url))
    mark.touch()


async def _settle(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in ("VACUUM ANALYZE", "CHECKPOINT"):
            await connection.execute(statement)
    finally:
        await connection.close()


def _revision() -> str:
    """A digest of the code that decides what the database holds."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        for path in sorted((ROOT / source).rglob("*.py")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
