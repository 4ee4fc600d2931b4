"""The README shows what the demo city answers."""

from tests.docs.examples import readme_answer
from tests.schema.asking import open_asker


async def test_the_readme_shows_what_the_demo_city_answers(full_city_url: str) -> None:
    query, answer = readme_answer()
    asker = await open_asker(full_city_url)
    try:
        assert await asker.data(query) == answer
    finally:
        await asker.database.close()
