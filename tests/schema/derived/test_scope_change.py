"""What is kept of a teacher's rows holds while the number does: every write that can change them counts."""

import pytest

from schema import derived
from schema.derived.scope_change import NUMBER, read_by_sets
from tests.engines import Client
from tests.small_city import SmallCity

NOW = NUMBER.format(schema="")


def test_the_tables_and_columns_are_those_that_the_sets_read() -> None:
    assert read_by_sets() == {
        "section_teacher": ("section_id", "teacher_id"),
        "homeroom_teacher": ("homeroom_id", "teacher_id"),
        "teacher_assignment": ("school_id", "teacher_id"),
        "homeroom_membership": ("student_id", "homeroom_id"),
        "grade": ("student_id", "section_id"),
    }


@pytest.mark.parametrize("table", ["section_teacher", "homeroom_teacher", "teacher_assignment", "homeroom_membership"])
async def test_a_row_more_or_less_or_of_another_counts(city_database: Client, table: str) -> None:
    column = read_by_sets()[table][0]
    numbers = [await city_database.value(NOW)]
    row = await city_database.value(f"SELECT min(id) FROM {table}")
    for sql in (f"UPDATE {table} SET {column} = {column} WHERE id = $1", f"DELETE FROM {table} WHERE id = $1"):
        await city_database.run(sql, row)
        numbers.append(await city_database.value(NOW))
    assert numbers == sorted({*numbers})


async def test_a_registration_counts_and_a_result_does_not(city_database: Client) -> None:
    before = await city_database.value(NOW)
    grade = await city_database.value("SELECT min(id) FROM grade")
    await city_database.run("UPDATE grade SET credits = credits WHERE id = $1", grade)
    assert await city_database.value(NOW) == before
    await city_database.run("UPDATE grade SET student_id = student_id WHERE id = $1", grade)
    assert await city_database.value(NOW) > before


async def test_what_is_loaded_while_no_trigger_is_there_counts(city_database: Client) -> None:
    before = await city_database.value(NOW)
    await city_database.run_all(derived.drop_statements(city_database.dialect))
    await city_database.run("DELETE FROM homeroom_teacher")
    await city_database.run_all(derived.create_statements(city_database.dialect))
    assert await city_database.value(NOW) > before


async def test_writers_at_the_same_time_do_not_wait_for_each_other(own_city: SmallCity) -> None:
    # SQLite has one writer at a time anyway.
    async with Client.connect(own_city.url) as one, Client.connect(own_city.url) as other:
        if one.dialect == "sqlite":
            return
        before = await one.value(NOW)
        first, second = (row[0] for row in await one.rows("SELECT id FROM homeroom_teacher ORDER BY id LIMIT 2"))
        touch = "UPDATE homeroom_teacher SET teacher_id = teacher_id WHERE id = $1"
        await other.run("SET lock_timeout = '2s'")
        async with one.transaction():
            await one.run(touch, first)
            await other.run(touch, second)
        assert await one.value(NOW) == before + 2
