"""A teacher's sets on one connection of SQLite: of one snapshot, made once, never another teacher's."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.database.sqlite_sets import FEW, SLOTS, TeacherSets

PUPILS = "SELECT id FROM student WHERE +student.id IN (SELECT id FROM temp.own_pupil) ORDER BY id"


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = str(tmp_path / "school.sqlite3")
    with sqlite3.connect(made) as connection:
        connection.executescript(
            "PRAGMA journal_mode = WAL;"
            "CREATE TABLE homeroom_teacher (homeroom_id INTEGER, teacher_id INTEGER);"
            "CREATE TABLE homeroom_membership (student_id INTEGER, homeroom_id INTEGER);"
            "CREATE TABLE student (id INTEGER PRIMARY KEY);"
            "WITH RECURSIVE n(id) AS (SELECT 100 UNION ALL SELECT id + 1 FROM n WHERE id < 2000)"
            " INSERT INTO student SELECT id FROM n;"
            "CREATE TABLE scope_change (number INTEGER);"
            "CREATE TABLE read_log (id INTEGER);"
            "CREATE TRIGGER counts AFTER INSERT ON homeroom_membership"
            " BEGIN UPDATE scope_change SET number = number + 1; END;"
            "INSERT INTO scope_change VALUES (1);"
            "INSERT INTO homeroom_teacher VALUES (1, 7), (2, 8);"
            "INSERT INTO homeroom_membership VALUES (100, 1), (101, 1), (101, 1), (200, 2);"
        )
    connection.close()
    return made


@pytest.fixture
def reading(path: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA query_only = ON")
    yield connection
    connection.close()


def test_each_teacher_has_the_pupils_of_the_own_homerooms(reading: sqlite3.Connection) -> None:
    sets = TeacherSets(reading)
    assert sets.read(PUPILS, (), 7) == [(100,), (101,)]
    assert sets.read(PUPILS, (), 8) == [(200,)]
    assert sets.read(PUPILS, (), 9) == []
    assert sets.read(PUPILS, (), 7) == [(100,), (101,)]


def test_what_another_connection_writes_is_in_the_next_answer(path: str, reading: sqlite3.Connection) -> None:
    sets = TeacherSets(reading)
    sets.read(PUPILS, (), 7)
    with sqlite3.connect(path) as writing:
        writing.execute("DELETE FROM homeroom_membership WHERE student_id = 100")
        writing.execute("INSERT INTO homeroom_membership VALUES (102, 1)")
    writing.close()
    assert sets.read(PUPILS, (), 7) == [(101,), (102,)]


def test_sets_last_while_nothing_is_written(reading: sqlite3.Connection) -> None:
    sets, statements = TeacherSets(reading), list[str]()
    sets.read(PUPILS, (), 7)
    reading.set_trace_callback(statements.append)
    sets.read(PUPILS, (), 7)
    assert not any("INSERT" in statement for statement in statements)


def test_sets_last_while_what_is_written_tells_no_rows(path: str, reading: sqlite3.Connection) -> None:
    # Every read of a teacher's was followed by a second one that made all sets anew: the log of reads had been written.
    sets, statements = TeacherSets(reading), list[str]()
    sets.read(PUPILS, (), 7)
    with sqlite3.connect(path) as writing:
        writing.execute("INSERT INTO read_log VALUES (1)")
    writing.close()
    reading.set_trace_callback(statements.append)
    sets.read(PUPILS, (), 7)
    assert not any("INSERT" in statement for statement in statements)


def test_after_a_rollback_sets_are_made_anew(reading: sqlite3.Connection) -> None:
    sets = TeacherSets(reading)
    reading.execute("BEGIN")
    sets.read(PUPILS, (), 7)
    reading.execute("ROLLBACK")
    sets.forget()
    assert sets.read(PUPILS, (), 7) == [(100,), (101,)]


def test_a_statement_that_fails_leaves_neither_a_transaction_nor_half_a_set(reading: sqlite3.Connection) -> None:
    sets = TeacherSets(reading)
    with pytest.raises(sqlite3.OperationalError):
        sets.read(f"{PUPILS} nonsense", (), 7)
    assert not reading.in_transaction
    assert sets.read(PUPILS, (), 7) == [(100,), (101,)]


def test_the_connection_stays_one_that_only_reads(reading: sqlite3.Connection) -> None:
    TeacherSets(reading).read(PUPILS, (), 7)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.execute("DELETE FROM homeroom_membership")


def test_more_teachers_than_a_connection_keeps_sets_of_have_each_their_own(
    path: str, reading: sqlite3.Connection
) -> None:
    many = range(1_000, 1_001 + SLOTS)
    with sqlite3.connect(path) as writing:
        writing.executemany("INSERT INTO homeroom_teacher VALUES (?1, ?1)", [(teacher,) for teacher in many])
        writing.executemany("INSERT INTO homeroom_membership VALUES (?1, ?1)", [(teacher,) for teacher in many])
    writing.close()
    sets = TeacherSets(reading)
    for teacher in (*many, 7, *reversed(many), 8, *many):
        own = {7: [(100,), (101,)], 8: [(200,)]}.get(teacher, [(teacher,)])
        assert sets.read(PUPILS, (), teacher) == own


def test_the_sets_of_who_asked_last_are_kept(reading: sqlite3.Connection) -> None:
    sets, statements = TeacherSets(reading), list[str]()
    for teacher in (7, *range(1_000, 999 + SLOTS), 7, 2_000):
        sets.read(PUPILS, (), teacher)
    reading.set_trace_callback(statements.append)
    sets.read(PUPILS, (), 7)
    assert not any("INSERT" in statement for statement in statements)
    sets.read(PUPILS, (), 1_000)
    assert any("INSERT" in statement for statement in statements)


@pytest.mark.parametrize(("keys", "way"), [(FEW, "SEARCH student"), (FEW + 1, "SCAN student")])
def test_rows_are_found_by_a_set_of_few_keys_and_told_by_one_of_many(
    path: str, reading: sqlite3.Connection, keys: int, way: str
) -> None:
    with sqlite3.connect(path) as writing:
        pupils = [(100 + number, 3) for number in range(keys)]
        writing.execute("INSERT INTO homeroom_teacher VALUES (3, 9)")
        writing.executemany("INSERT INTO homeroom_membership VALUES (?, ?)", pupils)
    writing.close()
    sets = TeacherSets(reading)
    assert len(sets.read(PUPILS, (), 9)) == keys
    plan = sets.read(f"EXPLAIN QUERY PLAN {PUPILS}", (), 9)
    assert plan[0][3].startswith(way)


@pytest.mark.parametrize("missing", [None, 300])
def test_many_keys_are_told_alike_whether_or_not_one_is_missing_between_them(
    path: str, reading: sqlite3.Connection, missing: int | None
) -> None:
    own = [key for key in range(200, 202 + FEW) if key != missing]
    with sqlite3.connect(path) as writing:
        writing.execute("INSERT INTO homeroom_teacher VALUES (3, 9)")
        writing.executemany("INSERT INTO homeroom_membership VALUES (?, 3)", [(key,) for key in own])
    writing.close()
    sets = TeacherSets(reading)
    assert sets.read(PUPILS, (), 9) == [(key,) for key in own]
    looked_up = any("IN-OPERATOR" in step[3] for step in sets.read(f"EXPLAIN QUERY PLAN {PUPILS}", (), 9))
    assert looked_up is (missing is not None)
