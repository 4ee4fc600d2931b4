"""The first line of a file: which of its cells stand for which column."""

from collections.abc import Sequence

from admin.sheets.layout import Layout, SheetColumn, fold
from admin.sheets.reading import Cell
from admin.sheets.refused import SheetRefused


def columns_of(layout: Layout, header: Sequence[Cell]) -> tuple[SheetColumn, ...]:
    """The columns that a file has, in its order; blank cells at the end do not count.

    Raises SheetRefused where one is unknown, stands twice, or is missing though every row must have it.
    """
    texts = [str(cell) for cell in header]
    while texts and not texts[-1].strip():
        texts.pop()
    known = {name: column for column in layout.columns for name in column.headers}
    found: list[SheetColumn] = []
    for place, text in enumerate(texts, start=1):
        column = known.get(fold(text))
        if column is None:
            raise _unknown(layout, place, text)
        if column in found:
            raise SheetRefused(
                "DUPLICATE_HEADER",
                f"The column {column.header} stands twice. Leave one of them.",
                f"มีคอลัมน์ {column.header} ซ้ำกัน กรุณาเหลือเพียงคอลัมน์เดียว",
            )
        found.append(column)
    missing = ", ".join(column.header for column in layout.columns if column.is_required and column not in found)
    if missing:
        raise SheetRefused(
            "MISSING_HEADER",
            f"The first line lacks: {missing}. Add these columns; the template has them all.",
            f"บรรทัดแรกไม่มี: {missing} กรุณาเพิ่มคอลัมน์เหล่านี้ ดูได้จากแม่แบบ",
        )
    return tuple(found)


def _unknown(layout: Layout, place: int, text: str) -> SheetRefused:
    shown = text.strip()[:60]
    known = ", ".join(column.header for column in layout.columns)
    if not shown:
        return SheetRefused(
            "UNKNOWN_HEADER",
            f"Column {place} has no name in the first line. Name it, or delete the column.",
            f"คอลัมน์ที่ {place} ไม่มีชื่อในบรรทัดแรก กรุณาใส่ชื่อหรือลบคอลัมน์",
        )
    return SheetRefused(
        "UNKNOWN_HEADER",
        f"The first line names {shown!r}, which is no column of this table. Rename or delete it; there are: {known}.",
        f"บรรทัดแรกมี {shown!r} ซึ่งไม่ใช่คอลัมน์ของตารางนี้ กรุณาเปลี่ยนชื่อหรือลบออก คอลัมน์ที่มีคือ: {known}",
    )
