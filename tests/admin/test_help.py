"""What is said beside columns and tables is said in the reader's language, and whole."""

import asyncio
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Column
from starlette.requests import Request

from admin.console import Console
from admin.forms import described
from admin.shown import shown_columns
from admin.titles import title_of
from schema.checking import Language
from schema.compiler.reading import Dialect
from schema.history.tables import Change
from schema.identity import identity_tables
from schema.tables import columns as c
from schema.tables import metadata, tables
from schema.tables.columns import info_of
from schema.tables.declaration import About, Kind

THAI_LETTER = re.compile(r"[\u0e01-\u0e2e]")
ENGLISH_WORDS = re.compile(r"[A-Za-z][A-Za-z']+[ ,;:]+[A-Za-z][a-z]")
"""Two words of English in a row: more than a name has."""
NUMBER = re.compile(r"\d+")


@cache
def console() -> Console:
    return Console(Dialect.SQLITE)


@cache
def told(language: Language) -> dict[str, dict[str, Any]]:
    """What Piccolo's page is told of each table, as a reader of a language gets it."""
    request = Request({"type": "http", "method": "GET", "query_string": b"", "headers": []})
    found = {}
    for table in console().tables:
        plain = json.loads(bytes(asyncio.run(console().rows[table.name].get_schema(request)).body))
        found[table.name] = described(table, plain, console().names, language)
    return found


def helps(language: Language) -> Iterator[tuple[Column[Any], str]]:
    for table in console().tables:
        properties = told(language)[table.name]["properties"]
        for column in shown_columns(table.model):
            if column.name != "id":
                yield column, properties[column.name]["extra"]["help_text"]


def is_thai_alone(text: str) -> bool:
    return bool(THAI_LETTER.search(text)) and not ENGLISH_WORDS.search(text)


def test_who_reads_thai_is_told_of_every_column_in_thai_alone_but_for_its_english_name() -> None:
    english = dict(helps(Language.ENGLISH))
    seen = 0
    for column, text in helps(Language.THAI):
        name = f" ({title_of(column, Language.ENGLISH)})"
        assert text.startswith(info_of(column).help_th + name), column
        assert is_thai_alone(text.replace(name, "", 1)), (column, text)
        assert text != english[column]
        seen += 1
    assert seen > 100


def test_who_reads_english_is_told_of_every_column_in_english_with_its_thai_name() -> None:
    for column, text in helps(Language.ENGLISH):
        info = info_of(column)
        assert text.startswith(f"{info.description} ({info.label_th})"), column
        assert info.help_th not in text


def test_every_table_is_described_in_the_readers_language() -> None:
    for table in console().tables:
        thai, english = (told(language)[table.name]["extra"]["help_text"] for language in Language)
        assert thai.startswith(table.model.about.help_th)
        assert is_thai_alone(thai), thai
        assert english.startswith((table.model.__doc__ or "").partition("\n")[0])
        assert table.model.about.help_th not in english


def test_the_thai_of_a_column_has_every_number_that_its_english_has() -> None:
    assert Change.__table__.metadata is metadata
    for table in metadata.sorted_tables:
        for column in table.columns:
            info = info_of(column)
            assert set(NUMBER.findall(info.description)) <= set(NUMBER.findall(info.help_th)), (table.name, column.name)


def test_every_declared_table_and_column_is_described_in_thai_alone() -> None:
    for about in (*(model.about for model in tables()), *(model.about for model in identity_tables())):
        assert is_thai_alone(about.help_th.replace("`Authorization: Bearer`", "")), about
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert is_thai_alone(info_of(column).help_th), (table.name, column.name)


def test_a_column_or_a_table_without_thai_help_cannot_be_declared() -> None:
    without: Any = c.text
    with pytest.raises(TypeError, match="help_th"):
        without("The code.", "รหัส")
    with pytest.raises(ValueError, match=r"no Thai letter: 'The code\.'\. Say in Thai what the description says\."):
        c.text("The code.", "รหัส", "The code.")
    about: Any = About
    with pytest.raises(TypeError, match="help_th"):
        about(kind=Kind.REFERENCE, label_th="แขวง", plural="wards")
    with pytest.raises(ValueError, match="the table แขวง"):
        About(kind=Kind.REFERENCE, label_th="แขวง", help_th="A ward.", plural="wards")
