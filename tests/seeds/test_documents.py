"""The documents show what the demo city answers."""

import pytest

from tests.docs.examples import ROOT, Answered, answered_in
from tests.schema.asking import open_asker

ANSWERED = [*answered_in(ROOT / "README.md"), *answered_in(ROOT / "docs" / "indicators.md")]


@pytest.mark.parametrize("example", ANSWERED, ids=str)
async def test_a_document_shows_what_the_demo_city_answers(full_city_url: str, example: Answered) -> None:
    asker = await open_asker(full_city_url)
    try:
        assert await asker.data(example.query.text) == example.answer
    finally:
        await asker.database.close()


def test_the_readme_and_every_part_of_the_figures_show_an_answer() -> None:
    assert len(ANSWERED) == 5
