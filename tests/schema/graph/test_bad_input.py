"""Questions that cannot be answered: a code, and a message that says what to do; alike on both engines."""

import pytest

from tests.schema.asking import Asker

BAD = {
    "first: must be from 0": "{ students(first: -1) { nodes { id } } }",
    "last: must be from 0": "{ students(last: -5) { nodes { id } } }",
    "most, 1000": "{ students(first: 1001) { nodes { id } } }",
    "first and last": "{ students(first: 1, last: 1) { nodes { id } } }",
    "last and offset": "{ students(last: 1, offset: 1) { nodes { id } } }",
    "offset negative": "{ students(offset: -1) { nodes { id } } }",
    "no cursor": '{ students(after: "xyz") { nodes { id } } }',
    "cursor of nothing": '{ students(after: "") { nodes { id } } }',
    "cursor of another type": '{ students(after: "5B225363686F6F6C3A636F64652C6964222C2233303833303030303031222C315D") { nodes { id } } }',
    "cursor with text for a key": '{ students(before: "5B2253747564656E743A6964222C2231225D") { nodes { id } } }',
    "cursor that is deep": '{ students(after: "' + "5B" * 2000 + '") { nodes { id } } }',
    "id malformed": '{ node(id: "Student") { id } }',
    "id of no type": '{ node(id: "Planet:1") { id } }',
    "id of a type without ids": '{ node(id: "TermResult:1") { id } }',
    "id beyond 64 bits": '{ node(id: "Student:9223372036854775808") { id } }',
    "ids, one malformed": '{ nodes(ids: ["Student:1", "x"]) { id } }',
    "year of the wrong era": "{ schools { nodes { students(year: 2018) { totalCount } } } }",
    "year beyond": '{ studentBy(schoolCode: "3083000001", studentNo: "1") { homeroom(year: 9999) { name } } }',
    "years of the wrong era": "{ indicators(years: [2018]) { year } }",
    "too many years": "{ indicators(years: [" + "2561 " * 1001 + "]) { year } }",
    "NUL": '{ school(code: "a\\u0000b") { name } }',
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
async def test_it_is_refused_as_bad_input(ask: Asker, query: str) -> None:
    error = await ask.error(query)
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert ":)" in error["message"]
    assert ask.statements == []


async def test_half_a_surrogate_pair_in_a_variable_is_refused(ask: Asker) -> None:
    error = await ask.error("query S($code: String!) { school(code: $code) { name } }", code="\ud800")
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


async def test_the_message_names_the_argument_by_its_path(ask: Asker) -> None:
    error = await ask.error(
        "{ schools { nodes { pupils: students { nodes { grades(first: 2000) { totalCount } } } } } }"
    )
    assert error["message"].startswith("schools.pupils.grades(first:) must be from 0 to 1000")


async def test_a_year_that_is_not_in_the_calendar_is_not_found(ask: Asker) -> None:
    error = await ask.error("{ indicators(years: [2561, 2570]) { year } }")
    assert error["extensions"]["code"] == "NOT_FOUND"


async def test_a_variable_is_checked_at_each_request_of_a_cached_plan(ask: Asker) -> None:
    query = "query P($n: Int) { students(first: $n) { nodes { id } } }"
    assert len((await ask.data(query, n=2))["students"]["nodes"]) == 2
    assert (await ask.error(query, n=-2))["extensions"]["code"] == "BAD_USER_INPUT"
    assert len((await ask.data(query, n=3))["students"]["nodes"]) == 3


async def test_a_megabyte_of_text_is_a_value_like_any_other(ask: Asker) -> None:
    query = "query S($code: String!) { school(code: $code) { name } }"
    assert await ask.data(query, code="ก" * 350_000) == {"school": None}


async def test_hostile_text_is_bound_never_spliced(ask: Asker) -> None:
    query = 'query S($no: String!) { studentBy(schoolCode: "3083000002", studentNo: $no) { givenName } }'
    for hostile in ("' OR 1=1 --", '"; DROP TABLE student; --', "%", "_", "\\", "$1", "?1", "{row}", "{{"):
        assert await ask.data(query, no=hostile) == {"studentBy": None}


async def test_a_variable_that_is_null_or_left_out_asks_for_the_default_in_a_document_asked_before(ask: Asker) -> None:
    query = "query S($n: Int = 2) { students(first: $n) { nodes { id } } }"
    assert len((await ask.data(query, n=3))["students"]["nodes"]) == 3
    assert len((await ask.data(query))["students"]["nodes"]) == 2
    assert len((await ask.data(query, n=None))["students"]["nodes"]) > 3
    assert len((await ask.data(query, n=1))["students"]["nodes"]) == 1
