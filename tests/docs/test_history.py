"""The commands and the query of docs/history.md, on both engines."""

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.examples import ROOT, examples_in
from tests.hub.cli.test_commands import PROGRAM
from tests.schema.asking import open_asker
from tests.small_city import SmallCity

DOCUMENT = ROOT / "docs" / "history.md"


def test_the_commands_print_what_the_document_shows(own_city: SmallCity, tmp_path: Path) -> None:
    commands, shown = (
        next(one.text for one in examples_in(DOCUMENT) if one.language == kind) for kind in ("sh", "text")
    )
    hub = tmp_path / "hub"
    hub.write_text(f'#!{sys.executable}\nimport sys\nsys.path.insert(0, "{ROOT}")\n{PROGRAM}\n')
    hub.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HUB_DATABASE_URL": own_city.url}

    def run(script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    done = run(commands)
    assert done.returncode == 0, done.stderr
    for line in shown.splitlines():
        assert line in done.stdout
    head = done.stdout.split()[-1]
    assert "The head that was kept is link" in run(f"hub history verify --head {head}").stdout
    refused = run(f"hub history verify --head {'0' * 63}1")
    assert refused.returncode == 1
    assert "is in no link" in refused.stderr


async def test_an_administrator_asks_for_changes_as_the_document_does(small_city: SmallCity) -> None:
    query = next(one.text for one in examples_in(DOCUMENT) if one.language == "graphql")
    ask = await open_asker(small_city.url)
    try:
        (node,) = (await ask.data(query))["changes"]["nodes"]
    finally:
        await ask.database.close()
    assert node["key"] == '{"school":"3083000002","code":"ท21101","curriculum":"2551"}'
    assert (node["table"], node["operation"], node["before"], node["face"]) == ("subject", "INSERT", None, "SQL")
    assert node["actor"] == {"username": None}
    assert '"credits":1.5' in node["after"]
