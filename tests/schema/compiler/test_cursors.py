import json

import pytest
from hypothesis import given, strategies

from schema.compiler.cursors import read_key, signature
from schema.compiler.errors import BadUserInputError


def cursor(*payload: object) -> str:
    return json.dumps(payload).encode().hex()


def test_a_cursor_names_its_type_and_order() -> None:
    assert signature("Subject", ("{row}.code", "{row}.id")) == "Subject:code,id"


@given(
    strategies.text(alphabet=strategies.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    strategies.integers(0, 2**63 - 1),
)
def test_each_key_is_read_from_its_place(code: str, key: int) -> None:
    arguments = {"after": cursor("Subject:code,id", code, key)}
    read = [read_key("subjects", "after", "Subject:code,id", place, (str, int)) for place in (0, 1)]
    assert [one(arguments) for one in read] == [code, key]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "zz",
        "5",
        cursor(),
        cursor("Subject:code,id", "a"),
        cursor("Subject:code,id", "a", 1, 2),
        cursor("Subject:id", "a", 1),
        cursor("Subject:code,id", 1, 1),
        cursor("Subject:code,id", "a", bool(1)),
        cursor("Subject:code,id", "a", 1.5),
        cursor("Subject:code,id", "a", 2**63),
        cursor("Subject:code,id", "a\0", 1),
        cursor("Subject:code,id", None, 1),
        b"{}".hex(),
        ("[" * 3000).encode().hex(),
        "ff",
        "ก",
    ],
)
def test_what_is_no_cursor_of_this_order_is_refused(text: str) -> None:
    with pytest.raises(BadUserInputError, match=r"subjects\(after:\)"):
        read_key("subjects", "after", "Subject:code,id", 0, (str, int))({"after": text})


@given(strategies.text(max_size=80))
def test_no_text_makes_anything_worse_than_a_refusal(text: str) -> None:
    with pytest.raises(BadUserInputError):
        read_key("subjects", "after", "Subject:code,id", 0, (str, int))({"after": text})
