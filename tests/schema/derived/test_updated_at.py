import re
from datetime import UTC, datetime, timedelta

from schema.tables import tables
from schema.tables.declaration import Kind
from tests.engines import Client

# Events are never updated, and the derived tables by no one but the database.
_UPDATED = [
    str(model.__tablename__)
    for model in tables()
    if model.about.kind is not Kind.DERIVED and str(model.__tablename__) != "grade_event"
]


async def _moment(client: Client, table: str, key: int) -> datetime:
    return datetime.fromisoformat(await client.value(f"SELECT updated_at FROM {table} WHERE id = $1", key))


async def test_raw_sql_that_says_nothing_of_updated_at_sets_it_to_the_present(city_database: Client) -> None:
    for table in _UPDATED:
        key = await city_database.value(f"SELECT min(id) FROM {table}")
        before = await _moment(city_database, table, key)
        await city_database.run(f"UPDATE {table} SET id = id WHERE id = $1", key)
        after = await _moment(city_database, table, key)
        assert before < after, table
        assert abs(datetime.now(UTC) - after) < timedelta(minutes=1), table


async def test_an_update_may_say_what_updated_at_is(city_database: Client) -> None:
    told = datetime(2030, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    await city_database.run("UPDATE school SET updated_at = $1 WHERE id = 1", told)
    assert await _moment(city_database, "school", 1) == told


async def test_updated_at_grows_with_every_update_even_within_a_millisecond(city_database: Client) -> None:
    ahead = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    await city_database.run("UPDATE school SET updated_at = $1 WHERE id = 1", ahead)
    for _ in range(3):
        await city_database.run("UPDATE school SET name = name WHERE id = 1")
    assert await _moment(city_database, "school", 1) == ahead + timedelta(milliseconds=3)


async def test_sqlite_keeps_one_text_for_moments(city_database: Client) -> None:
    await city_database.run("UPDATE school SET name = name")
    texts = [row[0] for row in await city_database.rows("SELECT updated_at FROM school")]
    if city_database.dialect == "sqlite":
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", text) for text in texts)
    assert all(datetime.fromisoformat(text).utcoffset() == timedelta(0) for text in texts)


async def test_a_result_that_stays_true_keeps_its_key_and_its_moment(city_database: Client) -> None:
    query = "SELECT id, updated_at FROM term_result WHERE student_id <> $1 ORDER BY id"
    pupil = await city_database.value("SELECT min(student_id) FROM term_result")
    before = await city_database.rows(query, pupil)
    await city_database.run("UPDATE grade SET credits = credits + 1 WHERE student_id = $1", pupil)
    await city_database.run("UPDATE academic_year SET census_on = census_on")
    assert await city_database.rows(query, pupil) == before


async def test_a_result_that_changes_keeps_its_key(city_database: Client) -> None:
    keys = await city_database.rows("SELECT id FROM term_result ORDER BY id")
    await city_database.run("UPDATE grade SET credits = credits + 1")
    assert await city_database.rows("SELECT id FROM term_result ORDER BY id") == keys
