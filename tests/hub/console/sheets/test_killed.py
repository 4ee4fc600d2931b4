"""`kill -9` in the middle of an import, again and again: nothing is ever half imported."""

import asyncio
import json
import sys
from pathlib import Path

from tests.house.repository import ROOT
from tests.small_city import SmallCity

TIMES = 20
ROWS = 12 * 99


async def test_an_import_that_is_killed_has_written_nothing_or_all(own_city: SmallCity, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.hub.console.sheets.killed", own_city.url, str(tmp_path / "imports"), str(TIMES),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(300):
        out, _ = await process.communicate()
    told = json.loads(out.splitlines()[-1])
    assert len(told["seen"]) == TIMES
    assert set(told["seen"]) <= {0, ROWS}
    assert told["killed"] > TIMES // 4, "most were killed while they wrote"
    assert told["seen"].count(0) > TIMES // 4
    assert told["whole"] == ROWS, "in the end it is imported all the same"
    assert told["complaints"] == [], "the history says what the rows say"
    assert told["recorded"] == ROWS * (1 + sum(1 for found in told["seen"] if found))
