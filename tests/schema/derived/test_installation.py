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


async def _differ(client: Client) -> bool:
    return any([await client.value(query) for query in derived.difference_queries().values()])


async def test_a_loader_drops_loads_refreshes_and_creates_again(city_database: Client) -> None:
    dialect = city_database.dialect
    async with city_database.transaction():
        await city_database.run_all(derived.drop_statements(dialect))
        await city_database.run(_UPDATE)
        assert await _differ(city_database)
        await city_database.run_all(derived.refresh_statements(dialect))
        assert not await _differ(city_database)
        await city_database.run_all(derived.create_statements(dialect))
    await city_database.run(_UPDATE)
    assert not await _differ(city_database)


async def test_a_difference_is_counted_row_by_row(city_database: Client) -> None:
    await city_database.run_all(derived.drop_statements(city_database.dialect))
    await city_database.run("UPDATE term_result SET registered = registered + 1 WHERE id = 1")
    await city_database.run("DELETE FROM student_year WHERE id = 1")
    differences = [await city_database.value(query) for query in derived.difference_queries().values()]
    assert differences == [2, 1]


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

    migration.run(own_city.url, lose)
    assert not migration.run(own_city.url, _installed)
    migration.upgrade(own_city.url)
    assert migration.run(own_city.url, _installed)
    queries = derived.difference_queries().values()
    found = migration.run(own_city.url, lambda connection: [connection.exec_driver_sql(q).scalar() for q in queries])
    assert found == [0, 0]


def test_no_other_engine_is_known() -> None:
    with pytest.raises(ValueError, match="give 'sqlite' or 'postgresql'"):
        derived.create_statements("oracle")
