"""The documents show what the demo city answers."""

import pytest

from tests.docs.examples import Question, all_questions, outcome
from tests.schema.asking import open_asker

ANSWERED = [question for question in all_questions() if question.answered]


@pytest.mark.parametrize("question", ANSWERED, ids=str)
async def test_a_document_shows_what_the_demo_city_answers(full_city_url: str, question: Question) -> None:
    query, variables = question.ask_with({})
    asker = await open_asker(full_city_url)
    try:
        assert outcome(await asker.response(query, **variables)) == question.answer
    finally:
        await asker.database.close()


def test_the_readme_and_every_part_of_the_figures_show_an_answer() -> None:
    assert sum(question.asked.document in ("README.md", "docs/indicators.md") for question in ANSWERED) == 5
