"""The pictures of docs/console.md are there, and a test in a browser makes each."""

from tests.browser.visitor import pictures_in
from tests.docs.examples import ROOT

PICTURES = pictures_in((ROOT / "docs" / "console.md").read_text())
MAKERS = "\n".join(path.read_text() for path in (ROOT / "tests" / "browser").glob("test_*.py"))


def test_the_console_is_shown_in_five_pictures_or_more() -> None:
    assert len(PICTURES) >= 5
    assert {path.read_bytes()[:8] for path in PICTURES} == {b"\x89PNG\r\n\x1a\n"}


def test_each_picture_is_made_by_a_test() -> None:
    assert [path.stem for path in PICTURES if f'picture("{path.stem}")' not in MAKERS] == []
