"""After any writes at all, what is derived equals a recomputation."""

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema import derived
from schema.tables.learning import Stage
from tests.engines import Client, Refusal
from tests.schema.derived.oracle import read_stored, recompute
from tests.small_city import SmallCity

_Write: TypeAlias = tuple[str, tuple[Any, ...]]

# The small city numbers its rows from 1 without gaps; a few keys beyond hit no row, or break a reference.
_GRADES = st.integers(1, 32)
_STUDENTS = st.integers(1, 11)
_SECTIONS = st.integers(1, 24)
_SUBJECTS = st.integers(1, 16)
_LEVELS = st.integers(1, 15)
_YEARS = st.integers(1, 3)
_TERMS = st.none() | st.integers(1, 7)
_ENROLLMENTS = st.integers(1, 18)
_SCHOOLS = st.integers(1, 2)
_CODES = st.integers(1, 12)
_CREDITS = st.integers(0, 20).map(lambda halves: Decimal(halves) / 2)
_POINTS = st.none() | st.integers(0, 8).map(lambda halves: Decimal(halves) / 2)
_DAYS = st.dates(date(2016, 5, 1), date(2019, 5, 31))
_FLAGS = st.booleans()
_STAGES = st.sampled_from([stage.value for stage in Stage])


def _writes(sql: str, *values: st.SearchStrategy[Any]) -> st.SearchStrategy[_Write]:
    return st.tuples(st.just(sql), st.tuples(*values))


_OF_SECTION = "FROM section WHERE section.id = $1"
_ANY_ENGINE = (
    _writes("UPDATE grade SET code_id = $1 WHERE id = $2", st.none() | _CODES, _GRADES),
    _writes("UPDATE grade SET first_code_id = $1 WHERE id = $2", st.none() | _CODES, _GRADES),
    _writes("UPDATE grade SET credits = $1 WHERE id = $2", _CREDITS, _GRADES),
    _writes("UPDATE grade SET student_id = $1 WHERE id = $2", _STUDENTS, _GRADES),
    _writes("UPDATE grade SET credits = credits + 0.5, code_id = $1 WHERE academic_year_id = $2", _CODES, _YEARS),
    _writes(
        "UPDATE grade SET section_id = section.id, subject_id = section.subject_id,"
        f" academic_year_id = section.academic_year_id {_OF_SECTION} AND grade.id = $2",
        _SECTIONS,
        _GRADES,
    ),
    _writes(
        "INSERT INTO grade (student_id, section_id, subject_id, academic_year_id, credits, code_id, attempt)"
        f" SELECT $2, id, subject_id, academic_year_id, $3, $4, 0 {_OF_SECTION}",
        _SECTIONS,
        _STUDENTS,
        _CREDITS,
        st.none() | _CODES,
    ),
    _writes("DELETE FROM grade WHERE id = $1", _GRADES),
    _writes(
        "DELETE FROM grade WHERE id NOT IN (SELECT grade_id FROM grade_event UNION SELECT grade_id FROM attendance)"
    ),
    _writes(
        "INSERT INTO grade_event (grade_id, sequence, kind, code_id, score, at)"
        " VALUES ($1, $2, $3, $4, $5, '2018-10-01T00:00:00.000+00:00')",
        _GRADES,
        st.integers(1, 6),
        st.sampled_from(["INITIAL", "RESIT", "RESOLVE", "REPEAT", "CORRECTION"]),
        _CODES,
        st.none() | st.integers(0, 100).map(Decimal),
    ),
    _writes("DELETE FROM school_enrollment WHERE id = $1", _ENROLLMENTS),
    _writes("UPDATE school_enrollment SET entry_on = $1 WHERE id = $2", _DAYS, _ENROLLMENTS),
    _writes("UPDATE school_enrollment SET exit_on = $1 WHERE id = $2", st.none() | _DAYS, _ENROLLMENTS),
    _writes("UPDATE school_enrollment SET academic_year_id = $1 WHERE id = $2", _YEARS, _ENROLLMENTS),
    _writes("UPDATE school_enrollment SET grade_level_id = $1, school_id = $2", _LEVELS, _SCHOOLS),
    _writes("UPDATE school_enrollment SET student_id = $1 WHERE id = $2", _STUDENTS, _ENROLLMENTS),
    _writes(
        "INSERT INTO school_enrollment (student_id, school_id, academic_year_id, grade_level_id, entry_on, exit_on)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        _STUDENTS,
        _SCHOOLS,
        _YEARS,
        _LEVELS,
        _DAYS,
        st.none() | _DAYS,
    ),
    _writes("UPDATE section SET term_id = $1 WHERE id = $2", _TERMS, _SECTIONS),
    _writes("UPDATE section SET term_id = NULL"),
    _writes("UPDATE subject SET grade_level_id = $1 WHERE id = $2", _LEVELS, _SUBJECTS),
    _writes("UPDATE subject SET grade_level_id = $1", _LEVELS),
    _writes("UPDATE grade_level SET stage = $1 WHERE id = $2", _STAGES, _LEVELS),
    _writes("UPDATE grade_level SET stage = $1", _STAGES),
    _writes("UPDATE grade_code SET points = $1 WHERE id = $2", _POINTS, _CODES),
    _writes(
        "UPDATE grade_code SET counts_as_attempted = $1, counts_as_earned = $2, is_pending = $3 WHERE id = $4",
        _FLAGS,
        _FLAGS,
        _FLAGS,
        _CODES,
    ),
    _writes("UPDATE grade_code SET counts_in_gpa = $1 WHERE id = $2", _FLAGS, _CODES),
    _writes("UPDATE academic_year SET census_on = $1 WHERE id = $2", _DAYS, _YEARS),
    _writes("UPDATE academic_year SET be_year = $1 WHERE id = $2", st.integers(2558, 2563), _YEARS),
    _writes("DELETE FROM student WHERE id = $1", _STUDENTS),
    _writes("UPDATE term_result SET zeros = zeros + $1", st.integers(0, 2)),
    _writes("DELETE FROM student_year WHERE student_id = $1", _STUDENTS),
    _writes("DELETE FROM term_result WHERE academic_year_id = $1", _YEARS),
)
_ON_SQLITE = (
    _writes(
        "INSERT OR REPLACE INTO grade"
        " (id, student_id, section_id, subject_id, academic_year_id, credits, code_id, attempt)"
        f" SELECT $2, $3, id, subject_id, academic_year_id, $4, $5, 0 {_OF_SECTION}",
        _SECTIONS,
        _GRADES,
        _STUDENTS,
        _CREDITS,
        st.none() | _CODES,
    ),
    _writes("UPDATE OR REPLACE grade SET student_id = $1 WHERE id = $2", _STUDENTS, _GRADES),
    _writes(
        "REPLACE INTO section (id, subject_id, academic_year_id, term_id, number, planned_hours)"
        f" SELECT id, subject_id, academic_year_id, $2, number, 1 {_OF_SECTION}",
        _SECTIONS,
        _TERMS,
    ),
    _writes(
        "REPLACE INTO school_enrollment (id, student_id, school_id, academic_year_id, grade_level_id, entry_on)"
        " VALUES ($1, $2, 1, $3, $4, $5)",
        _ENROLLMENTS,
        _STUDENTS,
        _YEARS,
        _LEVELS,
        _DAYS,
    ),
    _writes(
        "REPLACE INTO grade_level (id, code, name, name_th, ordinal, stage, basis)"
        " SELECT id, code, name, name_th, ordinal, $1, basis FROM grade_level WHERE id = $2",
        _STAGES,
        _LEVELS,
    ),
    _writes(
        "REPLACE INTO academic_year (id, be_year, starts_on, ends_on, census_on)"
        " SELECT id, be_year, starts_on, ends_on, $1 FROM academic_year WHERE id = $2",
        _DAYS,
        _YEARS,
    ),
    _writes(
        "REPLACE INTO grade_code SELECT id, updated_at, label, name, name_th, ordinal, $1, min_score,"
        " 1, 1, 1, 1, 0, name_th_sort FROM grade_code WHERE id = $2",
        _POINTS,
        _CODES,
    ),
    _writes(
        "REPLACE INTO subject SELECT id, updated_at, school_id, code, name, name_th, credits, kind, curriculum_id,"
        " learning_area_id, $1, name_th_sort FROM subject WHERE id = $2",
        _LEVELS,
        _SUBJECTS,
    ),
    _writes("REPLACE INTO term_result SELECT * FROM term_result WHERE id = $1", st.integers(1, 20)),
)


@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
async def test_what_is_derived_equals_a_recomputation_after_any_writes(
    own_city: SmallCity, data: st.DataObject
) -> None:
    async with Client.connect(own_city.url) as client:
        known = _ANY_ENGINE + (_ON_SQLITE if client.dialect == "sqlite" else ())
        writes = data.draw(st.lists(st.one_of(known), min_size=1, max_size=12))
        await client.run("BEGIN")
        for sql, values in writes:
            await client.run("SAVEPOINT before")
            try:
                await client.run(sql, *values)
            except Refusal:
                await client.run("ROLLBACK TO SAVEPOINT before")
            assert await read_stored(client) == await recompute(client), sql
        queries = derived.difference_queries(client.dialect).items()
        differences = {table: await client.value(query) for table, query in queries}
        await client.run("ROLLBACK")
    assert not any(differences.values()), differences
