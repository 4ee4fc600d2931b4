"""What the documents tell people to type."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.docs.examples import (
    COOKBOOK,
    ROOT,
    Question,
    all_examples,
    all_questions,
    anchors_of,
    documents,
    outcome,
    questions_in,
    refusals,
)
from tests.schema.asking import Asker, open_asker
from tests.small_city import SmallCity


@pytest.fixture
async def ask(small_city: SmallCity) -> AsyncIterator[Asker]:
    asker = await open_asker(small_city.url)
    yield asker
    await asker.database.close()


@pytest.mark.parametrize("question", all_questions(), ids=str)
async def test_a_query_in_a_document_is_answered(ask: Asker, question: Question) -> None:
    # The small city has no 2558.
    query, variables = question.ask_with({"2558": "2559"})
    response = await ask.response(query, **variables)
    assert bool(response["errors"]) is question.refused, response
    if question.refused:
        assert outcome(response) == question.answer


@pytest.mark.parametrize(("query", "argument"), refusals())
async def test_what_a_document_says_is_refused_is_refused_there(ask: Asker, query: str, argument: str) -> None:
    error = await ask.error(query)
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": argument}


def test_each_question_of_the_cookbook_shows_its_answer_and_what_to_notice() -> None:
    text = COOKBOOK.read_text()
    chapters = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    questions = questions_in(COOKBOOK)
    assert [int(chapter.split(".")[0]) for chapter in chapters] == list(range(1, 21))
    assert [q.asked.heading for q in questions] == [chapter.splitlines()[0] for chapter in chapters]
    assert all(q.answered and not q.refused for q in questions)
    assert all("\nNotice: " in chapter for chapter in chapters)


def test_each_link_of_a_document_leads_to_a_heading_or_a_file() -> None:
    for path in documents():
        for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", path.read_text()):
            to = path.parent / target if target else path
            assert to.exists(), f"{path}: {target}"
            if anchor:
                assert anchor in anchors_of(to), f"{path}: #{anchor}"


def test_each_make_target_in_a_document_exists() -> None:
    text = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    named = {name for example in all_examples("sh") for name in re.findall(r"\bmake ([a-z]+)", example.text)}
    assert named
    assert named <= targets


def test_each_hub_command_in_a_document_exists() -> None:
    help_text = subprocess.run(
        [Path(sys.executable).with_name("hub"), "--help"], capture_output=True, check=True, text=True
    ).stdout
    named = {name for example in all_examples("sh") for name in re.findall(r"\bhub ([a-z]+)", example.text)}
    assert named
    assert all(re.search(rf"\b{name}\b", help_text) for name in named)


def test_the_settings_of_the_readme_are_settings_of_the_hub() -> None:
    from hub.settings import Settings  # noqa: PLC0415 - this test's alone

    named = set(re.findall(r"`HUB_([A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert named <= {name.upper() for name in Settings.model_fields}
