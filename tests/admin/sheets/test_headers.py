import pytest

from admin.sheets.headers import columns_of
from admin.sheets.layout import fold, layout_of, sheet_tables
from admin.sheets.refused import SheetRefused
from schema.tables.declaration import Row
from schema.tables.learning import Subject
from schema.tables.places import School

SCHOOL = layout_of(School)
NEEDED = ["code", "name", "name in Thai", "municipality code"]


@pytest.mark.parametrize(
    "header",
    [
        ["รหัสโรงเรียน", "ชื่ออังกฤษ", "ชื่อ", "เทศบาล: รหัสเทศบาล"],
        ["รหัสโรงเรียน (code)", "NAME", "name_in_thai", "  Municipality   Code * "],
        [*NEEDED, "", " "],
    ],
)
def test_a_header_is_thai_or_english_or_both(header: list[str]) -> None:
    found = columns_of(SCHOOL, header)
    assert [column.path for column in found] == [("code",), ("name",), ("name_th",), ("municipality_id", "code")]


@pytest.mark.parametrize(
    ("header", "code", "said"),
    [
        ([*NEEDED, "code"], "DUPLICATE_HEADER", "รหัสโรงเรียน (code) stands twice"),
        ([*NEEDED, "รหัสโรงเรียน"], "DUPLICATE_HEADER", "stands twice"),
        ([*NEEDED, "colour"], "UNKNOWN_HEADER", "'colour', which is no column"),
        ([*NEEDED, "", "fraction policy"], "UNKNOWN_HEADER", "Column 5 has no name"),
        (["code", "name"], "MISSING_HEADER", "lacks: ชื่อ (name in Thai), เทศบาล: รหัสเทศบาล (municipality code)"),
        (["id", *NEEDED], "UNKNOWN_HEADER", "'id'"),
        ([*NEEDED, "updated_at"], "UNKNOWN_HEADER", "'updated_at'"),
    ],
)
def test_a_header_that_is_not_the_tables_is_refused(header: list[str], code: str, said: str) -> None:
    with pytest.raises(SheetRefused) as refusal:
        columns_of(SCHOOL, header)
    assert refusal.value.code == code
    assert said in refusal.value.message


@pytest.mark.parametrize("model", sheet_tables(), ids=lambda model: model.__table__.name)
def test_no_two_columns_of_a_table_have_a_header_in_common(model: type[Row]) -> None:
    headers = [header for column in layout_of(model).columns for header in column.headers]
    assert len(headers) == len(set(headers))
    assert all(fold(header) == header for header in headers)


def test_a_row_is_referred_to_by_what_people_know_it_by() -> None:
    paths = {column.label: (column.path, column.is_required) for column in layout_of(Subject).columns}
    assert paths["school code"] == (("school_id", "code"), True)
    assert paths["learning area code"] == (("learning_area_id", "code"), True)
    assert paths["learning area curriculum code"] == (("learning_area_id", "curriculum_id", "code"), False)
