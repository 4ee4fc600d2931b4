"""`where`: one filter serves rows and counts, at any depth, alike on both engines."""

import pytest

from tests.schema.asking import Asker


async def names(ask: Asker, where: str) -> list[str]:
    """The given names of the pupils for whom it holds; the count must say the same."""
    data = await ask.data(f"{{ students(where: {where}) {{ totalCount nodes {{ givenName }} }} }}")
    found = [node["givenName"] for node in data["students"]["nodes"]]
    assert data["students"]["totalCount"] == len(found)
    return found


EVERYBODY = 10


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ('{ givenName: { equals: "ปิติ" } }', ["ปิติ"]),
        ('{ givenName: { in: ["ปิติ", "มานี", "nobody"] } }', ["มานี", "ปิติ"]),
        ('{ studentNo: { notIn: ["1", "2", "3", "4"] } }', ["กมล", "เอก", "อก", 'ทอง "Tom" O\'Neill\\']),
        ('{ givenName: { contains: "tOM" } }', ['ทอง "Tom" O\'Neill\\']),
        ('{ givenName: { startsWith: "ทอง \\"t" } }', ['ทอง "Tom" O\'Neill\\']),
        ('{ givenName: { endsWith: "NEILL\\\\" } }', ['ทอง "Tom" O\'Neill\\']),
        ('{ givenName: { contains: "%" } }', []),
        ('{ givenName: { contains: "_" } }', []),
        ('{ birthDate: { gte: "2006-01-01", lt: "2010-01-01" } }', ["ปิติ", "อก"]),
        ('{ sex: { equals: MALE }, studentNo: { equals: "2" } }', ["ปิติ", "วีระ"]),
        ('{ OR: [{ studentNo: { equals: "8" } }, { givenName: { equals: "มานี" } }] }', ["มานี", 'ทอง "Tom" O\'Neill\\']),
        ('{ NOT: [{ sex: { equals: MALE } }, { studentNo: { equals: "1" } }] }', ["สมศรี", "อารี", "อก"]),
        ("{ OR: [] }", []),
        ("{ studentNo: { in: [] } }", []),
        ("{ gpax: { lt: 1.5 } }", ["ชูใจ", "วีระ"]),
        ("{ gpax: { equals: 1.4 } }", ["ชูใจ"]),
        ("{ nationalId: { isNull: false } }", ["มานี", "ชูใจ"]),
        ('{ school: { code: { equals: "3083000001" } } }', ["มานี", "ปิติ"]),
        ('{ homeroom: { name: { equals: "ม.3/1" } } }', ["ชูใจ"]),
        ('{ grades: { some: { code: { label: { equals: "0" } } } } }', ["วีระ"]),
        ('{ grades: { year: 2559, some: { firstCode: { label: { equals: "0" } } } } }', ["ชูใจ"]),
        ("{ grades: { count: { gte: 5 } } }", ["ชูใจ", "วีระ", "สมศรี"]),
        ("{ grades: { count: { equals: 0 } } }", ["มานี", "อก"]),
        ("{ grades: { count: { isNull: true } } }", []),
        ("{ grades: { none: {} } }", ["มานี", "อก"]),
        (
            '{ grades: { some: { subject: { learningArea: { code: { equals: "FOR" } } }, code: { points: { equals: 0 } } } } }',
            ["วีระ"],
        ),
        ("{ schools: { year: 2560, count: { equals: 2 } } }", ["อารี"]),
        ('{ id: { equals: "Student:1" } }', ["มานี"]),
        ('{ id: { equals: "School:1" } }', []),
    ],
)
async def test_it_holds_of_these_pupils(ask: Asker, where: str, expected: list[str]) -> None:
    assert await names(ask, where) == expected


@pytest.mark.parametrize(
    "where",
    [
        "{}",
        "{ AND: [] }",
        "{ NOT: [] }",
        "{ studentNo: {} }",
        "{ studentNo: { notIn: [] } }",
        '{ givenName: { contains: "", endsWith: "" } }',
    ],
)
async def test_it_holds_of_everybody(ask: Asker, where: str) -> None:
    assert len(await names(ask, where)) == EVERYBODY


async def test_a_comparison_with_null_is_false_and_its_opposite_true(ask: Asker) -> None:
    low = await names(ask, "{ gpax: { lt: 2 } }")
    other = await names(ask, "{ NOT: [{ gpax: { lt: 2 } }] }")
    assert len(low) + len(other) == EVERYBODY
    assert set(await names(ask, "{ gpax: { isNull: true } }")) <= set(other)


async def test_a_null_is_not_even_outside_an_empty_list(ask: Asker) -> None:
    # SQL says that it is: a fuzz counted pupils without a GPAX among those whose GPAX is none of no values.
    known = await names(ask, "{ gpax: { isNull: false } }")
    assert await names(ask, "{ gpax: { notIn: [] } }") == known
    assert await names(ask, "{ OR: [{ gpax: { notIn: [] } }, { gpax: { lt: 0 } }] }") == known
    assert len(await names(ask, "{ NOT: [{ gpax: { notIn: [] } }] }")) == EVERYBODY - len(known) > 0


async def test_every_is_so_where_there_is_no_row(ask: Asker) -> None:
    passed = "{ grades: { every: { code: { countsAsEarned: { equals: true } } } } }"
    found = await names(ask, passed)
    assert {"มานี", "อก"} <= set(found)
    assert "สมศรี" not in found


async def test_a_lists_own_where_says_of_which_rows_the_rest_is_asked(ask: Asker) -> None:
    zeros = "where: { code: { points: { equals: 0 } } }"
    some = await names(ask, "{ grades: { some: { code: { points: { equals: 0 } } } } }")
    assert await names(ask, f"{{ grades: {{ {zeros}, count: {{ gt: 0 }} }} }}") == some
    assert await names(ask, f"{{ grades: {{ {zeros}, some: {{}} }} }}") == some
    assert len(await names(ask, f"{{ grades: {{ {zeros}, none: {{}} }} }}")) == EVERYBODY - len(some)
    assert len(await names(ask, f"{{ grades: {{ {zeros} }} }}")) == EVERYBODY


async def test_a_relation_that_leads_nowhere_is_no_row_to_hold_of(ask: Asker) -> None:
    data = await ask.data("""{ with: grades(where: { code: {} }) { totalCount } without: grades(where: { NOT: [{ code: {} }] }) { totalCount }
        all: grades { totalCount } yearly: grades(where: { NOT: [{ term: {} }] }) { nodes { term { number } } } }""")
    assert data["with"]["totalCount"] + data["without"]["totalCount"] == data["all"]["totalCount"]
    assert data["without"]["totalCount"] == 1
    assert {node["term"] for node in data["yearly"]["nodes"]} == {None}


async def test_it_filters_below_the_root_too(ask: Asker) -> None:
    data = await ask.data("""{ schools { nodes { students(where: { sex: { equals: FEMALE } }) { totalCount nodes {
        givenName grades(where: { year: { beYear: { equals: 2561 } } }, first: 1) { totalCount nodes { subject { code } } } } } } } }""")
    counts = [school["students"]["totalCount"] for school in data["schools"]["nodes"]]
    assert counts == [len(school["students"]["nodes"]) for school in data["schools"]["nodes"]] == [1, 4]


async def test_pages_of_a_filtered_connection_follow_one_another(ask: Asker) -> None:
    query = """query Q($after: String) { students(first: 2, after: $after, where: { sex: { equals: MALE } }) {
        nodes { givenName } pageInfo { hasNextPage endCursor } } }"""
    met: list[str] = []
    after, more = None, True
    while more:
        page = (await ask.data(query, after=after))["students"]
        met += [node["givenName"] for node in page["nodes"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert met == await names(ask, "{ sex: { equals: MALE } }")


async def test_a_variable_is_bound_anew_in_a_cached_plan_and_its_shape_makes_another(ask: Asker) -> None:
    query = "query Q($where: StudentWhere) { students(where: $where) { totalCount } }"
    counts = [
        (await ask.data(query, where=where))["students"]["totalCount"]
        for where in (
            {"sex": {"equals": "MALE"}},
            {"sex": {"equals": "FEMALE"}},
            {"sex": {"in": ["MALE", "FEMALE"]}},
            {"nationalId": {"isNull": True}},
            {"nationalId": {"isNull": False}},
            None,
            {"OR": [{"sex": {"equals": "MALE"}}, {"sex": {"equals": "FEMALE"}}]},
        )
    ]
    assert counts == [5, 5, 10, 8, 2, 10, 10]


@pytest.mark.parametrize(
    "where",
    [
        "{ sex: null }",
        "{ sex: { equals: null } }",
        "{ AND: null }",
        "{ grades: { some: null } }",
        "{ grades: { count: { equals: null } } }",
        "{ grades: { count: { isNull: null } } }",
        "{ grades: { year: 2018, some: {} } }",
        '{ id: { equals: "x" } }',
        '{ givenName: { equals: "\\u0000" } }',
        '{ updatedAt: { gt: "2020-01-01T00:00:00" } }',
        "{ studentNo: { in: [" + '"1" ' * 10_001 + "] } }",
        "{ AND: [" + "{} " * 501 + "] }",
        "{ AND: [" * 12 + "{}" + "] }" * 12,
        "{ school: { students: { some: " * 4 + "{}" + "} } }" * 4,
    ],
)
async def test_what_cannot_be_asked_is_refused_by_the_arguments_path(ask: Asker, where: str) -> None:
    error = await ask.error(f"{{ students(where: {where}) {{ totalCount }} }}")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith("students(where")


async def test_hostile_text_is_bound_never_spliced(ask: Asker) -> None:
    query = "query Q($x: String!) { students(where: { OR: [{ givenName: { contains: $x } }, { studentNo: { in: [$x] } }] }) { totalCount } }"
    for hostile in ("' OR 1=1 --", '"); DROP TABLE student; --', "%", "_", "$1", "?1", "{row}", "\\'"):
        assert (await ask.data(query, x=hostile))["students"]["totalCount"] == 0


async def test_moments_are_compared_whatever_their_offset(ask: Asker) -> None:
    query = "query Q($at: DateTime!) { students(where: { updatedAt: { gt: $at } }) { totalCount } }"
    assert (await ask.data(query, at="2001-01-01T07:00:00+07:00"))["students"]["totalCount"] == EVERYBODY
    assert (await ask.data(query, at="2999-01-01T00:00:00Z"))["students"]["totalCount"] == 0


async def test_a_moment_between_two_milliseconds_is_neither_of_them(ask: Asker) -> None:
    query = """query Q($before: DateTime!, $at: DateTime!) {
        first: gradeEvents(first: 1, where: { at: { gt: $before } }) { nodes { at } }
        equal: gradeEvents(where: { at: { equals: $at } }) { totalCount }
        listed: gradeEvents(where: { at: { in: [$at] } }) { totalCount }
        less: gradeEvents(where: { at: { lt: $at } }) { totalCount }
        most: gradeEvents(where: { at: { lte: $at } }) { totalCount }
        more: gradeEvents(where: { at: { gt: $at } }) { totalCount }
        least: gradeEvents(where: { at: { gte: $at } }) { totalCount }
        all: gradeEvents { totalCount } }"""
    first = (await ask.data(query, before="2001-01-01T00:00:00Z", at="2001-01-01T00:00:00Z"))["first"]["nodes"][0]["at"]
    counts = await ask.data(query, before="2001-01-01T00:00:00Z", at=f"{first.removesuffix('Z')}5Z")
    told = {key: part["totalCount"] for key, part in counts.items() if key != "first"}
    assert told["equal"] == told["listed"] == 0
    assert told["less"] == told["most"] > 0
    assert told["more"] == told["least"] == told["all"] - told["less"]
