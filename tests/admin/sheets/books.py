"""Workbooks made for tests."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]


def workbook_of(rows: Sequence[Sequence[object]], change: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook of one sheet; `change` may do more to the book and the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "d/m/yyyy"}
    )
    sheet = book.add_worksheet("Data")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if change is not None:
        change(book, sheet)
    book.close()
    return out.getvalue()
