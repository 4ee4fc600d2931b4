import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from hub import migration
from hub.database.errors import (
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseOlderError,
    DatabaseUnreachableError,
    FileUnusableError,
)
from tests.small_city import SmallCity


def _write_revision(url: str, revision: str) -> None:
    def write(connection: Connection) -> None:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")

    migration.run(url, write)


def test_a_database_that_was_upgraded_is_as_the_program_expects(engine_url: str) -> None:
    migration.check(engine_url)
    assert migration.current_revision(engine_url) == migration.expected_revision()


def test_upgrading_twice_changes_nothing(engine_url: str) -> None:
    migration.upgrade(engine_url)
    migration.check(engine_url)


def test_a_database_without_tables_names_the_command_that_makes_them(blank_url: str) -> None:
    migration.run(blank_url, lambda _: None)
    assert migration.current_revision(blank_url) is None
    with pytest.raises(DatabaseOlderError, match="Run `hub migrate`"):
        migration.check(blank_url)


def test_a_newer_database_says_to_install_the_newer_hub(engine_url: str) -> None:
    _write_revision(engine_url, "9999")
    for work in (migration.check, migration.upgrade, lambda url: migration.downgrade(url, "base")):
        with pytest.raises(DatabaseNewerError, match="Install the newer hub"):
            work(engine_url)


def test_a_revision_that_does_not_exist_is_refused_and_nothing_changes(own_city: SmallCity) -> None:
    for work in (migration.upgrade, migration.downgrade):
        with pytest.raises(migration.UnknownRevisionError, match="The newest is"):
            work(own_city.url, "nonsense")
    migration.check(own_city.url)


def test_a_missing_file_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    for work in (migration.check, migration.current_revision, lambda url: migration.downgrade(url, "base")):
        with pytest.raises(DatabaseMissingError, match="Run `hub migrate`"):
            work(f"sqlite:///{path}")
    assert not path.exists()


def test_a_bare_path_is_a_sqlite_file_and_is_put_in_wal(tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite3"
    migration.upgrade(str(path))
    migration.check(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_file_that_is_no_database_is_told_to_be_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, though long enough to be taken for one. " * 20)
    with pytest.raises(FileUnusableError, match="not a database"):
        migration.upgrade(str(path))


def test_a_server_that_is_away_does_not_answer() -> None:
    with pytest.raises(DatabaseUnreachableError, match="does not answer"):
        migration.check("postgresql://nobody@127.0.0.1:1/hub")


def test_references_that_are_broken_undo_the_change(tmp_path: Path) -> None:
    path = tmp_path / "hub.sqlite3"
    migration.upgrade(str(path))

    def break_one(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO school (code, name, name_th, municipality_id, fraction_policy)"
            " VALUES ('3083000001', 'a', 'b', 99, 'CUT_OFF')"
        )

    with pytest.raises(migration.BrokenReferencesError, match="1 rows of school refer to rows that are not there"):
        migration.run(str(path), break_one)
    assert migration.run(str(path), lambda c: c.exec_driver_sql("SELECT count(*) FROM school").scalar()) == 0
