"""Pages of to-many relations."""

import pytest

from tests.schema.asking import Asker


async def walk(ask: Asker, field: str, size: int) -> list[str]:
    """The ids met by paging forwards through a root connection."""
    query = f"query Walk($after: String) {{ page: {field}(first: {size}, after: $after) {{ edges {{ node {{ id }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    met: list[str] = []
    after: str | None = None
    while True:
        page = (await ask.data(query, after=after))["page"]
        met += [edge["node"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return met


@pytest.mark.parametrize("field", ["students", "grades", "subjects", "terms", "gradeEvents"])
async def test_paging_forwards_visits_each_row_once(ask: Asker, field: str) -> None:
    everything = (await ask.data(f"{{ all: {field}(first: 1000) {{ totalCount nodes {{ id }} }} }}"))["all"]
    ids = [node["id"] for node in everything["nodes"]]
    assert len(ids) == everything["totalCount"] == len(set(ids)) > 3
    assert await walk(ask, field, 2) == ids


async def test_the_last_page_keeps_the_order_and_knows_what_precedes_it(ask: Asker) -> None:
    data = await ask.data("""{
        all: students(first: 100) { nodes { id } }
        tail: students(last: 3) { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
    }""")
    assert data["tail"]["nodes"] == data["all"]["nodes"][-3:]
    assert data["tail"]["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True}


async def test_what_precedes_a_cursor_ends_just_before_it(ask: Asker) -> None:
    edges = (await ask.data("{ students(first: 100) { edges { cursor node { id } } } }"))["students"]["edges"]
    query = """query Before($before: String) {
        students(last: 2, before: $before) { nodes { id } pageInfo { hasNextPage hasPreviousPage } }
    }"""
    page = (await ask.data(query, before=edges[5]["cursor"]))["students"]
    assert [node["id"] for node in page["nodes"]] == [edge["node"]["id"] for edge in edges[3:5]]
    assert page["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": True}


async def test_an_offset_passes_over_rows_at_the_front(ask: Asker) -> None:
    data = await ask.data("""{
        all: students(first: 4) { nodes { id } }
        later: students(first: 2, offset: 2) { nodes { id } pageInfo { hasPreviousPage } }
    }""")
    assert data["later"]["nodes"] == data["all"]["nodes"][2:]
    assert data["later"]["pageInfo"]["hasPreviousPage"]


async def test_an_empty_page_has_no_cursors_but_knows_that_rows_follow(ask: Asker) -> None:
    page = (await ask.data("{ schools(first: 0) { nodes { id } pageInfo { hasNextPage startCursor endCursor } } }"))[
        "schools"
    ]
    assert page == {"nodes": [], "pageInfo": {"hasNextPage": True, "startCursor": None, "endCursor": None}}


async def test_the_total_counts_all_pages(ask: Asker) -> None:
    data = await ask.data(
        "{ schools(first: 1) { totalCount nodes { subjects(first: 1) { totalCount nodes { code } } } } }"
    )
    assert data["schools"]["totalCount"] == 2
    (school,) = data["schools"]["nodes"]
    assert school["subjects"]["totalCount"] == 5
    assert len(school["subjects"]["nodes"]) == 1


async def test_a_pupil_who_left_and_came_in_the_year_is_listed_at_both_schools(ask: Asker) -> None:
    data = await ask.data("""{ schools { nodes { students(year: 2560) { nodes { givenName } } } } }""")
    for school in data["schools"]["nodes"]:
        assert [s["givenName"] for s in school["students"]["nodes"]].count("อารี") == 1


async def test_ten_connections_deep_answers_with_edges_cursors_and_page_info(ask: Asker) -> None:
    path = ("schools", "students") * 5
    inner = "id"
    for name in reversed(path):
        page_info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        inner = f"id {name}(first: 2) {{ totalCount edges {{ cursor node {{ {inner} }} }} {page_info} }}"
    node = await ask.data(f"{{ {inner.removeprefix('id ')} }}")
    for name in path:
        page = node[name]
        assert page["edges"][0]["cursor"] == page["pageInfo"]["startCursor"]
        assert page["totalCount"] >= 1
        node = page["edges"][0]["node"]
    assert len(ask.statements) == 1


async def test_page_info_is_one_object_whichever_of_its_fields_are_asked(ask: Asker) -> None:
    # One field alone gave as many objects as rows: an error on PostgreSQL, null for the whole on SQLite without rows.
    fields = ("hasPreviousPage", "hasNextPage", "__typename", "startCursor", "endCursor")
    for size in ("first: 1", "last: 1", "first: 1, offset: 1"):
        for school in ("3083000001", "3083000002"):
            for year in (2561, 2500):
                query = f'{{ school(code: "{school}") {{ %s }} }}'
                pages = f"students({size}, year: {year}) {{ pageInfo {{ %s }} }}"
                alone = {
                    name: (await ask.data(query % (pages % name)))["school"]["students"]["pageInfo"][name]
                    for name in fields
                }
                whole = (await ask.data(query % (pages % " ".join(fields))))["school"]["students"]["pageInfo"]
                assert alone == whole, (size, school, year)


async def test_an_empty_selection_of_page_info_is_an_empty_object(ask: Asker) -> None:
    data = await ask.data("{ schools { pageInfo { hasNextPage @skip(if: true) } totalCount } }")
    assert data == {"schools": {"pageInfo": {}, "totalCount": 2}}
