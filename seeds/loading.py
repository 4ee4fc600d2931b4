"""Loading the demo city into a database."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from seeds import world
from seeds.city import generate
from seeds.errors import SeedRefused
from seeds.writing import postgresql, sqlite
from seeds.writing.steps import Progress, Report

_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written: rows by table (those written row by row), and the seconds it took."""

    rows: Mapping[str, int]
    seconds: float


def load(
    url: str,
    *,
    scale: int = 1,
    seed: int = world.DEFAULT_SEED,
    force: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """Write reference data and four years of records of ``scale`` cities into a migrated database, all or nothing.

    ``url`` is ``sqlite:///FILE`` or ``postgresql://...``. The same ``seed`` gives the same rows on both engines. Raises
    SeedRefused where there are records, unless ``force`` replaces them; NotMigrated where there are no tables.
    """
    if not 1 <= scale <= world.MAX_SCALE:
        raise SeedRefused(f"There is no demo of {scale} cities. Choose a scale from 1 to {world.MAX_SCALE}.")
    started = time.perf_counter()
    report = Report(progress, scale)
    portions = generate(seed, scale)
    if url.startswith(_SQLITE):
        sqlite.write(url.removeprefix(_SQLITE), portions, report, force=force)
    else:
        asyncio.run(postgresql.write(url, portions, report, force=force))
    return Summary(dict(report.rows), time.perf_counter() - started)
