"""What a client writes around fields: aliases, fragments, directives, many root fields."""

from tests.schema.asking import Asker


async def test_one_statement_answers_a_root_field_however_deep(ask: Asker) -> None:
    await ask.data("""{ schools(first: 3) { totalCount nodes { name homerooms(first: 9) { nodes { name students(first: 9) {
        nodes { grades(first: 9) { nodes { code { label } subject { name learningArea { name } }
        events(first: 9) { nodes { kind at } } } } } } } } } } }""")
    assert len(ask.statements) == 1


async def test_aliases_of_one_relation_with_other_arguments_are_answered_apart(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000002", studentNo: "1") {
        a: grades(first: 1) { nodes { year { beYear } } } b: grades(last: 1) { nodes { year { beYear } } }
        c: homeroom(year: 2559) { name } d: homeroom(year: 2560) { name }
    } }""")
    assert data["studentBy"] == {
        "a": {"nodes": [{"year": {"beYear": 2559}}]},
        "b": {"nodes": [{"year": {"beYear": 2561}}]},
        "c": {"name": "ม.1/1"},
        "d": {"name": "ม.2/1"},
    }


async def test_fields_of_fragments_merge_in_the_order_they_were_asked(ask: Asker) -> None:
    data = await ask.data("""
        query { schools(first: 1) { nodes { code ...Names subjects(first: 1) { totalCount } ... on School { name } } } }
        fragment Names on School { name nameTh subjects(first: 1) { nodes { code } } }
    """)
    (school,) = data["schools"]["nodes"]
    assert list(school) == ["code", "name", "nameTh", "subjects"]
    assert list(school["subjects"]) == ["nodes", "totalCount"]


async def test_skip_and_include_follow_the_variables_of_each_request(ask: Asker) -> None:
    query = """query Q($with: Boolean!) { schools(first: 1) { nodes {
        code name @include(if: $with) subjects(first: 1) @skip(if: $with) { totalCount }
    } } }"""
    for with_name, keys in ((True, ["code", "name"]), (False, ["code", "subjects"]), (True, ["code", "name"])):
        data = await ask.data(query, **{"with": with_name})
        assert list(data["schools"]["nodes"][0]) == keys


async def test_typename_is_answered_at_every_level(ask: Asker) -> None:
    data = await ask.data("""{ __typename schools(first: 1) { __typename pageInfo { __typename } edges { __typename
        node { __typename municipality { __typename } } } } indicators(years: [2561]) { __typename lowGpax { __typename } } }""")
    assert data == {
        "__typename": "Query",
        "schools": {
            "__typename": "SchoolConnection",
            "pageInfo": {"__typename": "PageInfo"},
            "edges": [
                {
                    "__typename": "SchoolEdge",
                    "node": {"__typename": "School", "municipality": {"__typename": "Municipality"}},
                }
            ],
        },
        "indicators": [{"__typename": "YearIndicators", "lowGpax": {"__typename": "Rate"}}],
    }


async def test_a_relation_that_leads_nowhere_is_null_and_an_empty_list_is_empty(ask: Asker) -> None:
    data = await ask.data("""{ studentBy(schoolCode: "3083000001", studentNo: "2") { givenName nationalId
        grades(year: 2559, first: 1) { nodes { score term { number } code { label minScore isPending } } }
        destinations { nodes { id } } } }""")
    (grade,) = data["studentBy"]["grades"]["nodes"]
    assert grade["term"] is None
    assert data["studentBy"]["nationalId"] is None
    assert data["studentBy"]["destinations"] == {"nodes": []}


async def test_text_with_quotes_and_line_breaks_comes_back_as_it_was_written(ask: Asker) -> None:
    data = await ask.data('{ studentBy(schoolCode: "3083000002", studentNo: "8") { givenName familyName } }')
    assert data["studentBy"] == {"givenName": 'ทอง "Tom" O\'Neill\\', "familyName": "ไทย\nแท้"}


async def test_an_alias_longer_than_an_identifier_of_postgresql_is_kept_whole(ask: Asker) -> None:
    alias, other = "a" * 100, "a" * 99 + "b"
    data = await ask.data(
        f"{{ schools(first: 1) {{ nodes {{ {alias}: name {other}: code {alias}c: subjects {{ totalCount }} }} }} }}"
    )
    assert list(data["schools"]["nodes"][0]) == [alias, other, f"{alias}c"]


async def test_levels_of_one_long_path_keep_apart(ask: Asker) -> None:
    alias = "p" * 60
    data = await ask.data(f"""{{ {alias}: schools(first: 1) {{ nodes {{
        {alias}a: subjects(first: 1) {{ nodes {{ code }} }} {alias}b: homerooms(first: 1) {{ nodes {{ name }} }} }} }} }}""")
    (school,) = data[alias]["nodes"]
    assert list(school[f"{alias}a"]["nodes"][0]) == ["code"]
    assert list(school[f"{alias}b"]["nodes"][0]) == ["name"]


async def test_hundreds_of_members_are_answered(ask: Asker) -> None:
    for count in (63, 64, 700):
        fields = " ".join(f"f{number}: name" for number in range(count))
        data = await ask.data(f"{{ schools(first: 1) {{ nodes {{ {fields} }} }} }}")
        assert list(data["schools"]["nodes"][0]) == [f"f{number}" for number in range(count)]


async def test_each_root_field_is_one_statement(ask: Asker) -> None:
    data = await ask.data("{ a: students { totalCount } b: students { totalCount } c: schools { nodes { code } } }")
    assert data["a"] == data["b"] == {"totalCount": 10}
    assert len(ask.statements) == 3


async def test_a_row_whose_optional_relation_is_missing_stays_when_what_follows_it_is_asked(ask: Asker) -> None:
    # The primary's grades, which have no term, were lost as soon as the year of the term was asked for.
    data = await ask.data("""{ studentBy(schoolCode: "3083000001", studentNo: "2") { grades {
        totalCount nodes { term { year { beYear } } section { term { year { beYear } } } }
    } } }""")
    grades = data["studentBy"]["grades"]
    assert grades == {"totalCount": 4, "nodes": [{"term": None, "section": {"term": None}}] * 4}


async def test_an_alias_may_be_the_name_of_a_table_or_of_anything_the_statement_names(ask: Asker) -> None:
    # SQLite said "circular reference: student" or "duplicate WITH table name: current_year".
    for name in (
        "student",
        "school",
        "grade",
        "current_year",
        "census",
        "academic_year",
        "page",
        "json_each",
        "select",
    ):
        data = await ask.data(f"""{{ {name}: students(first: 1) {{ nodes {{ s: school {{ code }} h: homeroom {{ name }}
            {name}: grades(first: 1) {{ totalCount nodes {{ student {{ studentNo }} }} }} }} }} }}""")
        expected = {
            "s": {"code": "3083000001"},
            "h": {"name": "อ.3/1"},
            name: {"totalCount": 0, "nodes": []},
        }
        assert data == {name: {"nodes": [expected]}}
        indicators = await ask.data(f"{{ {name}: indicators(years: [2561]) {{ year studentCount }} }}")
        assert indicators[name][0]["year"] == 2561


async def test_aliases_may_differ_in_case_alone(ask: Asker) -> None:
    # SQLite said "duplicate WITH table name".
    data = await ask.data("""{ school(code: "3083000001") {
        a: students(first: 1) { nodes { studentNo } } A: students(last: 1) { nodes { studentNo } }
    } }""")
    assert data["school"] == {"a": {"nodes": [{"studentNo": "1"}]}, "A": {"nodes": [{"studentNo": "2"}]}}
