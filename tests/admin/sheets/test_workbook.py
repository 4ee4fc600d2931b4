import html
from pathlib import Path
from zipfile import ZipFile

from admin.sheets.layout import layout_of
from admin.sheets.workbook import write_template
from schema.tables.learning import Subject


def test_a_template_says_of_each_column_what_it_holds_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "subject.xlsx"
    write_template(path, layout_of(Subject), {})
    with ZipFile(path) as book:
        notes = html.unescape(book.read("xl/comments1.xml").decode())
        lists = html.unescape(book.read("xl/worksheets/sheet1.xml").decode())
    for column in layout_of(Subject).columns:
        assert f"{column.help_th} / {column.help}" in notes
    (kind,) = layout_of(Subject).of("kind")
    assert f"{kind.help_th} / {kind.help}" in lists
