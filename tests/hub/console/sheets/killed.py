"""A program that prepares an import and then, time after time, is killed in the middle of committing it.

`killed.py URL FOLDER TIMES`: for each time it forks a process that commits the same plan, kills it after a while, and
prints how many of the rows are there. Run by its test, in a process of its own.
"""

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hub.console.sheets.database import take_table
from hub.console.sheets.importing import Importer
from hub.console.sheets.store import Import, ImportStore, Stage
from hub.database import Address, Database
from hub.history.verifying import verify
from schema.policy import Identity, Reach, Role, Scope
from tests.hub.console.sheets.sending import sheet, subject

WHO = Identity("account:1", "malee", Role.ADMIN, Scope(Reach.ALL), "testing")
_RECORDED = "SELECT count(*) FROM change_log WHERE face = 'IMPORT' AND actor_key = 'account:1'"
_LIKE = "SELECT count(*) FROM subject WHERE name LIKE 'Killed%'"


def file() -> bytes:
    """A file of many new subjects."""
    places = [(stage, year) for stage, years in ((1, 6), (2, 3), (3, 3)) for year in range(1, years + 1)]
    lines: list[str] = []
    for stage, year in places:
        level = f"ป.{year}" if stage == 1 else f"ม.{year + (3 if stage == 3 else 0)}"
        lines += [
            subject(f"ท{stage}{year}2{number:02}", f"Killed {number}", level, kind="ADDITIONAL")
            for number in range(1, 100)
        ]
    return sheet(*lines)


async def prepare(url: str, store: ImportStore) -> Import:
    database = await Database.open(Address.parse(url), readers=1)
    work = store.begin("nobody", "subject", "s.csv")
    work.upload.write_bytes(file())
    await Importer(database, WHO, work).preview()
    if work.state.stage is not Stage.READY:
        raise SystemExit(str(work.state))
    await database.close()
    return work


async def commit(url: str, work: Import) -> None:
    database = await Database.open(Address.parse(url), readers=1)
    await Importer(database, WHO, work).commit()
    await database.close()
    if work.state.stage is not Stage.DONE:
        raise SystemExit(str(work.state))


async def count(url: str) -> int:
    database = await Database.open(Address.parse(url), readers=1)
    ((found,),) = await database.rows(_LIKE, identity=WHO)
    await database.close()
    return int(found)


def committing(url: str, work: Import) -> tuple[int, int]:
    """Commit in a process of its own: its number, and a pipe that says when its transaction has begun."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1

        async def taken(*arguments: Any) -> None:  # noqa: ANN401 - handed on
            await take_table(*arguments)
            os.write(writing, b"!")

        try:
            with patch("hub.console.sheets.importing.take_table", taken):
                asyncio.run(commit(url, work))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    return child, reading


def main(url: str, folder: str, times: int) -> None:
    work = asyncio.run(prepare(url, ImportStore(Path(folder))))
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    seen: list[int] = []
    killed = 0
    complaints: list[str] = []
    longest = 1.0
    for _ in range(times):
        child, reading = committing(url, work)
        os.read(reading, 1)
        os.close(reading)
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        found = asyncio.run(count(url))
        seen.append(found)
        complaints += asyncio.run(complaints_of_history(url))
        killed += os.WIFSIGNALED(status)
        if found:
            # It was quicker than the kill: kill sooner, and take the rows away again.
            longest = max(0.05, longest * 0.7)
            asyncio.run(undo(url))
    child, reading = committing(url, work)
    os.close(reading)
    os.waitpid(child, 0)
    told = {"seen": seen, "killed": killed, "whole": asyncio.run(count(url)), "recorded": asyncio.run(recorded(url))}
    complaints += asyncio.run(complaints_of_history(url))
    sys.stdout.write(json.dumps({**told, "complaints": complaints}))


async def complaints_of_history(url: str) -> list[str]:
    database = await Database.open(Address.parse(url), readers=1)
    verdict = await verify(database)
    await database.close()
    return verdict.complaints


async def recorded(url: str) -> int:
    """How many changes the history has of imports by whom these are."""
    database = await Database.open(Address.parse(url), readers=1)
    ((found,),) = await database.rows(_RECORDED)
    await database.close()
    return int(found)


async def undo(url: str) -> None:
    database = await Database.open(Address.parse(url), readers=1)
    async with database.writing() as connection:
        await connection.execute("DELETE FROM subject WHERE name LIKE 'Killed%'")
    await database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
