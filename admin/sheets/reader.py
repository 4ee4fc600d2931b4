"""A program of its own that reads a file's cells and prints them, a JSON line a row: `reader.py PATH NAME LIMITS`.

A file from outside may be made to need more memory or time than there is; here it can have no more than the limits,
and whatever it does, it does to this process alone. So this module imports nothing of the hub, and is started by its
path, apart from everything in the surroundings. Lines: `{"rows": [[line, [cell, ...]], ...]}` in portions, in the end
`{"end": rows}`; or `{"refused": [code, English, Thai]}`. A cell is text, or `{"day": "2018-05-16"}` for a date that the
sheet itself takes for one.
"""

import codecs
import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

Cell = str | dict[str, str]
Line = tuple[int, list[Cell]]

LISTS: Final = "_lists"
"""The hidden sheet of a template that holds what may be chosen."""
_PORTION: Final = 200
_LONGEST_CELL: Final = 32_767
"""Characters that a cell of Excel may hold."""
_COLUMNS: Final = 200
_CHUNK: Final = 1 << 16
_MANY_FILES: Final = 1_000
_LEAST_SUSPECT: Final = 1 << 20
_RATIO: Final = 200
"""Bytes out for a byte in: sheets that people make stay under 40."""
_WHOLE: Final = 10**15
_ERROR_CELL: Final = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*["']e["'])[^>]*>""")
_PLACE: Final = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["']""")
_THAI_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NOT_THAI: Final = re.compile(rf"(?<![\u0e01-\u0e4e])[{_THAI_MARKS}]|[A-Za-z][\u0e01-\u0e4e]|[\u0e01-\u0e4e][A-Za-z]")
"""What no Thai text has, and text of another encoding seems to have: a mark without a letter, a word of two scripts."""


class Refused(Exception):  # noqa: N818 - what is refused is named
    """The file is not taken: code, message in English, message in Thai."""


def refuse(code: str, message: str, message_th: str) -> NoReturn:
    """Refuse the file."""
    raise Refused(code, message, message_th)


def read(path: Path, name: str, most_rows: int, most_bytes: int) -> Iterator[Line]:
    """The lines of a file that was sent under a name."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    ending = Path(name).suffix.lower()
    if not head.strip():
        refuse(
            "EMPTY_FILE",
            "The file is empty. Choose another, or fill in the template.",
            "ไฟล์ว่างเปล่า กรุณาเลือกไฟล์อื่น หรือกรอกในแม่แบบ",
        )
    if ending == ".xlsx":
        lines = _read_xlsx(path, head, most_bytes)
    elif ending == ".csv":
        lines = _read_csv(path, head)
    else:
        refuse(
            "WRONG_ENDING",
            "Only files whose names end in .xlsx or .csv are read. Save it as one of them (in Excel: Save as).",
            "อ่านได้เฉพาะไฟล์ .xlsx และ .csv กรุณาบันทึกเป็นไฟล์แบบใดแบบหนึ่ง (ใน Excel: บันทึกเป็น)",
        )
    return _bounded(lines, most_rows)


def _bounded(lines: Iterable[Line], most: int) -> Iterator[Line]:
    """The lines without the blank ones at the end, so many at most, and no cell too long."""
    blanks: list[Line] = []
    count = 0
    for number, cells in lines:
        if not any(cells):
            blanks.append((number, []))
            if len(blanks) > most:
                _refuse_many(most)
            continue
        count += len(blanks) + 1
        if count > most + 1:
            _refuse_many(most)
        yield from blanks
        blanks.clear()
        for cell in cells:
            if isinstance(cell, str) and len(cell) > _LONGEST_CELL:
                refuse(
                    "CELL_TOO_LONG",
                    f"A cell of line {number} has {len(cell)} characters. Shorten it.",
                    f"เซลล์ในบรรทัดที่ {number} ยาว {len(cell)} อักขระ กรุณาทำให้สั้นลง",
                )
        if len(cells) > _COLUMNS:
            refuse(
                "TOO_MANY_COLUMNS",
                f"Line {number} has {len(cells)} cells; {_COLUMNS} are read at most. Delete the empty columns.",
                f"บรรทัดที่ {number} มี {len(cells)} เซลล์ อ่านได้ไม่เกิน {_COLUMNS} กรุณาลบคอลัมน์ที่ว่าง",
            )
        yield number, cells
    if not count:
        refuse(
            "EMPTY_FILE",
            "The file has no rows. Choose another, or fill in the template.",
            "ไฟล์ไม่มีข้อมูล กรุณาเลือกไฟล์อื่น หรือกรอกในแม่แบบ",
        )


def _refuse_many(most: int) -> NoReturn:
    refuse(
        "TOO_MANY_ROWS",
        f"The file has more than {most:,} rows, which is the limit. Send it in parts.",
        f"ไฟล์มีมากกว่า {most:,} แถวซึ่งเกินกำหนด กรุณาแบ่งส่งเป็นหลายไฟล์",
    )


# CSV


def _read_csv(path: Path, head: bytes) -> Iterator[Line]:
    if head.startswith(b"PK\x03\x04"):
        refuse(
            "WRONG_ENDING",
            "This is a workbook of Excel, named .csv. Name it .xlsx.",
            "ไฟล์นี้เป็นสมุดงาน Excel แต่ชื่อลงท้ายด้วย .csv กรุณาเปลี่ยนเป็น .xlsx",
        )
    text = _decoded(path.read_bytes())
    if text.lstrip()[:1] == "<":
        refuse(
            "NO_TABLE",
            "This is a page or a picture, not a table. Send a CSV file.",
            "ไฟล์นี้เป็นหน้าเว็บหรือรูปภาพ ไม่ใช่ตาราง กรุณาส่งไฟล์ CSV",
        )
    if "\0" in text:
        refuse(
            "NUL",
            "The file holds NUL characters, so it is no text. Save it again as CSV UTF-8.",
            "ไฟล์มีอักขระ NUL จึงไม่ใช่ข้อความ กรุณาบันทึกใหม่เป็น CSV UTF-8",
        )
    csv.field_size_limit(_LONGEST_CELL + 1)
    begun = 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            refuse(
                "BROKEN_CSV",
                f"Line {begun} cannot be read ({error}). Save the sheet again as CSV UTF-8.",
                f"อ่านบรรทัดที่ {begun} ไม่ได้ กรุณาบันทึกใหม่เป็น CSV UTF-8",
            )
        yield begun, list(cells) if any(cell.strip() for cell in cells) else []
        begun = rows.line_num + 1


def _decoded(raw: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(name)
            except UnicodeDecodeError:
                _refuse_encoding()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp874")
    except UnicodeDecodeError:
        _refuse_encoding()
    # Any bytes are some text of this encoding: it must look as Thai does.
    if "\0" in text or _NOT_THAI.search(text) or not re.search("[\u0e01-\u0e2e]", text):
        _refuse_encoding()
    return text


def _refuse_encoding() -> NoReturn:
    refuse(
        "ENCODING",
        "How the letters of this file are encoded cannot be told. Save it as CSV UTF-8 (in Excel: Save as), or .xlsx.",
        "ไม่ทราบรหัสอักขระของไฟล์นี้ กรุณาบันทึกเป็น CSV UTF-8 (ใน Excel: บันทึกเป็น) หรือเป็น .xlsx",
    )


def _delimiter(text: str) -> str:
    """The one that parts the first line most often, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text[:_CHUNK].lstrip("\r\n").partition("\n")[0])
    return max(",;\t", key=first.count)


# XLSX


def _read_xlsx(path: Path, head: bytes, most_bytes: int) -> Iterator[Line]:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        refuse(
            "OLD_EXCEL",
            "This is an old (.xls) or a protected workbook. Save it as .xlsx, without a password.",
            "ไฟล์นี้เป็นสมุดงานแบบเก่า (.xls) หรือมีรหัสผ่าน กรุณาบันทึกเป็น .xlsx ที่ไม่มีรหัสผ่าน",
        )
    if not head.startswith(b"PK\x03\x04"):
        refuse(
            "NO_WORKBOOK",
            "This is no workbook of Excel. Send an .xlsx file that Excel saved.",
            "ไฟล์นี้ไม่ใช่สมุดงาน Excel กรุณาส่งไฟล์ .xlsx ที่บันทึกจาก Excel",
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check_archive(archive, path.stat().st_size, most_bytes)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        refuse(
            "BROKEN_WORKBOOK",
            "The workbook is damaged. Open it in Excel and save it again.",
            "สมุดงานเสียหาย กรุณาเปิดใน Excel แล้วบันทึกใหม่",
        )
    return _cells_of_workbook(path)


def _check_archive(archive: zipfile.ZipFile, size: int, most_bytes: int) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    bomb = len(parts) > _MANY_FILES or total > most_bytes or (total > _LEAST_SUSPECT and total > size * _RATIO)
    if bomb:
        _refuse_bomb()
    if any("vbaproject" in part.filename.lower() or "macrosheets" in part.filename.lower() for part in parts):
        refuse(
            "MACROS",
            "The workbook holds macros. Save it as .xlsx, without them.",
            "สมุดงานมีแมโคร กรุณาบันทึกเป็น .xlsx ที่ไม่มีแมโคร",
        )
    for part in parts:
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels")):
            continue
        is_sheet = name.startswith("xl/worksheets/")
        tail, seen = b"", 0
        # What a part says of its own size may be a lie: count what comes out.
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                seen += len(chunk)
                if seen > part.file_size:
                    _refuse_bomb()
                window = tail + chunk
                if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                    _refuse_bomb()
                error = _ERROR_CELL.search(window) if is_sheet else None
                if error is not None:
                    place = _PLACE.search(error[0])
                    cell = place[1].decode() if place else "?"
                    refuse(
                        "ERROR_IN_CELL",
                        f"Cell {cell} holds an error of a formula, as #N/A. Mend it.",
                        f"เซลล์ {cell} มีข้อผิดพลาดของสูตร เช่น #N/A กรุณาแก้ไข",
                    )
                tail = window[-300:]


def _refuse_bomb() -> NoReturn:
    refuse(
        "UNPACKS_TOO_LARGE",
        "The workbook is far larger than its file. Copy the table into a new workbook and send that.",
        "สมุดงานมีขนาดจริงใหญ่กว่าไฟล์มาก กรุณาคัดลอกตารางไปยังสมุดงานใหม่แล้วส่งไฟล์นั้น",
    )


def _cells_of_workbook(path: Path) -> Iterator[Line]:
    # Not at the top: a CSV file needs none of it.
    import python_calamine  # noqa: PLC0415

    try:
        workbook = python_calamine.load_workbook(str(path))
        sheet = _only_sheet(workbook)
        # Before the first row of cells stand rows that are empty: lines are counted as Excel counts them.
        first = (sheet.start or (0, 0))[0]
        if sheet.merged_cell_ranges:
            refuse(
                "MERGED_CELLS",
                "Cells of the sheet are merged. Unmerge them: every row has cells of its own.",
                "แผ่นงานมีเซลล์ที่ผสานกัน กรุณายกเลิกการผสานเซลล์",
            )
        rows = [] if sheet.start is None else sheet.to_python(skip_empty_area=True)
    except python_calamine.CalamineError:
        refuse(
            "BROKEN_WORKBOOK",
            "The workbook is damaged. Open it in Excel and save it again.",
            "สมุดงานเสียหาย กรุณาเปิดใน Excel แล้วบันทึกใหม่",
        )
    for number, row in enumerate(rows, start=first + 1):
        cells = [_cell(value) for value in row]
        yield number, cells if any(cell.strip() if isinstance(cell, str) else True for cell in cells) else []


def _only_sheet(workbook: Any) -> Any:  # noqa: ANN401 - calamine's
    found = []
    for about in workbook.sheets_metadata:
        sheet = workbook.get_sheet_by_name(about.name)
        is_lists = about.name == LISTS and str(about.visible).rpartition(".")[2] != "Visible"
        if sheet.start is not None and not is_lists:
            found.append(sheet)
    if len(found) > 1:
        names = ", ".join(sheet.name[:40] for sheet in found[:5])
        refuse(
            "SEVERAL_SHEETS",
            f"Several sheets have cells ({names}), hidden ones among them. Leave the one to be read.",
            f"มีข้อมูลในหลายแผ่นงาน ({names}) รวมทั้งแผ่นที่ซ่อนอยู่ กรุณาเหลือเพียงแผ่นที่ต้องการนำเข้า",
        )
    if not found:
        refuse("EMPTY_FILE", "The workbook has no cells. Fill in the template.", "สมุดงานไม่มีข้อมูล กรุณากรอกในแม่แบบ")
    return found[0]


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == value // 1 and abs(value) < _WHOLE else repr(value)
    if isinstance(value, dt.datetime):
        return {"day": value.date().isoformat()} if value.time() == dt.time() else str(value)
    return {"day": value.isoformat()} if isinstance(value, dt.date) else str(value)


# The program


def _limit(memory: int, seconds: int) -> None:
    """Take from this process what it does not need; where the system knows no such limits it goes without."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):
            continue


def main(path: str, name: str, limits: str) -> None:
    """Read the file and print it."""
    told = json.loads(limits)
    _limit(told["memory"], told["seconds"])
    out = sys.stdout
    portion: list[Line] = []
    count = 0
    try:
        for line in read(Path(path), name, told["rows"], told["bytes"]):
            portion.append(line)
            count += 1
            if len(portion) == _PORTION:
                out.write(json.dumps({"rows": portion}) + "\n")
                portion = []
        out.write(json.dumps({"rows": portion}) + "\n")
        out.write(json.dumps({"end": count}) + "\n")
    except Refused as refusal:
        out.write(json.dumps({"refused": refusal.args}) + "\n")
    except MemoryError:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
