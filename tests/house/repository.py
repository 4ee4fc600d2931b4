"""The repository as its own tests read it."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("admin", "hub", "migrations", "schema", "seeds")


def project() -> dict[str, Any]:
    """Return pyproject.toml, parsed."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def modules() -> list[Path]:
    """Return every Python file of the installed packages."""
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if "ide" not in file.parts)


def committed() -> list[Path]:
    """Return every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
