"""CSV as Excel reads it: UTF-8 with its mark, lines that end in CR LF."""

import csv
import io
from collections.abc import Iterable, Sequence

from admin.sheets.layout import Layout

MARK = "\ufeff"
MEDIA = "text/csv; charset=utf-8"


def head_of(layout: Layout) -> str:
    """The mark and the first line."""
    return MARK + lines_of([[column.header for column in layout.columns]])


def lines_of(rows: Iterable[Sequence[str]]) -> str:
    """Lines of cells."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
