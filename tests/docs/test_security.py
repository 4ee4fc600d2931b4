"""What docs/security.md names is there."""

import re

import pytest

from hub.settings import Settings
from tests.docs.examples import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text()
FILES = sorted(set(re.findall(r"`((?:admin|hub|schema|tests)/[\w/.]+)`", TEXT)))


@pytest.mark.parametrize("name", FILES)
def test_each_file_that_the_document_names_exists(name: str) -> None:
    path = ROOT / name
    assert path.is_file()
    if path.name.startswith("test_"):
        assert re.search(r"^(async )?def test_", path.read_text(), re.MULTILINE)


def test_each_threat_has_a_file_that_holds_it_and_a_test() -> None:
    rows = re.findall(
        r"^\| (.+) \| (.+) \| (.+) \|$", TEXT.partition("## Threats")[2].partition("\n## ")[0], re.MULTILINE
    )
    threats = [row for row in rows if row[0] not in ("threat", "---")]
    assert len(threats) > 20
    for _, held, proven in threats:
        assert re.fullmatch(r"`(hub|schema)/[\w/]+\.py`", held)
        assert re.fullmatch(r"`tests/[\w/]+/test_\w+\.py`", proven)


def test_each_setting_that_the_document_names_is_one() -> None:
    named = set(re.findall(r"`HUB_([A-Z_]+)", TEXT))
    assert named
    assert named <= {name.upper() for name in Settings.model_fields}
