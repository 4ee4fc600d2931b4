"""The commands of docs/personal-data.md, run in their order on both engines."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from hub.cli import prune_reads
from hub.settings import Settings
from schema.derived.append_only import KEPT_DAYS
from tests.docs.examples import ROOT, examples_in
from tests.hub.cli.test_commands import PROGRAM
from tests.small_city import SmallCity

DOCUMENT = ROOT / "docs" / "personal-data.md"
COMMANDS = [pair for pair in pairwise(examples_in(DOCUMENT)) if (pair[0].language, pair[1].language) == ("sh", "text")]


def test_each_command_prints_what_the_document_shows(own_city: SmallCity, tmp_path: Path) -> None:
    hub = tmp_path / "hub"
    hub.write_text(f'#!{sys.executable}\nimport sys\nsys.path.insert(0, "{ROOT}")\n{PROGRAM}\n')
    hub.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HUB_DATABASE_URL": own_city.url}
    assert len(COMMANDS) == 3
    for command, shown in COMMANDS:
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command.text],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        for line in shown.text.splitlines():
            assert line in done.stdout


def test_the_figures_of_the_document_are_those_of_the_hub() -> None:
    text = DOCUMENT.read_text()
    assert f"({KEPT_DAYS} days)" in text
    assert prune_reads.KEPT_DAYS == KEPT_DAYS
    assert f"`HUB_READ_LOG_PATIENCE` ({Settings().read_log_patience:g} s)" in text
