import sqlite3

import pytest

from schema.compiler.dialects import WRITERS, Json, SQLite, concatenated, literal, quoted
from schema.compiler.reading import Dialect
from schema.model.entities import Scalar


def test_literal_neighbours_are_merged() -> None:
    assert concatenated(["{", '"a":', Json("x"), "}", "}"]) == """'{"a":' || x || '}}'"""


def test_a_quote_in_a_literal_is_doubled() -> None:
    assert literal("it's") == "'it''s'"
    assert quoted('a"b') == '"a""b"'


@pytest.mark.parametrize("members", [1, 63, 64, 5000])
def test_an_object_of_any_width_is_within_the_depth_that_sqlite_allows(members: int) -> None:
    writer = SQLite()
    made = writer.object([(f"f{n}", writer.value(str(n), Scalar.INT, nullable=False)) for n in range(members)])
    (text,) = sqlite3.connect(":memory:").execute(f"SELECT {writer.text(made).sql}").fetchone()
    assert text.startswith('{"f0":0')


def test_null_is_null_in_both_forms_of_an_object() -> None:
    writer = SQLite()
    null = writer.value("NULL", Scalar.STRING, nullable=True)
    plain = writer.object([("a", null)])
    text = writer.object([("a", null), ("b", Json("'[]'"))])
    found = sqlite3.connect(":memory:").execute(f"SELECT {plain.sql}, {text.sql}").fetchone()
    assert found == ('{"a":null}', '{"a":null,"b":[]}')


def test_both_engines_have_a_writer() -> None:
    assert {writer.dialect for writer in WRITERS.values()} == set(Dialect)
