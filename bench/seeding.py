"""Seeding a database as a user does, `hub seed` in a process of its own, and what that took."""

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

_ROOT: Final = Path(__file__).parents[1]
_PEAK_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class SeedingFailedError(Exception):
    """`hub seed` did not end well."""


@dataclass(frozen=True, slots=True)
class Seeding:
    """What `hub seed` took: seconds from start to end, and the most memory that was resident at once."""

    seconds: float
    peak_bytes: int

    @classmethod
    def read(cls, mark: Path) -> Self:
        """What an earlier seeding took, from the file it left."""
        return cls(**json.loads(mark.read_text()))

    def write(self, mark: Path) -> None:
        """Leave a file that says the database is seeded."""
        mark.write_text(json.dumps(asdict(self)) + "\n")


def seed(url: str, *, scale: int) -> Seeding:
    """Fill a migrated database with ``scale`` cities; what was there is replaced. Raises SeedingFailedError."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    arguments = ("-c", "from hub.cli import main; main()", "seed", "--force", "--scale", str(scale))
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, *arguments], cwd=_ROOT, env={**environment, "HUB_DATABASE_URL": url}
    )
    # wait4, for only it tells what this one child used.
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SeedingFailedError(f"`hub seed --scale {scale}` ended with {process.returncode}.")
    return Seeding(time.perf_counter() - begun, used.ru_maxrss * _PEAK_UNIT)
