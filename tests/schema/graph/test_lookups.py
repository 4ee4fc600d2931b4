"""Root fields that find rows by what people know them by, or by their ids."""

from tests.schema.asking import Asker
from tests.small_city import SmallCity


async def test_a_school_is_found_by_its_code(ask: Asker) -> None:
    data = await ask.data(
        '{ found: school(code: "3083000001") { name nameTh } missing: school(code: "3083999999") { name } }'
    )
    assert data == {"found": {"name": "Wat Andaman", "nameTh": "โรงเรียนวัดอันดามัน"}, "missing": None}


async def test_a_student_is_found_by_school_and_number(ask: Asker) -> None:
    data = await ask.data('{ studentBy(schoolCode: "3083000002", studentNo: "1") { givenName } }')
    assert data["studentBy"] == {"givenName": "ชูใจ"}


async def test_a_subject_is_that_of_the_newest_curriculum_unless_one_is_named(ask: Asker) -> None:
    data = await ask.data("""{
        newest: subject(schoolCode: "3083000002", code: "ค21101") { curriculum { code } }
        null: subject(schoolCode: "3083000002", code: "ค21101", curriculum: null) { curriculum { code } }
        named: subject(schoolCode: "3083000002", code: "ค21101", curriculum: "2551") { curriculum { code } }
    }""")
    codes = {key: subject["curriculum"]["code"] for key, subject in data.items()}
    assert codes == {"newest": "2560", "null": "2560", "named": "2551"}


async def test_a_term_is_found_by_year_and_number(ask: Asker) -> None:
    data = await ask.data(
        "{ term(year: 2561, number: 3) { number year { beYear } } none: term(year: 2500, number: 1) { number } }"
    )
    assert data == {"term": {"number": 3, "year": {"beYear": 2561}}, "none": None}


async def test_node_answers_the_type_its_id_names(ask: Asker, small_city: SmallCity) -> None:
    key = f"Student:{small_city.students['chujai']}"
    data = await ask.data(
        "query N($id: ID!) { node(id: $id) { __typename id ... on Student { givenName } ... on School { name } } }",
        id=key,
    )
    assert data["node"] == {"__typename": "Student", "id": key, "givenName": "ชูใจ"}


async def test_nodes_keep_the_order_asked_and_answer_null_for_what_is_missing(ask: Asker) -> None:
    query = """query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"""
    ids = ["Subject:2", "School:1", "School:999999", "Subject:2"]
    nodes = (await ask.data(query, ids=ids))["nodes"]
    assert [node and node["id"] for node in nodes] == ["Subject:2", "School:1", None, "Subject:2"]
    assert (await ask.data(query, ids=[]))["nodes"] == []


async def test_an_id_of_another_type_finds_nothing(ask: Asker) -> None:
    assert await ask.data('{ student(id: "School:1") { id } }') == {"student": None}


async def test_a_cached_plan_is_not_taken_for_an_id_of_another_type(ask: Asker) -> None:
    query = "query N($id: ID!) { node(id: $id) { __typename } }"
    for global_id, name in (("School:1", "School"), ("Subject:1", "Subject"), ("School:2", "School")):
        assert (await ask.data(query, id=global_id))["node"] == {"__typename": name}


async def test_an_occupation_target_is_found_by_its_first_day(ask: Asker) -> None:
    # PostgreSQL would not compare its date with text: "operator does not exist: date = text".
    data = await ask.data(
        """query T($day: Date!) {
        found: occupationTarget(occupationCode: "5113", municipalityCode: "8301", targetFrom: $day) { targetTo }
        literal: occupationTarget(occupationCode: "5113", municipalityCode: "8301", targetFrom: "2016-01-01") { targetTo }
        none: occupationTarget(occupationCode: "5113", municipalityCode: "8301", targetFrom: "2016-01-02") { targetTo }
    }""",
        day="2016-01-01",
    )
    assert data == {"found": {"targetTo": "2018-01-01"}, "literal": {"targetTo": "2018-01-01"}, "none": None}


async def test_a_day_that_is_none_is_refused_before_the_database_is_asked(ask: Asker) -> None:
    error = await ask.error(
        '{ occupationTarget(occupationCode: "5113", municipalityCode: "8301", targetFrom: "2016-02-30") { targetTo } }'
    )
    assert "Date" in error["message"]
