import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from admin.sheets.escaping import escape, unescape


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")'])
def test_what_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert escape(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ท21101", "1-2", "a=b", "ไทย 1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert escape(text) == unescape(text) == text


@settings(deadline=None)
@given(st.text(alphabet="'=+-@\t\ra1"))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))
