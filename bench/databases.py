"""The demo city on each engine and at each scale: seeded once, and kept until the code that makes it changes."""

import asyncio
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg  # type: ignore[import-untyped]

from bench import postgresql
from bench.seeding import Seeding, seed
from hub import migration
from schema.compiler.reading import Dialect

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "bench"
_SOURCES: Final = ("migrations", "schema/derived", "schema/rules", "schema/tables", "seeds")
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class City:
    """A seeded database: so many cities as the scale says, and what seeding it took."""

    url: str
    seeding: Seeding


@contextmanager
def seeded(engines: Sequence[Dialect], within: Path) -> Iterator[dict[Dialect, str]]:
    """The URL of a database at scale 1 on each engine; PostgreSQL serves until the block is left."""
    folder = _folder(within)
    with ExitStack() as stack:
        yield {engine: stack.enter_context(_city(engine, 1, folder)).url for engine in engines}


@contextmanager
def grown(scales: Sequence[int], within: Path) -> Iterator[dict[int, City]]:
    """A database at each scale, on PostgreSQL, each on a server of its own; they serve until the block is left."""
    folder = _folder(within)
    with ExitStack() as stack:
        yield {scale: stack.enter_context(_city(Dialect.POSTGRESQL, scale, folder)) for scale in scales}


@contextmanager
def _city(engine: Dialect, scale: int, folder: Path) -> Iterator[City]:
    name = f"{engine}-{scale}"
    with ExitStack() as stack:
        if engine is Dialect.SQLITE:
            url = f"sqlite:///{folder / name}.sqlite3"
        else:
            url = stack.enter_context(postgresql.running(folder / name))
        yield City(url, _seed_once(url, scale, folder / f"{name}.seeded"))


def _folder(within: Path) -> Path:
    folder = within.resolve() / f"city-{_revision()}"
    for older in folder.parent.glob(f"city-{'[0-9a-f]' * _DIGITS}"):
        if older != folder:
            shutil.rmtree(older)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _seed_once(url: str, scale: int, mark: Path) -> Seeding:
    if mark.exists():
        return Seeding.read(mark)
    print(f"Seeding {mark.stem} …", flush=True)
    migration.upgrade(url)
    seeding = seed(url, scale=scale)
    if not url.startswith("sqlite"):
        # Else the server would do it by itself, in the middle of the measurement.
        asyncio.run(_settle(url))
    seeding.write(mark)
    return seeding


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
    return digest.hexdigest()[:_DIGITS]
