"""What is at a SQLite file's path and is no database that can be used, alike for the service and its commands."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hub import migration
from hub.database import Address, Database
from hub.database.errors import DatabaseUnreachableError, FileUnusableError
from hub.database.file import refusal_of

ADDRESS = Address.parse("sqlite:///records.db")


async def refused_by_the_service(path: Path) -> str:
    with pytest.raises(FileUnusableError) as refusal:
        await Database.open(Address.parse(f"sqlite:///{path}"), readers=1)
    return str(refusal.value)


async def test_a_folder_is_told_to_name_a_file(tmp_path: Path) -> None:
    told = await refused_by_the_service(tmp_path)
    assert f"{tmp_path} is a folder" in told
    assert f"sqlite:///{tmp_path}/hub.sqlite3" in told


def test_the_commands_tell_the_same_of_a_folder(tmp_path: Path) -> None:
    for command in (migration.upgrade, migration.check):
        with pytest.raises(FileUnusableError, match="is a folder"):
            command(f"sqlite:///{tmp_path}")


async def test_a_text_is_told_to_be_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "text.db"
    path.write_text("This is a text. " * 100)
    told = await refused_by_the_service(path)
    assert "move this one away and run `hub migrate`" in told
    assert "Start it" not in told
    with pytest.raises(FileUnusableError, match="move this one away"):
        migration.upgrade(f"sqlite:///{path}")
    assert path.read_text() == "This is a text. " * 100


@pytest.mark.parametrize("name", ["SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR"])
def test_a_file_that_may_not_be_written_is_told_which_right_it_needs(name: str) -> None:
    error = sqlite3.OperationalError("attempt to write a readonly database")
    error.sqlite_errorcode = getattr(sqlite3, name) | 0x200  # an extended code
    told = str(refusal_of(ADDRESS, error))
    assert "records.db" in told
    assert "the right to write" in told


def test_a_damaged_file_is_told_to_be_replaced() -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    assert "backup" in str(refusal_of(ADDRESS, error))


def test_any_other_error_is_the_drivers_own_word() -> None:
    refusal = refusal_of(ADDRESS, sqlite3.OperationalError("database is locked"))
    assert type(refusal) is DatabaseUnreachableError
    assert "database is locked" in str(refusal)


AS_NOBODY = """
import asyncio, os, sys
from hub import migration
from hub.database import Address, Database
from hub.errors import HubError

def opened(url):
    asyncio.run(Database.open(Address.parse(url), readers=1))

if os.geteuid() == 0:  # who may write everything
    os.seteuid(65534)
for use in (opened, migration.upgrade):
    try:
        use(sys.argv[1])
    except HubError as error:
        print(type(error).__name__, error)
"""


def test_a_file_that_may_only_be_read_is_told_which_right_is_needed() -> None:
    # Not under pytest's own folder, which nobody else may enter.
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "hub.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE anything (id INTEGER)")
        connection.close()
        path.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, f"sqlite:///{path}"], capture_output=True, text=True, check=False
        )
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()
    assert len(told) == 2
    assert all(line.startswith("FileUnusableError") and "the right to write" in line for line in told), told
