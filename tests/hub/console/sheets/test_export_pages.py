"""Tables taken out, and taken in again as they are."""

import csv
import io
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest
import python_calamine

from admin.sheets.layout import sheet_tables
from tests.engines import Client
from tests.hub.console.sheets.sending import commit, preview, sheet, subject
from tests.small_city import SmallCity

TABLES = [str(model.__table__.name) for model in sheet_tables()]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def test_csv_is_as_excel_wants_it(malee: httpx.AsyncClient) -> None:
    response = await malee.get("/console/export/subject.csv?lang=en")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="subject.csv"'
    assert response.content.startswith("\ufeff".encode())
    assert b"\r\n" in response.content
    assert b"\n" not in response.content.replace(b"\r\n", b"")
    header, *rows = rows_of(response.content)
    assert header[:2] == ["โรงเรียน: รหัสโรงเรียน (school code)", "รหัสวิชา (code)"]
    assert len(rows) == 16
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    assert rows[0][:3] == ["3083000002", "ก21901", "2551"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["th", "en"])
async def test_what_was_exported_is_imported_unchanged(
    malee: httpx.AsyncClient, own_city: SmallCity, ending: str, language: str
) -> None:
    async with Client.connect(own_city.url) as client:
        await client.run("UPDATE subject SET name = $1, name_th = $2 WHERE code = 'ท21101'", "=1+1", "'@ไทย")
        await client.run("UPDATE municipality SET name = $1", "-2+3")
    for table in TABLES:
        exported = await malee.get(f"/console/export/{table}.{ending}?lang={language}")
        assert exported.status_code == 200
        shown = await preview(malee, exported.content, f"{table}.{ending}", table)
        assert (table, shown.stage) == (table, "ready"), shown.text
        assert shown.counts["unchanged"] > 0
        assert {name: count for name, count in shown.counts.items() if count} == {
            "unchanged": shown.counts["unchanged"]
        }


async def test_no_cell_is_a_formula(malee: httpx.AsyncClient) -> None:
    file = sheet(subject("ท21102", "=HYPERLINK(1)"), subject("ท21103", "'+1"))
    assert (await commit(malee, await preview(malee, file))).stage == "done"
    rows = rows_of((await malee.get("/console/export/subject.csv")).content)
    names = {row[1]: row[3] for row in rows}
    assert names["ท21102"] == "'=HYPERLINK(1)"
    assert names["ท21103"] == "'+1", "the file itself said so"
    book = (await malee.get("/console/export/subject.xlsx")).content
    cells = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert "'=HYPERLINK(1)" in [row[3] for row in cells]


async def test_a_workbook_holds_numbers_and_days_as_such(malee: httpx.AsyncClient) -> None:
    book = (await malee.get("/console/export/academic_year.xlsx")).content
    header, first, *_ = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert header[0] == "ปี พ.ศ. (be year)"
    assert first[0] == 2559
    assert str(first[1]) == "2016-05-16"


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("kind=ACTIVITY", ["ก21901"]),
        ("kind=ACTIVITY&kind=ADDITIONAL", ["ก21901", "ศ21201"]),
        ("kind=กิจกรรมพัฒนาผู้เรียน", ["ก21901"]),
        ("code=ว2", ["ว21101"]),
        ("name=MATH&name__match=starts&credits=1", ["ค31101"]),
        ("credits=0.5&credits__operator=lte", ["ก21901", "ศ21201"]),
        ("name=%25", []),
        ("name=_", []),
        ("code=ท&name=&kind=", ["ท11101", "ท12101", "ท13101", "ท16101", "ท21101"]),
        (
            "credits=0.5&credits__operator=ne&name=thai&__order=-code",
            ["ท21101", "ท16101", "ท13101", "ท12101", "ท11101"],
        ),
        ("__page=2&__page_size=5&__readable=true&code=ว21101", ["ว21101"]),
        ("code=" + "'); DROP TABLE subject; --", []),
    ],
)
async def test_rows_are_taken_as_the_list_is_filtered(malee: httpx.AsyncClient, query: str, codes: list[str]) -> None:
    _, *rows = rows_of((await malee.get(f"/console/export/subject.csv?{query}")).content)
    assert [row[1] for row in rows] == codes
    page = (await malee.get(f"/console/export?table=subject&lang=en&{query}")).text
    assert f"{len(codes)} rows" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=ท&__order=-code",
        "name_th=ก&__order=name_th",
        "__order=-name_th,code",
        "__order=school_id,-credits",
        "name=MATH",
        "name=math&name__match=starts",
        "name=2&name__match=ends",
        "name=mathematics 1&name__match=exact",
        "name=Mathematics 1&name__match=exact",
        "name=%25",
        "name=_",
        "name=\\",
        "name=null",
        "name=null&name__operator=ne",
        "credits=1",
        "credits=1&credits__operator=ne",
        "credits=1&credits__operator=lt&kind=BASIC",
        "credits__operator=is_null",
        "credits__operator=not_null&credits=1",
        "credits=99999999999999999999&credits__operator=lt",
        "kind=ACTIVITY&kind__operator=ne",
        "updated_at=2020-01-01T00:00:00Z&updated_at__operator=gt",
        "updated_at=2020-01-01T00:00:00Z&updated_at__operator=lt",
        "school_id=2&__order=code",
        "id=3",
        "__order=nothing",
    ],
)
async def test_an_export_is_the_list_whatever_it_is_filtered_and_ordered_by(
    malee: httpx.AsyncClient, query: str
) -> None:
    address = "/admin/api/tables/subject/"
    shown = await malee.get(address, params=dict(parse_qsl(f"{query}&__page_size=1000&__readable=true")))
    assert shown.status_code == 200, shown.text
    listed = [(row["school_id_readable"][:10], row["code"], row["name"]) for row in shown.json()["rows"]]
    (_, *rows) = rows_of((await malee.get(f"/console/export/subject.csv?{query}")).content)
    assert sorted((row[0], row[1], row[3]) for row in rows) == sorted(listed)
    if "__order" in query and "nothing" not in query:
        assert [(row[0], row[1], row[3]) for row in rows] == listed
    count = (await malee.get(f"{address}count/?{query}")).json()["count"]
    assert count == len(rows)


async def test_what_a_list_was_filtered_by_stays_when_the_form_is_sent_again(malee: httpx.AsyncClient) -> None:
    query = "table=subject&lang=en&credits=1&credits__operator=gte&name__match=starts&name=M&__order=-code"
    page = (await malee.get(f"/console/export?{query}")).text
    assert 'name="credits" value="1"' in page
    assert "credits ≥</label>" in page
    for name, value in (("credits__operator", "gte"), ("name__match", "starts"), ("__order", "-code")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


async def test_rows_are_taken_by_the_row_they_refer_to(malee: httpx.AsyncClient, own_city: SmallCity) -> None:
    key = own_city.schools["WAT"]
    _, *rows = rows_of((await malee.get(f"/console/export/subject.csv?school_id={key}")).content)
    assert {row[0] for row in rows} == {"3083000001"}


@pytest.mark.parametrize(
    "query",
    [
        "credits=many",
        "kind=none",
        "school_id=WAT",
        "name=%00",
        "school_id=9" + "9" * 30,
        f"school_id={2**64}",
        f"id={2**64}",
        "nothing=1",
        "name_th_sort=x",
        "credits=1&credits__operator=like",
        "name=x&name__match=most",
        "name__nothing=x",
        "__nothing=x",
    ],
)
async def test_a_filter_that_no_row_can_meet_is_refused(malee: httpx.AsyncClient, query: str) -> None:
    for path in ("/console/export/subject.csv", "/console/export/subject.xlsx"):
        assert (await malee.get(f"{path}?{query}")).status_code == 400


async def test_tables_of_records_and_of_identities_are_not_taken_out(malee: httpx.AsyncClient) -> None:
    for table in ("student", "grade", "account", "api_token", "nothing"):
        assert (await malee.get(f"/console/export/{table}.csv")).status_code == 404
    assert (await malee.get("/console/export/subject.pdf")).status_code == 400


async def test_a_file_that_was_sent_is_not_left_behind(
    malee: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert (await malee.get("/console/export/subject.xlsx")).status_code == 200
    assert (await malee.get("/console/import/template/subject.xlsx")).status_code == 200
    assert [path for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == []  # noqa: ASYNC240 - one folder


async def test_the_templates_lists_are_what_the_tables_hold(malee: httpx.AsyncClient) -> None:
    book = python_calamine.load_workbook(io.BytesIO((await malee.get("/console/import/template/subject.xlsx")).content))
    header, *rows = book.get_sheet_by_index(0).to_python()
    assert rows == []
    lists = book.get_sheet_by_name("_lists").to_python(skip_empty_area=False)
    kinds = [row[header.index("ประเภทวิชา (kind)")] for row in lists]
    assert "กิจกรรมพัฒนาผู้เรียน" in kinds
    schools = [row[0] for row in lists]
    assert "3083000001" in schools
