"""Orders, aggregates and groups of the small city, counted by hand; the compiler and the oracle both say so."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.comparison import Engines
from tests.small_city import SmallCity

CITY, WAT = "3083000002", "3083000001"
CHUJAI, PITI = f'schoolCode: "{CITY}", studentNo: "1"', f'schoolCode: "{WAT}", studentNo: "2"'


@pytest.fixture
def small(small_city: SmallCity) -> Iterator[Engines]:
    """The compiler and the oracle over the small city."""
    with Engines.opened({"small": small_city.url}) as opened:
        yield opened


def _told(engines: Engines, query: str, **variables: object) -> Any:  # noqa: ANN401 - an answer
    """What both say."""
    assert engines.agree(query, variables).errors == ()
    return json.loads(json.dumps(engines.show(engines.engines[0], query, variables)), parse_float=Decimal)


def _is_refused(engines: Engines, query: str) -> bool:
    errors = engines.agree(query).errors
    return bool(errors) and {code for _, code in errors or ()} == {"BAD_USER_INPUT"}


def _numbers(answer: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - an answer
    """The pupils of an answer, each by the last digit of the school's code and by number."""
    return [(pupil["school"]["code"][-1], pupil["studentNo"]) for pupil in answer["students"]["nodes"]]


# orderBy


def test_nulls_stand_last_whichever_the_direction_and_ties_stand_by_key(small: Engines) -> None:
    query = "query Q($d: Direction!) { students(orderBy: [{gpax: $d}]) { nodes { studentNo school { code } } } }"
    # 4 twice, 3.62, 3, 2 twice, 1.4, 0.46, and two pupils without a grade that counts.
    none = [("1", "1"), ("2", "7")]
    assert _numbers(_told(small, query, d="DESC")) == [
        *(("2", "3"), ("2", "5"), ("1", "2"), ("2", "4"), ("2", "6"), ("2", "8"), ("2", "1"), ("2", "2")),
        *none,
    ]
    assert _numbers(_told(small, query, d="ASC")) == [
        *(("2", "2"), ("2", "1"), ("2", "6"), ("2", "8"), ("2", "4"), ("1", "2"), ("2", "3"), ("2", "5")),
        *none,
    ]


def test_words_in_thai_are_ordered_as_in_a_dictionary_but_grouped_by_code_point(small: Engines) -> None:
    figures = "aggregate { min { familyName } max { familyName } }"
    groups = (
        "groups(by: [FAMILY_NAME], orderBy: [{key: {familyName: DESC}}], first: 2) { nodes { key { familyName } } }"
    )
    answer = _told(
        small, f"{{ students(orderBy: {{familyName: ASC}}) {{ nodes {{ familyName }} {figures} {groups} }} }}"
    )
    names = [pupil["familyName"] for pupil in answer["students"]["nodes"]]
    assert names[:5] == ["กล้าหาญ", "กล้าหาญ", "แก้วใส", "ใจดี", "ไทย\nแท้"]
    assert names[5:] == ["ประสงค์สุข", "พิทักษ์ถิ่น", "รักเผ่าไทย", "เลิศล้ำ", "โอภาส"]
    assert answer["students"]["aggregate"] == {"min": {"familyName": "กล้าหาญ"}, "max": {"familyName": "ไทย\nแท้"}}
    keys = [group["key"]["familyName"] for group in answer["students"]["groups"]["nodes"]]
    assert keys == ["ไทย\nแท้", "ใจดี"]


def test_rows_are_ordered_by_how_many_related_rows_they_have_in_a_year(small: Engines) -> None:
    answer = _told(
        small,
        "{ students(orderBy: [{grades: {count: DESC, year: 2561}}, {studentNo: ASC}]) {"
        " nodes { studentNo school { code } } } }",
    )
    one = (("2", "1"), ("1", "2"), ("2", "4"), ("2", "5"), ("2", "6"))
    assert _numbers(answer) == [("2", "3"), *one, ("1", "1"), ("2", "2"), ("2", "7"), ("2", "8")]


def test_rows_are_ordered_by_what_a_relation_leads_to_then_by_the_next_key(small: Engines) -> None:
    # One key needs no list.
    shown = "{ nodes { studentNo school { code } } }"
    by_two = f"{{ students(first: 3, orderBy: [{{school: {{code: ASC}}}}, {{studentNo: DESC}}]) {shown} }}"
    assert _numbers(_told(small, by_two)) == [("1", "2"), ("1", "1"), ("2", "8")]
    by_one = f"{{ students(last: 2, orderBy: {{school: {{students: {{count: DESC, year: 2561}}}}}}) {shown} }}"
    assert _numbers(_told(small, by_one)) == [("1", "1"), ("1", "2")]


def test_a_cursor_tells_its_order_its_keys_and_its_row(small: Engines) -> None:
    order = "orderBy: [{grades: {count: DESC, year: 2561}}, {birthDate: ASC}]"
    answer = _told(small, f"{{ students({order}, first: 1) {{ pageInfo {{ endCursor }} }} }}")
    cursor = json.loads(bytes.fromhex(answer["students"]["pageInfo"]["endCursor"]))
    assert cursor[:-1] == ["Student:grades.count:DESC,birthDate:ASC,id:ASC", 2561, 5, "2005-09-30"]
    assert isinstance(cursor[-1], int)


def test_a_cursor_of_another_order_or_year_is_refused(small: Engines) -> None:
    told = _told(small, "{ students(orderBy: {gpax: ASC}, first: 1) { pageInfo { endCursor } } }")
    cursor = told["students"]["pageInfo"]["endCursor"]
    for order in ("{gpax: DESC}", "[{gpax: ASC}, {id: ASC}]", "[]"):
        assert _is_refused(small, f'{{ students(orderBy: {order}, after: "{cursor}") {{ totalCount }} }}')
    of_year = "{{ students(orderBy: {{grades: {{count: ASC, year: {}}}}}, first: 1{}) {{ pageInfo {{ endCursor }} }} }}"
    cursor = _told(small, of_year.format(2560, ""))["students"]["pageInfo"]["endCursor"]
    assert _is_refused(small, of_year.format(2561, f', after: "{cursor}"'))
    assert not _is_refused(small, of_year.format(2560, f', after: "{cursor}"'))


def test_an_order_has_at_most_eight_keys_and_a_year_of_this_age(small: Engines) -> None:
    keys = ", ".join(["{id: ASC}"] * 8)
    assert not _is_refused(small, f"{{ schools(orderBy: [{keys}]) {{ totalCount }} }}")
    assert _is_refused(small, f"{{ schools(orderBy: [{keys}, {{code: ASC}}]) {{ totalCount }} }}")
    assert _is_refused(small, "{ schools(orderBy: [{students: {count: ASC, year: 2399}}]) { totalCount } }")


# aggregate


def test_numbers_are_summed_up_exactly_and_percentiles_interpolated(small: Engines) -> None:
    shown = " ".join(f"{name} {{ code {{ points }} }}" for name in ("avg", "sum", "p25", "median", "p75", "min", "max"))
    query = "{ studentBy(%s) { grades { aggregate { count " + shown + " } } } }"

    def points(of: str) -> list[Any]:
        found = _told(small, query % of)["studentBy"]["grades"]["aggregate"]
        return [found.pop("count"), *(figures["code"]["points"] for figures in found.values())]

    # 3, 3.5, 4 and 4.
    quarters = (Decimal("3.625"), Decimal("14.5"), Decimal("3.375"), Decimal("3.75"))
    assert points(PITI) == [4, *quarters, 4, 3, 4]
    # 1, 1, 1.5, 1.5 and 2.
    assert points(CHUJAI) == [5, Decimal("1.4"), 7, 1, Decimal("1.5"), Decimal("1.5"), 1, 2]


def test_an_average_has_four_decimals_and_is_of_all_pages(small: Engines) -> None:
    # 1.5, 1 and 1.5 credits.
    where = f'where: {{student: {{school: {{code: {{equals: "{CITY}"}}}}, studentNo: {{in: ["5", "8"]}}}}}}'
    answer = _told(small, f"{{ grades(first: 1, {where}) {{ aggregate {{ avg {{ credits }} sum {{ credits }} }} }} }}")
    assert answer["grades"]["aggregate"] == {"avg": {"credits": Decimal("1.3333")}, "sum": {"credits": 4}}


def test_over_no_value_there_is_null_and_no_different_one(small: Engines) -> None:
    figures = "count countDistinct { gpax school } avg { gpax } median { gpax } min { gpax school { name } }"
    query = "{ students(where: {studentNo: {equals: %s}}) { aggregate { " + figures + " } } }"
    none = {"avg": {"gpax": None}, "median": {"gpax": None}}
    assert _told(small, query % '"7"')["students"]["aggregate"] == {
        "count": 1,
        "countDistinct": {"gpax": 0, "school": 1},
        **none,
        "min": {"gpax": None, "school": {"name": "Andaman City"}},
    }
    assert _told(small, query % '"99"')["students"]["aggregate"] == {
        "count": 0,
        "countDistinct": {"gpax": 0, "school": 0},
        **none,
        "min": {"gpax": None, "school": {"name": None}},
    }


def test_rows_can_be_counted_under_a_further_where(small: Engines) -> None:
    figures = "count many: count(where: {credits: {gt: 1.4}}) none: count(where: {OR: []}) countDistinct { student }"
    answer = _told(
        small, f"{{ grades(where: {{year: {{beYear: {{equals: 2561}}}}}}) {{ aggregate {{ {figures} }} }} }}"
    )
    assert answer["grades"]["aggregate"] == {"count": 10, "many": 8, "none": 0, "countDistinct": {"student": 6}}


# groups


def _groups(engines: Engines, connection: str, arguments: str, shown: str) -> list[Any]:
    answer = _told(engines, f"{{ {connection} {{ groups({arguments}) {{ nodes {{ {shown} }} }} }} }}")
    (found,) = answer.values()
    groups: list[Any] = found["groups"]["nodes"]
    return groups


def test_rows_are_grouped_by_several_keys_in_the_keys_order(small: Engines) -> None:
    groups = _groups(small, "students", "by: [SCHOOL, SEX]", "key { school { code } sex } count")
    assert [(g["key"]["school"]["code"], g["key"]["sex"], g["count"]) for g in groups] == [
        (WAT, "FEMALE", 1),
        (WAT, "MALE", 1),
        (CITY, "FEMALE", 4),
        (CITY, "MALE", 4),
    ]


def test_groups_are_ordered_by_figures_and_by_what_their_keys_lead_to(small: Engines) -> None:
    shown = "key { year { beYear } } count"
    by_count = _groups(small, "grades", "by: YEAR, orderBy: {count: DESC}", shown)
    assert [(g["key"]["year"]["beYear"], g["count"]) for g in by_count] == [(2560, 11), (2561, 10), (2559, 5)]
    by_key = _groups(small, "grades", "by: YEAR, orderBy: [{key: {year: {beYear: DESC}}}]", shown)
    assert [g["key"]["year"]["beYear"] for g in by_key] == [2561, 2560, 2559]


def test_rows_without_a_key_are_a_group_that_stands_last(small: Engines) -> None:
    where = 'where: {student: {givenName: {equals: "สมศรี"}}}'
    groups = _groups(small, f"grades({where})", "by: [CODE]", "key { code { label } } count")
    assert sorted(g["key"]["code"]["label"] for g in groups[:-1]) == ["4", "ผ", "มส", "ร"]
    assert groups[-1] == {"key": {"code": None}, "count": 1}


def test_having_compares_figures_as_they_are_shown(small: Engines) -> None:
    # 16.86 / 7 pupils with an average.
    having = "having: {avg: {gpax: {equals: 2.4086}}, NOT: [{count: {lt: 8}}]}"
    assert _groups(small, "students", f"by: [SCHOOL], {having}", "count avg { gpax }") == [
        {"count": 8, "avg": {"gpax": Decimal("2.4086")}}
    ]
    nothing = _groups(small, "students", "by: [GIVEN_NAME], having: {max: {gpax: {isNull: true}}}", "key { givenName }")
    assert [group["key"]["givenName"] for group in nothing] == ["มานี", "อก"]


def test_groups_come_in_pages(small: Engines) -> None:
    shown = "totalCount edges { cursor node { key { sex } } } pageInfo { hasNextPage hasPreviousPage endCursor }"
    query = "query Q($at: String) { students { groups(by: [SEX], first: 1, after: $at) { " + shown + " } } }"
    first = _told(small, query)["students"]["groups"]
    assert [edge["node"]["key"]["sex"] for edge in first["edges"]] == ["FEMALE"]
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (
        2,
        True,
        False,
    )
    second = _told(small, query, at=first["pageInfo"]["endCursor"])["students"]["groups"]
    assert [edge["node"]["key"]["sex"] for edge in second["edges"]] == ["MALE"]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)


def test_beneath_a_key_stands_whatever_is_asked_of_its_row(small: Engines) -> None:
    shown = "key { school { grades(first: 1) { totalCount groups(by: [YEAR]) { totalCount } } } }"
    groups = _groups(small, "students", "by: [SCHOOL]", shown)
    assert [group["key"]["school"]["grades"]["groups"]["totalCount"] for group in groups] == [3, 3]


def test_no_row_makes_no_group(small: Engines) -> None:
    answer = _told(small, "{ students(where: {OR: []}) { groups(by: [SEX]) { totalCount nodes { count } } } }")
    assert answer["students"]["groups"] == {"totalCount": 0, "nodes": []}


@pytest.mark.parametrize(
    "groups",
    [
        "groups(by: []) { totalCount }",
        "groups(by: [SEX, SEX]) { totalCount }",
        "groups(by: [SEX]) { nodes { key { givenName } } }",
        "groups(by: [SEX], orderBy: [{key: {school: {code: ASC}}}]) { totalCount }",
        "groups(by: [SEX], having: {count: {equals: null}}) { totalCount }",
        "groups(by: [SEX], having: {AND: null}) { totalCount }",
        "groups(by: [SEX], first: 1001) { totalCount }",
        'groups(by: [SEX], after: "5B5D") { totalCount }',
    ],
)
def test_groups_that_cannot_be_made_are_refused(small: Engines, groups: str) -> None:
    assert _is_refused(small, f"{{ students {{ {groups} }} }}")
