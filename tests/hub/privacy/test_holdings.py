"""Everything held on a pupil is found by the declarations, on both engines, and every read of it."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from hub import migration
from hub.database import Address, Database
from hub.privacy import FoundPupil, everything_on, find_pupil
from hub.privacy.holdings import tables_about_pupils
from hub.privacy.pupils import PupilUnknownError
from hub.read_log import Entry, ReadLog
from schema.policy import Identity, Reach, Role, Scope
from tests.engines import Client
from tests.small_city import SmallCity

WHO = Identity("token:3", "Dashboard", Role.INTEGRATOR, Scope(Reach.ALL), "attendance letters")


async def test_all_of_a_pupils_rows_are_told_and_nobody_elses(small_city: SmallCity) -> None:
    pupil = small_city.students["chujai"]
    found = migration.run(
        small_city.url, lambda connection: everything_on(connection, find_pupil(connection, f"Student:{pupil}"))
    )
    held = found["held"]
    async with Client.connect(small_city.url) as client:
        for table in tables_about_pupils():
            column = {"student": "id", "grade_event": None, "attendance": None}.get(table.name, "student_id")
            condition = (
                f"{column} = {pupil}" if column else f"grade_id IN (SELECT id FROM grade WHERE student_id = {pupil})"
            )
            count = await client.value(f"SELECT count(*) FROM {table.name} WHERE {condition}")
            assert len(held.get(table.name, [])) == count, table.name
    assert held["student"][0]["given_name"] == "ชูใจ"
    assert held["student"][0]["birth_date"] == "2003-05-20"
    assert "given_name_sort" not in held["student"][0]
    grade = held["grade"][0]
    assert found["refersTo"]["subject"][str(grade["subject_id"])]["code"]
    assert found["refersTo"]["grade_code"]
    assert set(found["refersTo"].get("teacher", {"": {}}).popitem()[1]) <= {"staff_no"}
    orjson.dumps(found)


async def test_every_read_is_told_with_who_when_what_for_and_what(own_city: SmallCity) -> None:
    pupil, other = own_city.students["chujai"], own_city.students["wira"]
    database = await Database.open(Address.parse(own_city.url), readers=1)
    log = ReadLog(database)
    log.start()
    at = datetime(2018, 6, 10, 12, tzinfo=UTC)
    for pupils in ({pupil, other}, {other}):
        log.add(Entry(WHO, at, "Letters", "0" * 64, frozenset({"Student.sex"}), frozenset(pupils), "request-1"))
    await log.close()
    await database.close()
    found = await asyncio.to_thread(
        migration.run,
        own_city.url,
        lambda connection: everything_on(connection, find_pupil(connection, f"Student:{pupil}")),
    )
    assert found["reads"] == [
        {
            "at": "2018-06-10T12:00:00.000+00:00",
            "identity": "token:3",
            "name": "Dashboard",
            "role": "integrator",
            "purpose": "attendance letters",
            "operation": "Letters",
            "document": "0" * 64,
            "fields": ["Student.sex"],
            "pupils": 2,
            "requestId": "request-1",
        }
    ]


def test_a_pupil_is_named_by_id_or_by_school_and_number(small_city: SmallCity) -> None:
    def find(named: str) -> FoundPupil:
        return migration.run(small_city.url, lambda connection: find_pupil(connection, named))

    pupil = small_city.students["chujai"]
    for named in (f"Student:{pupil}", "3083000002/1"):
        assert find(named) == FoundPupil(pupil, "3083000002", "1")
    for named in ("Student:999999", "3083000002/none", "Grade:1", "x"):
        with pytest.raises(PupilUnknownError):
            find(named)


def test_a_table_that_is_declared_is_told_and_erased_by_itself(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "tests.hub.privacy.new_table", f"sqlite:///{tmp_path}/new.db"]
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    told = json.loads(done.stdout)
    assert told["held"]["visit"][0]["note"] == "มาเยี่ยม นิดา ดวงดี"
    assert told["held"]["visit_photo"][0]["caption"] == "นิดา ดวงดี กับแม่"
    assert told["counts"] == {"change_log": 6, "student": 1, "visit": 1, "visit_photo": 1}
    assert told["after"] == [[None, "FAMILY", "(erased)"]]
