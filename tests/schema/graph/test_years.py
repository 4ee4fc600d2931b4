"""The `year` argument: what depends on a school year, and what is answered when none is named."""

from tests.schema.asking import Asker


async def test_memberships_are_of_the_current_year_unless_one_is_named(ask: Asker) -> None:
    data = await ask.data("""{ school(code: "3083000002") {
        now: students { nodes { givenName } } past: students(year: 2560) { nodes { givenName } }
        none: students(year: 2400) { totalCount nodes { givenName } }
    } }""")
    now, past = ([s["givenName"] for s in data["school"][key]["nodes"]] for key in ("now", "past"))
    assert "กมล" in now
    assert "วีระ" not in now
    assert "วีระ" in past
    assert data["school"]["none"] == {"totalCount": 0, "nodes": []}


async def test_grades_are_of_all_years_unless_one_is_named(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "1") {
        all: grades { nodes { year { beYear } } } one: grades(year: 2560) { nodes { year { beYear } } }
    } }""")
    years = {key: [g["year"]["beYear"] for g in page["nodes"]] for key, page in data["studentBy"].items()}
    assert years == {"all": [2559, 2559, 2559, 2560, 2561], "one": [2560]}


async def test_the_homeroom_is_that_of_the_year(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "1") {
        homeroom { name } past: homeroom(year: 2559) { name } never: homeroom(year: 2450) { name }
    } }""")
    assert data["studentBy"] == {"homeroom": {"name": "ม.3/1"}, "past": {"name": "ม.1/1"}, "never": None}


async def test_a_setting_names_the_current_year(ask: Asker) -> None:
    from schema.graph import build_schema  # noqa: PLC0415 - costly, and this test's alone

    ask.schema = build_schema(current_year=2559)
    data = await ask.data('{ school(code: "3083000002") { students { nodes { givenName } } } }')
    assert [s["givenName"] for s in data["school"]["students"]["nodes"]] == ["ชูใจ"]
