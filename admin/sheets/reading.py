"""The rows of a file, read by a process of its own that cannot take more than its limits."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeAlias

from admin.sheets.refused import SheetRefused

Cell: TypeAlias = str | date
"""A text; or a date that the sheet itself takes for one."""

_PROGRAM: Final = Path(__file__).with_name("reader.py")
_LONGEST_LINE: Final = 64 * 1024 * 1024
_EXITED: Final = 5  # seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a file may take: rows without the header, bytes unpacked and in memory, seconds of computing."""

    rows: int = 50_000
    bytes: int = 128 * 1024 * 1024
    memory: int = 768 * 1024 * 1024
    seconds: int = 30


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a file: its line as people count them, and its cells; none where the line is blank."""

    line: int
    cells: tuple[Cell, ...]


STANDARD_LIMITS: Final = Limits()


async def read_sheet(path: Path, name: str, limits: Limits = STANDARD_LIMITS) -> AsyncIterator[list[SheetRow]]:
    """The rows of a file that was sent under a name, in portions, its header first. Raises SheetRefused."""
    told = json.dumps({"rows": limits.rows, "bytes": limits.bytes, "memory": limits.memory, "seconds": limits.seconds})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-X", "utf8", str(_PROGRAM), str(path), name, told,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        limit=_LONGEST_LINE,
    )  # fmt: skip
    assert process.stdout is not None  # noqa: S101 - it was asked for
    is_whole = is_over = False
    try:
        async with asyncio.timeout(4 * limits.seconds):
            while line := await process.stdout.readline():
                said = json.loads(line)
                if "refused" in said:
                    raise SheetRefused(*said["refused"])
                is_whole = "end" in said
                if "rows" in said:
                    yield [_row(number, cells) for number, cells in said["rows"]]
            is_over = True
    except (TimeoutError, ValueError):
        is_whole = False
    finally:
        # One that ends by itself is not killed: that would take its end from who waits for it.
        if not is_over:
            with suppress(ProcessLookupError):
                process.kill()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _EXITED)
    if not is_whole:
        raise SheetRefused(
            "NEEDS_TOO_MUCH",
            "Reading the file takes more memory or time than is allowed. Copy the table, without empty rows and "
            "columns, into a new workbook and send that.",
            "การอ่านไฟล์ใช้หน่วยความจำหรือเวลาเกินกำหนด กรุณาคัดลอกเฉพาะตาราง ไม่รวมแถวและคอลัมน์ว่าง ไปยังสมุดงานใหม่แล้วส่งไฟล์นั้น",
        )


def _row(line: int, cells: list[str | dict[str, str]]) -> SheetRow:
    return SheetRow(line, tuple(cell if isinstance(cell, str) else date.fromisoformat(cell["day"]) for cell in cells))
