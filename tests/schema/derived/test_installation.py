from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from hub import migration
from schema import derived
from tests.engines import Client
from tests.small_city import SmallCity

_UPDATE = "UPDATE grade SET credits = credits + 1"


def _reader(connection: Connection) -> Callable[[str], list[str]]:
    return lambda query: list(connection.exec_driver_sql(query).scalars())


def _installed(connection: Connection) -> bool:
    return derived.is_installed(connection.dialect.name, _reader(connection))


async def _differences(client: Client) -> dict[str, int]:
    queries = derived.difference_queries(client.dialect).items()
    return {table: count for table, query in queries if (count := await client.value(query))}


async def test_a_loader_drops_loads_refreshes_and_creates_again(city_database: Client) -> None:
    dialect = city_database.dialect
    async with city_database.transaction():
        await city_database.run_all(derived.drop_statements(dialect))
        await city_database.run(_UPDATE)
        assert await _differences(city_database)
        await city_database.run_all(derived.refresh_statements(dialect))
        assert not await _differences(city_database)
        await city_database.run_all(derived.create_statements(dialect))
    await city_database.run(_UPDATE)
    assert not await _differences(city_database)


async def test_a_difference_is_counted_row_by_row(city_database: Client) -> None:
    await city_database.run_all(derived.drop_statements(city_database.dialect))
    await city_database.run("UPDATE term_result SET registered = registered + 1 WHERE id = 1")
    await city_database.run("DELETE FROM student_year WHERE id = 1")
    await city_database.run("UPDATE student SET given_name_sort = given_name")
    pupils = await city_database.value("SELECT count(*) FROM student")
    assert await _differences(city_database) == {"term_result": 2, "student_year": 1, "student": pupils}


async def test_dropping_twice_is_harmless(city_database: Client) -> None:
    for _ in range(2):
        await city_database.run_all(derived.drop_statements(city_database.dialect))


def test_an_upgrade_of_what_is_up_to_date_leaves_what_is_derived(own_city: SmallCity) -> None:
    assert migration.run(own_city.url, _installed)


def test_an_upgrade_puts_lost_triggers_back_and_recomputes(own_city: SmallCity) -> None:
    def lose(connection: Connection) -> None:
        for statement in derived.remains(connection.dialect.name, _reader(connection)):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_UPDATE)
        connection.exec_driver_sql("UPDATE student SET given_name = 'เอก'")

    migration.run(own_city.url, lose)
    assert not migration.run(own_city.url, _installed)
    migration.upgrade(own_city.url)
    assert migration.run(own_city.url, _installed)

    def count(connection: Connection) -> set[int | None]:
        queries = derived.difference_queries(connection.dialect.name).values()
        return {connection.exec_driver_sql(query).scalar() for query in queries}

    assert migration.run(own_city.url, count) == {0}


def test_no_other_engine_is_known() -> None:
    with pytest.raises(ValueError, match="give 'sqlite' or 'postgresql'"):
        derived.create_statements("oracle")
