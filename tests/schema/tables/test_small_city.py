from tests.engines import Client
from tests.small_city import SmallCity


async def test_the_small_city_is_written_alike_on_both_engines(small_city: SmallCity) -> None:
    async with Client.connect(small_city.url) as client:
        assert await client.value("SELECT count(*) FROM grade") == len(small_city.grades)
        names = await client.rows("SELECT family_name FROM student WHERE id = $1", small_city.students["thong"])
    assert names == [("ไทย\nแท้",)]


async def test_a_city_of_ones_own_may_be_changed(city_database: Client) -> None:
    async with city_database.transaction():
        await city_database.run("UPDATE school SET name = $1", "Renamed")
    assert await city_database.rows("SELECT DISTINCT name FROM school") == [("Renamed",)]
