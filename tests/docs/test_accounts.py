"""The commands of docs/accounts.md, in order, on a database of its own: what they print holds what the document shows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.identities.identities import REMEMBERED
from hub.identities.login_limits import CODES_OF_ACCOUNT, FROM_ADDRESS, OF_ACCOUNT
from hub.identities.second_factors import OFFER_LASTS
from hub.identities.sessions import HALF_LASTS
from hub.identities.tokens import DEFAULT_DAYS, MOST_DAYS
from hub.settings import Settings
from schema.identity.passwords import SHORTEST
from tests.conftest import Templates
from tests.docs.examples import ROOT, examples_in

DOCUMENT = ROOT / "docs" / "accounts.md"


def test_the_commands_print_what_the_document_shows(sqlite_templates: Templates, tmp_path: Path) -> None:
    url = sqlite_templates.engine.create(sqlite_templates.city().url)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HUB_DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PATH": path}
    shown = ""
    for example in examples_in(DOCUMENT):
        if example.language == "sh":
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", example.text],
                cwd=tmp_path,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            shown = done.stdout
        else:
            for line in example.text.splitlines():
                assert line in shown


def test_the_numbers_of_the_document_are_those_of_the_hub() -> None:
    text = " ".join(DOCUMENT.read_text().split())
    settings = Settings()
    for said in (
        f"after {DEFAULT_DAYS} days, or `--expires DAYS`, {MOST_DAYS} at most",
        f"for {REMEMBERED.total_seconds():g} seconds at most",
        f"at least {SHORTEST} characters",
        f"{FROM_ADDRESS.free} tries are free, then each doubles the wait, up to {FROM_ADDRESS.longest} seconds",
        f"{OF_ACCOUNT.free} tries are free, then up to {OF_ACCOUNT.longest} seconds",
        f"10 tries are free, then each doubles the wait, up to {CODES_OF_ACCOUNT.longest} seconds",
        f"from everywhere {CODES_OF_ACCOUNT.free} tries are free",
        f"from the password to the code | {HALF_LASTS.seconds // 60} minutes",
        f"from the picture to the first code | {OFFER_LASTS.seconds // 60} minutes",
        f"`HUB_SESSION_HOURS` ({settings.session_hours:g})",
        f"`HUB_SESSION_IDLE_MINUTES` ({settings.session_idle_minutes:g})",
        f"({settings.rate_limit:g}, in bursts of `HUB_RATE_BURST`, {settings.rate_burst})",
    ):
        assert said in text


@pytest.mark.parametrize("role", ["admin", "officer", "head", "teacher", "analyst", "integrator"])
def test_every_role_is_in_the_document(role: str) -> None:
    assert f"| `{role}` |" in DOCUMENT.read_text()
