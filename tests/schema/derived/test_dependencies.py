"""Each column that something is derived from, written alone."""

import pytest

from schema.derived.dependencies import RECORDS, REFERENCES
from tests.engines import Client
from tests.schema.derived.oracle import read_stored, recompute

_GRADE = "WHERE student_id = (SELECT id FROM student WHERE given_name = 'ชูใจ') AND attempt = 2"
_ENROLLED = "WHERE exit_on IS NULL AND student_id = (SELECT id FROM student WHERE given_name = 'ชูใจ')"
_NEXT_STUDENT = "(SELECT id FROM student WHERE given_name = 'อก')"
_OTHER_SECTION = "(SELECT min(id) FROM section WHERE subject_id = grade.subject_id AND academic_year_id = 3)"

# Each changes what is derived; those of several columns are ones that a foreign key ties together.
_WRITES = {
    ("grade", "student_id"): f"UPDATE grade SET student_id = {_NEXT_STUDENT} {_GRADE}",
    ("grade", "section_id"): f"UPDATE grade SET section_id = {_OTHER_SECTION}, academic_year_id = 3 {_GRADE}",
    ("grade", "academic_year_id"): f"UPDATE grade SET section_id = {_OTHER_SECTION}, academic_year_id = 3 {_GRADE}",
    ("grade", "subject_id"): "UPDATE grade SET (section_id, subject_id) = "
    "(SELECT id, subject_id FROM section WHERE term_id IS NULL AND academic_year_id = 1 ORDER BY id LIMIT 1) " + _GRADE,
    ("grade", "credits"): f"UPDATE grade SET credits = credits + 1 {_GRADE}",
    ("grade", "code_id"): f"UPDATE grade SET code_id = 1 {_GRADE}",
    ("grade", "first_code_id"): f"UPDATE grade SET first_code_id = 1 {_GRADE}",
    ("school_enrollment", "student_id"): "UPDATE school_enrollment SET student_id = "
    "(SELECT id FROM student WHERE given_name = 'วีระ') WHERE id IN "
    f"(SELECT id FROM school_enrollment {_ENROLLED})",
    (
        "school_enrollment",
        "academic_year_id",
    ): "UPDATE school_enrollment SET academic_year_id = 2 WHERE entry_on = '2016-05-16'",
    ("school_enrollment", "school_id"): f"UPDATE school_enrollment SET school_id = 1 {_ENROLLED}",
    ("school_enrollment", "grade_level_id"): f"UPDATE school_enrollment SET grade_level_id = 1 {_ENROLLED}",
    ("school_enrollment", "entry_on"): f"UPDATE school_enrollment SET entry_on = '2018-06-11' {_ENROLLED}",
    ("school_enrollment", "exit_on"): f"UPDATE school_enrollment SET exit_on = '2018-06-10' {_ENROLLED}",
    ("section", "term_id"): "UPDATE section SET term_id = NULL WHERE term_id = 1",
    ("subject", "grade_level_id"): "UPDATE subject SET grade_level_id = 1 WHERE code = 'ค21101'",
    ("grade_level", "stage"): "UPDATE grade_level SET stage = 'PRIMARY' WHERE code = 'ม.1'",
    ("grade_code", "points"): "UPDATE grade_code SET points = 0 WHERE label = '1'",
    ("grade_code", "counts_as_attempted"): "UPDATE grade_code SET counts_as_attempted = false WHERE label = '1'",
    ("grade_code", "counts_as_earned"): "UPDATE grade_code SET counts_as_earned = false WHERE label = '1'",
    ("grade_code", "counts_in_gpa"): "UPDATE grade_code SET counts_in_gpa = false WHERE label = '1'",
    ("grade_code", "is_pending"): "UPDATE grade_code SET is_pending = true WHERE label = '1'",
    ("academic_year", "be_year"): "UPDATE academic_year SET be_year = 2570 WHERE be_year = 2559",
    ("academic_year", "census_on"): "UPDATE academic_year SET census_on = '2018-06-11' WHERE be_year = 2561",
}


def test_every_column_that_something_is_derived_from_is_written() -> None:
    assert set(_WRITES) == {(rule.table, column) for rule in (*RECORDS, *REFERENCES) for column in rule.columns}


@pytest.mark.parametrize("write", _WRITES.values(), ids=map(".".join, _WRITES))
async def test_a_write_of_one_column_changes_what_is_derived_from_it(city_database: Client, write: str) -> None:
    before = await read_stored(city_database)
    await city_database.run(write)
    after = await read_stored(city_database)
    assert after == await recompute(city_database)
    assert after != before
