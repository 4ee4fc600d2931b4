"""Workbooks of Excel: a table's rows, and the template that people fill in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from admin.sheets.layout import Layout, SheetColumn
from admin.sheets.outgoing import CellValue
from admin.sheets.reader import LISTS
from schema.checking import Language, text_of
from schema.tables.columns import info_of

MEDIA: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it Excel counts days that there were not."""
_WIDEST: Final = 40
_ROWS: Final = 2_000
"""Rows of a template that are checked while people type."""
_LONGEST_LIST: Final = 255
_LONGEST_TITLE: Final = 32
_LONGEST_HINT: Final = 255


class WorkbookWriter:
    """Writes the rows of a table into a file, a row after the other, in little memory; a context manager."""

    def __init__(self, path: Path, layout: Layout) -> None:
        """`path` is written anew."""
        self._book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "constant_memory": True, "tmpdir": str(path.parent)})
        self._sheet, self._day, self._text = _begin(self._book, layout)
        self._row = 0

    def write(self, rows: Iterable[Sequence[CellValue]]) -> None:
        """Add rows."""
        for values in rows:
            self._row += 1
            for place, value in enumerate(values):
                if isinstance(value, str):
                    self._sheet.write_string(self._row, place, value, self._text)
                elif isinstance(value, date):
                    self._write_day(place, value)
                elif value is not None:
                    self._sheet.write_number(self._row, place, value)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _write_day(self, place: int, day: date) -> None:
        if day >= _FIRST_DAY:
            self._sheet.write_datetime(self._row, place, day, self._day)
        else:
            self._sheet.write_string(self._row, place, day.isoformat(), self._text)


def write_template(path: Path, layout: Layout, known: Mapping[tuple[str, ...], Sequence[str]]) -> None:
    """Write the template: headers, a note on each, and lists to choose from. `known` are those of foreign keys."""
    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)})
    sheet, _, text = _begin(book, layout)
    lists = book.add_worksheet(LISTS)
    lists.hide()
    lists.write_string(0, 0, LISTS)
    for place, column in enumerate(layout.columns):
        if column.leaf.type.python_type is str:
            sheet.set_column(place, place, _width(column), text)
        sheet.write_comment(0, place, _note(column), {"width": 320, "height": 120})
        choices = known.get(column.path) or _choices(column)
        if choices:
            lists.write_column(1, place, choices)
            where = xlsxwriter.utility.xl_range_abs(1, place, len(choices), place)
            sheet.data_validation(1, place, _ROWS, place, _validation(column, choices, f"={LISTS}!{where}"))
    book.close()


def _begin(book: Any, layout: Layout) -> tuple[Any, Any, Any]:  # noqa: ANN401 - xlsxwriter has no types
    """The sheet with its first line, the format of days and that of text."""
    sheet = book.add_worksheet(layout.model.about.label_th[:31].translate(str.maketrans("[]:*?/\\", "-------")))
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"})
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, _width(column))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(layout.columns):
        sheet.write_string(0, place, column.header, bold)
    return sheet, book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})


def _width(column: SheetColumn) -> int:
    longest = info_of(column.leaf).max_length or 12
    return min(_WIDEST, max(len(column.label) + 6, longest + 2))


def _choices(column: SheetColumn) -> list[str]:
    if column.leaf.type.python_type is bool:
        return [text_of(column.leaf, value) for value in (True, False)]
    return [text_of(column.leaf, member.value, Language.THAI) for member in info_of(column.leaf).choices or ()]


def _validation(column: SheetColumn, choices: Sequence[str], where: str) -> dict[str, Any]:
    short = len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices)
    return {
        "validate": "list",
        "source": list(choices) if short else where,
        "input_title": column.label_th[:_LONGEST_TITLE],
        "input_message": _help(column)[:_LONGEST_HINT],
        "error_type": "warning",
        "error_title": column.label_th[:_LONGEST_TITLE],
        "error_message": f"เลือกจากรายการ / Choose from the list: {column.label}"[:_LONGEST_HINT],
    }


def _help(column: SheetColumn) -> str:
    return f"{column.help_th} / {column.help}"


def _note(column: SheetColumn) -> str:
    info = info_of(column.leaf)
    said = [column.header, _help(column)]
    said.append("ต้องกรอก / required" if column.is_required else "เว้นว่างได้ / may be left empty")
    kind = column.leaf.type.python_type
    if kind is date:
        said.append("เช่น 16/5/2561 / as 2018-05-16")
    if kind is str and info.max_length and info.choices is None:
        said.append(f"ไม่เกิน {info.max_length} อักขระ / {info.max_length} characters at most")
    if info.minimum is not None and info.maximum is not None:
        step = f" ({info.step})" if info.step is not None else ""
        said.append(f"{info.minimum} - {info.maximum}{step}")
    choices = _choices(column)
    if choices:
        said.append(" | ".join(choices))
    return "\n".join(said)
