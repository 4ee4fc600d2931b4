"""The commands of docs/integrating.md, against a running hub: what they print holds each line that the document shows."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from graphql import build_schema, parse, validate

from hub.errors import HubError
from hub.settings import Settings
from schema.compiler.parameters import Limits
from tests.conftest import Templates
from tests.docs.examples import ROOT, Example, examples_in
from tests.hub.serving import Server, served
from tests.hub.test_graph import SERVE
from tests.hub.tokens import token_of

DOCUMENT = ROOT / "docs" / "integrating.md"
ORIGIN = "https://dashboard.example.org"
COMMANDS = [pair for pair in pairwise(examples_in(DOCUMENT)) if (pair[0].language, pair[1].language) == ("sh", "text")]

pytestmark = pytest.mark.xdist_group("integrating")


@pytest.fixture(scope="module")
def hub(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"HUB_DATABASE_URL": sqlite_templates.shared_city().url, "HUB_CORS_ORIGINS": ORIGIN}
    with served(SERVE, tmp_path_factory.mktemp("hub"), settings) as server:
        yield server


@pytest.fixture(scope="module")
def token(sqlite_templates: Templates) -> str:
    return token_of(sqlite_templates.shared_city().url)


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=str)
def test_a_command_prints_what_the_document_shows(
    hub: Server, token: str, tmp_path: Path, command: Example, shown: Example
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("The commands of docs/integrating.md were NOT run: they need curl, which is not on the PATH.")
    text = command.text.replace("http://127.0.0.1:8000", hub.base_url)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HUB_TOKEN": token},
    )
    assert done.returncode == 0, done.stderr
    for line in shown.text.splitlines():
        assert line in done.stdout


def test_every_command_of_the_document_is_followed_by_what_it_prints() -> None:
    assert len(COMMANDS) == len([example for example in examples_in(DOCUMENT) if example.language == "sh"]) > 4


def test_the_question_that_the_proxy_keeps_is_one_that_the_graph_takes() -> None:
    (kept,) = [example for example in examples_in(DOCUMENT) if example.language == "nginx"]
    (question,) = re.findall(r'set \$question "([^"]+)"', kept.text)
    assert validate(build_schema((ROOT / "schema.graphql").read_text()), parse(unquote(question))) == []


def test_the_limits_of_the_document_are_those_of_the_hub() -> None:
    text = DOCUMENT.read_text()
    settings, limits = Settings(), Limits()
    for number in (
        settings.cost_limit,
        settings.query_limit,
        settings.token_limit,
        limits.largest_page,
        limits.most_fields,
    ):
        assert f"{number:,}" in text
    assert f"`HUB_STATEMENT_TIMEOUT` ({settings.statement_timeout:g} s)" in text
    assert f"`HUB_OPERATION_TIMEOUT` ({settings.operation_timeout:g} s)" in text
    named = set(re.findall(r"`HUB_([A-Z_]+)", text))
    assert named - {"TOKEN"} <= {name.upper() for name in Settings.model_fields}


def test_every_code_is_in_the_document() -> None:
    def codes(kind: type[HubError]) -> set[str]:
        return {kind.code}.union(*map(codes, kind.__subclasses__()))

    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT.read_text(), re.MULTILINE))
    assert codes(HubError) | {"COST_EXCEEDED", "NOT_FOUND"} == listed
