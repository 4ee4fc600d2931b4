"""A browser for the tests: the one that is here, or Debian's, which is installed where we may.

`HUB_TEST_BROWSER` names another Chromium. `python -m tests.browser.chromium` says which one will be used.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_PLACES: Final = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
_PACKAGES: Final = ("chromium", "fonts-noto-core")
_SETTING: Final = "HUB_TEST_BROWSER"
_SECONDS: Final = 600

REQUIRED: Final = "HUB_TEST_BROWSER_REQUIRED"
"""Set where the tests must fail rather than be skipped when there is no browser."""

MISSING: Final = (
    "The console is tested in a real browser, and none is here. Install Chromium (on Debian: apt-get install "
    f"{' '.join(_PACKAGES)}) or Chrome, or name one in {_SETTING}."
)

ARGUMENTS: Final = (
    "--no-sandbox",  # containers have none to give, and it opens our own pages alone
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
)


class BrowserMissingError(Exception):
    """There is no browser, and none could be installed."""


@cache
def chromium() -> str:
    """The path of a Chromium, installed from Debian's packages if need be. Raises BrowserMissingError."""
    found = _find()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
        found = _find()
    if found is None:
        raise BrowserMissingError(MISSING)
    return found


def _find() -> str | None:
    told = os.environ.get(_SETTING)
    if told:
        return shutil.which(told)
    named = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return named or next((str(path) for path in _PLACES if path.exists()), None)


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *_PACKAGES)):
        done = subprocess.run(
            ["apt-get", "-qq", *command], env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        if done.returncode:
            raise BrowserMissingError(f"{MISSING}\napt-get {command[0]} said: {done.stderr.strip()[-500:]}")


if __name__ == "__main__":
    try:
        sys.stdout.write(f"The console is tested in {chromium()}\n")
    except BrowserMissingError as error:
        sys.exit(str(error))
