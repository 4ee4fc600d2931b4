import json

import pytest
from hypothesis import given, strategies

from schema.compiler.cursors import read_key
from schema.compiler.errors import BadUserInputError
from schema.compiler.plan import Signature, SortKey
from schema.compiler.rows import Term
from schema.model.entities import Scalar

SIGNATURE = Signature("Subject:code,id")
KEYS = (
    SortKey(Term("{row}.code", "subject"), Scalar.STRING, nullable=False),
    SortKey(Term("{row}.id", "subject"), Scalar.ID, nullable=False),
)


def cursor(*payload: object) -> str:
    return json.dumps(payload).encode().hex()


@given(
    strategies.text(alphabet=strategies.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    strategies.integers(0, 2**63 - 1),
)
def test_each_key_is_read_from_its_place(code: str, key: int) -> None:
    arguments = {"after": cursor("Subject:code,id", code, key)}
    read = [read_key("subjects", "after", SIGNATURE, KEYS, place) for place in (0, 1)]
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
        read_key("subjects", "after", SIGNATURE, KEYS, 0)({"after": text})


@given(strategies.text(max_size=80))
def test_no_text_makes_anything_worse_than_a_refusal(text: str) -> None:
    with pytest.raises(BadUserInputError):
        read_key("subjects", "after", SIGNATURE, KEYS, 0)({"after": text})
