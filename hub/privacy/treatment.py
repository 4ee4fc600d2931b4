"""What erasing makes of each column: told by how the column is declared, so that a new table is erased by itself.

Words that no list of values closes are free: they may name a person, so they go, unless they are named below. Numbers,
dates, choices and references stay: figures are counted of them, and without names and numbers they name nobody.
"""

import re
from typing import Any, Final

from sqlalchemy import Column, Date, Table, UniqueConstraint

from schema.privacy.pupils import PUPILS
from schema.rules.thai_text import SEPARATOR
from schema.tables.columns import INFO, info_of

ERASED: Final = "(erased)"
"""What stands for words that cannot be null."""

DELETED: Final = frozenset({"student_identifier", "student_sensitive"})
"""Tables whose rows go: nothing is counted of them, and without their words they say nothing."""

_KEPT: Final = frozenset({("graduate_destination", "source")})
"""Words that are a category: by which of the city's ways of asking it is known."""

_TO_THE_YEAR: Final = frozenset({(PUPILS, "birth_date")})
"""Dates of which the year stays, which ages are counted by; with the day and the month a person could be told."""


_NUMBER: Final = re.compile(r"X[0-9]+", re.ASCII)
"""What stands for words that must be unlike in each row: the row's own key."""


def is_stand_in(value: str) -> bool:
    """Whether erasing put a value in the place of words, or it is where such a value stands in the order of words."""
    return value == ERASED or value.endswith(SEPARATOR + ERASED) or _NUMBER.fullmatch(value) is not None


def is_free_text(column: Column[Any]) -> bool:
    """Whether a column holds words that may name a person, and so must not keep them."""
    if INFO not in column.info or column.primary_key:
        return False
    info = info_of(column)
    known = (column.table.name, column.name) in _KEPT
    return info.max_length is not None and info.choices is None and info.sorts is None and not known


def assignments(table: Table, dialect: str) -> dict[str, str]:
    """The SQL of what each column becomes that erasing changes; of the pupil's rows of a table that are not deleted."""
    unique = {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    }
    made: dict[str, str] = {}
    for column in table.columns:
        if (table.name, column.name) in _TO_THE_YEAR and isinstance(column.type, Date):
            made[column.name] = _first_of_year(column.name, dialect)
        elif is_free_text(column) and column.name in unique:
            made[column.name] = f"'X' || {table.name}.id"
        elif is_free_text(column):
            made[column.name] = "NULL" if column.nullable else f"'{ERASED[: info_of(column).max_length]}'"
    return made


def _first_of_year(column: str, dialect: str) -> str:
    if dialect == "sqlite":
        return f"strftime('%Y-01-01', {column})"
    return f"date_trunc('year', {column})::date"
