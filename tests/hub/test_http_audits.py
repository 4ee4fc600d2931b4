"""The audits of the npm package `graphql-http` against a real server; they are the specification's own words."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hub.serving import served

AUDITS = Path(__file__).parent / "audits"


@pytest.fixture(scope="session")
def audit_suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The suite, installed from its lock file into a folder of its own."""
    if shutil.which("npm") is None:
        pytest.skip("The 61 GraphQL-over-HTTP audits were NOT run: they need Node (npm is not on the PATH).")
    folder = tmp_path_factory.mktemp("audits")
    for name in ("package.json", "package-lock.json", "audit.mjs"):
        shutil.copy(AUDITS / name, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_all_audits_of_graphql_over_http_pass(audit_suite: Path, sqlite_url: str, tmp_path: Path) -> None:
    with served(["-m", "tests.hub.serve_tiny"], tmp_path, {"HUB_DATABASE_URL": sqlite_url}) as server:
        done = subprocess.run(
            ["node", "audit.mjs", f"{server.base_url}/graphql"],
            cwd=audit_suite,
            capture_output=True,
            text=True,
            check=True,
        )
    audits = json.loads(done.stdout)
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == 61
