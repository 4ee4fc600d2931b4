"""What is read of a file, and what is refused of it, each file from outside."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from admin.sheets.reading import STANDARD_LIMITS, Cell, Limits, read_sheet
from admin.sheets.refused import SheetRefused
from tests.admin.sheets.books import workbook_of

THAI = "รหัส,ชื่อ\r\nท21101,ภาษาไทย\r\n"
ROWS: list[tuple[Cell, ...]] = [("รหัส", "ชื่อ"), ("ท21101", "ภาษาไทย")]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Any]:
    async def read(content: bytes, name: str = "s.csv", limits: Limits = STANDARD_LIMITS) -> list[tuple[Cell, ...]]:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return [row.cells async for portion in read_sheet(path, name, limits) for row in portion]

    return read


async def refused(
    read: Callable[..., Any], content: bytes, name: str = "s.csv", limits: Limits = STANDARD_LIMITS
) -> str:
    with pytest.raises(SheetRefused) as refusal:
        await read(content, name, limits)
    assert refusal.value.message.endswith(".")
    assert refusal.value.message_th != refusal.value.message
    return refusal.value.code


@pytest.mark.parametrize(
    "content",
    [
        THAI.encode(),
        THAI.encode("utf-8-sig"),
        THAI.encode("utf-16"),
        b"\xfe\xff" + THAI.encode("utf-16-be"),
        THAI.encode("cp874"),
        THAI.replace(",", ";").encode(),
        THAI.replace(",", "\t").encode(),
        THAI.replace("\r\n", "\n").encode(),
        (THAI + "\r\n,\r\n \r\n").encode(),
        '"รหัส","ชื่อ"\n"ท21101","ภาษาไทย"'.encode(),
    ],
    ids=[
        "utf-8",
        "utf-8-sig",
        "utf-16-le",
        "utf-16-be",
        "tis-620",
        "semicolons",
        "tabs",
        "unix",
        "blank ends",
        "quotes",
    ],
)
async def test_text_is_read_however_it_is_encoded_and_parted(read: Callable[..., Any], content: bytes) -> None:
    assert await read(content) == ROWS


_NO_TABLES = [
    (b"", "s.csv", "EMPTY_FILE"),
    (b" \r\n", "s.csv", "EMPTY_FILE"),
    (b",\r\n,\r\n", "s.csv", "EMPTY_FILE"),
    ("code,name\nA1,Café École".encode("latin-1"), "s.csv", "ENCODING"),
    ("code,name\nA1,Größe".encode("latin-1"), "s.csv", "ENCODING"),
    (b"code,name\nA1,\xff\xfe", "s.csv", "ENCODING"),
    (b"\xff\xfecode,", "s.csv", "ENCODING"),
    ("code,name".encode("utf-16-le"), "s.csv", "NUL"),
    (b"code,name\nA1,\x00", "s.csv", "NUL"),
    (b'code,name\n"A"1,x', "s.csv", "BROKEN_CSV"),
    (b'code,name\n"A1,x', "s.csv", "BROKEN_CSV"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "s.csv", "NO_TABLE"),
    (b"\xef\xbb\xbf\n<!doctype html><table></table>", "s.csv", "NO_TABLE"),
    (b"<html></html>", "s.html", "WRONG_ENDING"),
    (b"<svg></svg>", "s.svg", "WRONG_ENDING"),
    (b"code", "s", "WRONG_ENDING"),
    (b"code", "s.xlsm", "WRONG_ENDING"),
    (b"code", "s.xlsx", "NO_WORKBOOK"),
    (b"<svg></svg>", "s.xlsx", "NO_WORKBOOK"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "s.xlsx", "OLD_EXCEL"),
    (b"PK\x03\x04 and no more", "s.xlsx", "BROKEN_WORKBOOK"),
    (workbook_of([["code"], ["A1"]]), "s.csv", "WRONG_ENDING"),
    (workbook_of([]), "s.xlsx", "EMPTY_FILE"),
]


@pytest.mark.parametrize(
    ("content", "name", "code"), _NO_TABLES, ids=[f"{at} {code}" for at, (*_, code) in enumerate(_NO_TABLES)]
)
async def test_what_is_no_table_is_refused(read: Callable[..., Any], content: bytes, name: str, code: str) -> None:
    assert await refused(read, content, name) == code


async def test_a_line_is_counted_as_people_see_it(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b'a,b\n"x\ny",2\n\n3,4\n')
    lines = [(row.line, row.cells) async for portion in read_sheet(path, "s.csv") for row in portion]
    assert lines == [(1, ("a", "b")), (2, ("x\ny", "2")), (4, ()), (5, ("3", "4"))]


async def test_a_workbook_is_read_as_its_cells_look(read: Callable[..., Any]) -> None:
    rows: list[list[object]] = [
        ["code", "number", "day", "moment", "flag", "share"],
        ["ท21101", 3083000001, date(2018, 5, 16), datetime(2018, 5, 16, 13, 0), True, 1.5],  # noqa: DTZ001 - as sheets
    ]
    assert await read(workbook_of(rows), "s.xlsx") == [
        tuple(rows[0]),
        ("ท21101", "3083000001", date(2018, 5, 16), "2018-05-16 13:00:00", "TRUE", "1.5"),
    ]


async def test_a_formula_is_read_by_its_result(read: Callable[..., Any]) -> None:
    book = workbook_of([["code"]], lambda _, sheet: sheet.write_formula(1, 0, '="A"&1', None, "A1"))
    assert await read(book, "s.xlsx") == [("code",), ("A1",)]


async def test_the_hidden_lists_of_a_template_and_empty_sheets_are_passed_over(read: Callable[..., Any]) -> None:
    def more(book: Any, _: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        lists = book.add_worksheet("_lists")
        lists.hide()
        lists.write(0, 0, "x")
        book.add_worksheet("Sheet2")

    assert await read(workbook_of([["code"], ["A1"]], more), "s.xlsx") == [("code",), ("A1",)]


def _second(book: Any, _: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
    book.add_worksheet("More").write(0, 0, "x")


def _second_hidden(book: Any, _: Any) -> None:  # noqa: ANN401 - as above
    sheet = book.add_worksheet("More")
    sheet.hide()
    sheet.write(0, 0, "x")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_second, "SEVERAL_SHEETS"),
        (_second_hidden, "SEVERAL_SHEETS"),
        (lambda _, sheet: sheet.merge_range(1, 0, 2, 0, "A1"), "MERGED_CELLS"),
        (lambda _, sheet: sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!"), "ERROR_IN_CELL"),
    ],
)
async def test_a_workbook_that_could_be_read_two_ways_is_refused(
    read: Callable[..., Any], change: Callable[[Any, Any], None], code: str
) -> None:
    assert await refused(read, workbook_of([["code"], ["A1"]], change), "s.xlsx") == code


def _with(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return out.getvalue()


async def test_a_workbook_that_unpacks_far_larger_than_it_is_is_refused(read: Callable[..., Any]) -> None:
    bomb = _with(workbook_of([["code"], ["A1"]]), "xl/media/image1.png", b"\0" * 300_000_000)
    assert len(bomb) < 400_000
    assert await refused(read, bomb, "s.xlsx") == "UNPACKS_TOO_LARGE"
    smaller = _with(workbook_of([["code"], ["A1"]]), "xl/worksheets/sheet9.xml", b" " * 20_000_000)
    assert await refused(read, smaller, "s.xlsx") == "UNPACKS_TOO_LARGE"


async def test_a_workbook_that_lies_about_its_size_is_refused(read: Callable[..., Any]) -> None:
    bomb = bytearray(_with(workbook_of([["code"], ["A1"]]), "xl/worksheets/sheet9.xml", b" " * 3_000_000))
    # The directory at the end says what the part unpacks to.
    at = bomb.rindex(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert await refused(read, bytes(bomb), "s.xlsx") in ("UNPACKS_TOO_LARGE", "BROKEN_WORKBOOK")


async def test_a_workbook_of_many_parts_is_refused(read: Callable[..., Any]) -> None:
    out = io.BytesIO(workbook_of([["code"], ["A1"]]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(1_001):
            archive.writestr(f"xl/media/{number}", b"")
    assert await refused(read, out.getvalue(), "s.xlsx") == "UNPACKS_TOO_LARGE"


async def test_entities_and_macros_are_refused(read: Callable[..., Any]) -> None:
    book = workbook_of([["code"], ["A1"]])
    entities = _with(book, "xl/worksheets/sheet9.xml", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    assert await refused(read, entities, "s.xlsx") == "UNPACKS_TOO_LARGE"
    assert await refused(read, _with(book, "xl/vbaProject.bin", b"x"), "s.xlsx") == "MACROS"


async def test_one_cell_far_away_does_not_take_the_memory_between(read: Callable[..., Any]) -> None:
    sparse = workbook_of([["code"], ["A1"]], lambda _, sheet: sheet.write(1_048_575, 16_383, "z"))
    assert await refused(read, sparse, "s.xlsx") == "NEEDS_TOO_MUCH"


async def test_many_rows_are_refused_before_they_are_kept(read: Callable[..., Any]) -> None:
    limits = replace(STANDARD_LIMITS, rows=3)
    assert len(await read(b"h\n1\n2\n3\n", limits=limits)) == 4
    assert await refused(read, b"h\n1\n2\n3\n4\n", limits=limits) == "TOO_MANY_ROWS"
    assert await refused(read, b"h\n" + b",\n" * 9 + b"1\n", limits=limits) == "TOO_MANY_ROWS"


async def test_a_cell_is_no_longer_than_excel_holds(read: Callable[..., Any]) -> None:
    assert await refused(read, b"h\n" + b"x" * 40_000) in ("CELL_TOO_LONG", "BROKEN_CSV")
    assert await refused(read, b"h\n" + b"," * 300 + b"x") == "TOO_MANY_COLUMNS"
