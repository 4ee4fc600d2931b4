"""A table as a terminal shows it and a script reads it: a row a line, the columns set apart by two blanks or more."""

from collections.abc import Iterable, Sequence
from datetime import datetime


def lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The head and the rows, each column as wide as its widest value."""
    every = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(row[place]) for row in every) for place in range(len(head))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in every]


def day(moment: datetime | None) -> str:
    """A moment's day and minute in UTC; a hyphen for none."""
    return "-" if moment is None else f"{moment:%Y-%m-%dT%H:%MZ}"
