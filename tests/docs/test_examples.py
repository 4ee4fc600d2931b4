"""What the documents tell people to type."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.docs.examples import ROOT, Example, all_examples
from tests.schema.asking import Asker, open_asker
from tests.small_city import SmallCity


@pytest.fixture
async def ask(small_city: SmallCity) -> AsyncIterator[Asker]:
    asker = await open_asker(small_city.url)
    yield asker
    await asker.database.close()


@pytest.mark.parametrize("example", all_examples("graphql"), ids=str)
async def test_a_query_in_a_document_is_answered(ask: Asker, example: Example) -> None:
    assert await ask.data(example.text.replace("2558", "2559"))


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
