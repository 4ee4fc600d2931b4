"""Shortcuts: relations that follow others, and their reverses."""

import pytest

from schema.tables.columns import Years
from schema.tables.declaration import Shortcut
from tests.schema.asking import Asker


async def test_a_grade_names_its_school_learning_area_and_level(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "4") { grades { nodes {
        school { code } learningArea { code } gradeLevel { code } subject { code }
    } } } }""")
    assert data["studentBy"]["grades"]["nodes"] == [
        {
            "school": {"code": f"308300000{n}"},
            "learningArea": {"code": area},
            "gradeLevel": {"code": level},
            "subject": s,
        }
        for n, area, level, s in (
            (1, "THA", "ป.6", {"code": "ท16101"}),
            (2, "MAT", "ป.6", {"code": "ค16101"}),
            (2, "MAT", "ม.1", {"code": "ค21101"}),
        )
    ]


async def test_a_school_lists_its_grades_of_all_years_unless_one_is_named(ask: Asker) -> None:
    data = await ask.data("""{ school(code: "3083000001") {
        all: grades { totalCount nodes { subject { code } } } one: grades(year: 2560) { totalCount }
        none: grades(year: 2500) { totalCount nodes { id } }
    } }""")
    assert data["school"]["all"]["totalCount"] == len(data["school"]["all"]["nodes"]) == 5
    assert data["school"]["one"] == {"totalCount": 2}
    assert data["school"]["none"] == {"totalCount": 0, "nodes": []}


async def test_a_where_goes_through_a_shortcut_both_ways(ask: Asker) -> None:
    data = await ask.data("""{
        grades(where: { learningArea: { code: { equals: "MAT" } }, gradeLevel: { code: { equals: "ป.6" } } }) { totalCount }
        schools(where: { grades: { year: 2560, some: { code: { points: { equals: 0 } } } } }) { nodes { code } }
    }""")
    assert data == {"grades": {"totalCount": 1}, "schools": {"nodes": [{"code": "3083000002"}]}}


def test_a_reverse_passes_through_one_table_alone() -> None:
    with pytest.raises(ValueError, match="must name two relations"):
        Shortcut("far", ("a", "b", "c"), "Far.", "ไกล", many="fars", years=Years.ALL)
