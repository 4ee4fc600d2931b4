"""What row triggers cannot go wrong with and statement triggers can: two writers at once, and many rows at once."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from schema import derived
from tests.conftest import Templates
from tests.engines import Client, PostgresqlClient, Refusal
from tests.small_city import SmallCity

_ENROLL = (
    "INSERT INTO school_enrollment (student_id, school_id, academic_year_id, grade_level_id, entry_on, exit_on)"
    " VALUES ($1, $2, $3, 10, '2017-09-01', $4)"
)
_EVENT = (
    "INSERT INTO grade_event (grade_id, sequence, kind, code_id, at)"
    " VALUES ($1, $2, $3, $4, '2018-10-01T12:00:00+00:00')"
)


@pytest.fixture
def city(postgresql_templates: Templates) -> Iterator[SmallCity]:
    template = postgresql_templates.city()
    url = postgresql_templates.engine.create(template.url)
    yield template.at(url)
    postgresql_templates.engine.drop(url)


@pytest.fixture
async def first(city: SmallCity) -> AsyncIterator[Client]:
    async with Client.connect(city.url) as client:
        yield client


@pytest.fixture
async def second(city: SmallCity) -> AsyncIterator[Client]:
    async with Client.connect(city.url) as client:
        yield client


async def _write_at_once(first: Client, second: Client, earlier: tuple[object, ...], later: tuple[object, ...]) -> None:
    """Both write in transactions of their own; the first commits only when the second waits for it, or is done."""
    await first.run("BEGIN")
    await second.run("BEGIN")
    await first.run(*earlier)  # type: ignore[arg-type]
    waiting = asyncio.ensure_future(second.run(*later))  # type: ignore[arg-type]
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(waiting), 0.3)
    await first.run("COMMIT")
    await waiting
    await second.run("COMMIT")


async def _differences(client: Client) -> dict[str, int]:
    queries = derived.difference_queries(client.dialect).items()
    return {table: count for table, query in queries if (count := await client.value(query))}


async def test_two_writers_of_one_pupils_grades_leave_the_sum_of_both(
    first: Client, second: Client, city: SmallCity
) -> None:
    sql = "UPDATE grade SET credits = credits + 1 WHERE id = $1"
    thai, maths = (city.grades["chujai", 2559, 1, code] for code in ("ท21101", "ค21101"))
    await _write_at_once(first, second, (sql, thai), (sql, maths))
    assert await _differences(first) == {}


async def test_a_grade_that_is_not_committed_yet_follows_its_section(
    first: Client, second: Client, city: SmallCity
) -> None:
    section = city.sections[2561, 1, "ค21101"]
    insert = (
        "INSERT INTO grade (student_id, section_id, subject_id, academic_year_id, credits, attempt)"
        " SELECT $1, id, subject_id, academic_year_id, 1, 0 FROM section WHERE id = $2"
    )
    move = "UPDATE section SET term_id = NULL WHERE id = $1"
    await _write_at_once(first, second, (insert, city.students["fa"], section), (move, section))
    assert await _differences(first) == {}


async def test_a_grade_given_while_its_section_moves_follows_it(first: Client, second: Client, city: SmallCity) -> None:
    section = city.sections[2561, 1, "ค21101"]
    move = "UPDATE section SET term_id = NULL WHERE id = $1"
    give = "UPDATE grade SET code_id = $1 WHERE section_id = $2"
    await _write_at_once(first, second, (move, section), (give, city.codes["4"], section))
    assert await _differences(first) == {}


async def test_a_grade_that_is_not_committed_yet_follows_its_code(
    first: Client, second: Client, city: SmallCity
) -> None:
    give = "UPDATE grade SET code_id = $1 WHERE id = $2"
    change = "UPDATE grade_code SET points = $1 WHERE id = $2"
    grade, code = city.grades["somsri", 2561, 2, "อ21101"], city.codes["4"]
    await _write_at_once(first, second, (give, code, grade), (change, Decimal("3.5"), code))
    assert await _differences(first) == {}
    await _write_at_once(first, second, (change, Decimal(3), code), (give, city.codes["3"], grade))
    assert await _differences(first) == {}


async def test_events_of_two_writers_are_both_counted(first: Client, second: Client, city: SmallCity) -> None:
    grade, code = city.grades["somsri", 2561, 2, "อ21101"], city.codes["0"]
    await _write_at_once(first, second, (_EVENT, grade, 2, "RESIT", code), (_EVENT, grade, 1, "INITIAL", code))
    assert await first.value("SELECT attempt FROM grade WHERE id = $1", grade) == 2


async def test_two_writers_do_not_enroll_a_pupil_twice(first: Client, second: Client, city: SmallCity) -> None:
    wira, year = city.students["wira"], city.years[2560]
    with pytest.raises(Refusal, match="may not overlap"):
        await _write_at_once(
            first,
            second,
            (_ENROLL, wira, city.schools["CITY"], year, date(2017, 9, 30)),
            (_ENROLL, wira, city.schools["WAT"], year, date(2017, 10, 1)),
        )


async def test_ten_thousand_grades_are_copied_with_one_recomputation(first: Client, city: SmallCity) -> None:
    assert isinstance(first, PostgresqlClient)
    pupils, sections = 500, 20
    await first.run(
        "INSERT INTO student (school_id, student_no, given_name, family_name, sex, birth_date)"
        " SELECT $1, 'C' || n, 'a', 'b', 'MALE', '2005-01-01' FROM generate_series(1, $2::int) AS n",
        city.schools["CITY"],
        pupils,
    )
    known = await first.rows("SELECT id FROM student WHERE student_no LIKE 'C%' ORDER BY id")
    taught = await first.rows("SELECT id, subject_id, academic_year_id FROM section ORDER BY id LIMIT $1", sections)
    grades = [
        (pupil, section, subject, year, Decimal(1), city.codes["4"], 1)
        for (pupil,) in known
        for section, subject, year in taught
    ]
    await first.run("CREATE TABLE recomputation (at text)")
    await first.run(
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN INSERT INTO recomputation VALUES (clock_timestamp()); RETURN NULL; END'"
    )
    await first.run("CREATE TRIGGER note AFTER INSERT ON term_result FOR EACH STATEMENT EXECUTE FUNCTION note()")
    columns = ["student_id", "section_id", "subject_id", "academic_year_id", "credits", "code_id", "attempt"]
    await first.raw.copy_records_to_table("grade", records=grades, columns=columns)
    assert len(grades) == 10_000
    assert await first.value("SELECT count(*) FROM recomputation") == 1
    assert await _differences(first) == {}


@pytest.mark.parametrize("table", ["term_result", "student_year"])
async def test_what_is_derived_is_true_again_after_it_is_truncated(first: Client, table: str) -> None:
    await first.run(f"TRUNCATE {table}")
    assert await first.value(f"SELECT count(*) FROM {table}") > 0
    assert await _differences(first) == {}


async def test_the_functions_look_for_tables_in_their_own_schema_first(first: Client) -> None:
    await first.run("CREATE TEMPORARY TABLE term_result AS SELECT * FROM term_result WITH NO DATA")
    await first.run("UPDATE public.grade SET credits = credits + 1")
    await first.run("DROP TABLE pg_temp.term_result")
    assert await _differences(first) == {}
