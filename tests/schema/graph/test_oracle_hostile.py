"""Hostile arguments: an answer as the oracle gives it, or a refusal; alike on both engines, and never anything else."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from tests.oracle import hostile
from tests.oracle.comparison import Engines
from tests.oracle.declared import exposed
from tests.oracle.fixtures import engines
from tests.oracle.lookups import named
from tests.oracle.vocabulary import Vocabulary

__all__ = ["engines"]

_FEW = 5
"""Values a field's argument meets; which ones moves on from argument to argument, so that each meets many."""


@dataclass(frozen=True, slots=True)
class Place:
    """An argument somewhere in the graph, and a query that gives it the variable `$value`."""

    owner: str
    field: str
    argument: str
    kind: str
    query: str

    @property
    def values(self) -> tuple[Any, ...]:
        if self.argument in ("after", "before"):
            return tuple(hostile.CURSORS)
        # What rows are grouped by is an enumeration of each type.
        values = hostile.BY_TYPE.get(self.kind, hostile.BY_TYPE["Sex"])
        return tuple([value] for value in values) if self.argument in ("ids", "years", "by") else tuple(values)


def _places(engines: Engines, vocabulary: Vocabulary) -> Iterator[Place]:
    schema = engines.schema
    for owner in schema.type_map.values():
        if not isinstance(owner, GraphQLObjectType) or owner.name.startswith("__"):
            continue
        for name, field in owner.fields.items():
            target = get_named_type(field.type)
            inner = "" if is_leaf_type(target) else " { __typename }"
            for argument, definition in field.args.items():
                if isinstance(get_named_type(definition.type), GraphQLInputObjectType):
                    continue
                others = _others(vocabulary, owner.name, name, argument)
                if "by" in field.args and argument != "by":
                    by = get_named_type(field.args["by"].type)
                    assert isinstance(by, GraphQLEnumType)
                    others = f", by: [{next(iter(by.values))}]"
                call = f"{name}({argument}: $value{others}){inner}"
                if owner.name.endswith("Connection"):
                    call = f"{exposed()[owner.name.removesuffix('Connection')].about.plural} {{ {call} }}"
                elif owner.name != "Query":
                    call = f'node(id: "{owner.name}:1") {{ ... on {owner.name} {{ {call} }} }}'
                query = f"query Q($value: {definition.type}) {{ {call} }}"
                yield Place(owner.name, name, argument, _kind(definition), query)


def _others(vocabulary: Vocabulary, owner: str, name: str, argument: str) -> str:
    """The other arguments of a lookup, which must be given too."""
    if owner != "Query" or name not in vocabulary.keys:
        return ""
    model, _ = named(name)
    given = vocabulary.keys[name][0]
    kinds = {"kind"} if model.__name__ == "StudentIdentifier" else set()
    shown = [
        f", {other}: {value if other in kinds or isinstance(value, int) else chr(34) + value + chr(34)}"
        for other, value in given.items()
        if other != argument
    ]
    return "".join(shown)


def _kind(definition: GraphQLArgument) -> str:
    return get_named_type(definition.type).name


def test_every_argument_takes_or_refuses_whatever_is_sent(engines: Engines) -> None:
    for number, place in enumerate(_places(engines, Vocabulary.of(engines))):
        values = place.values
        start = number * _FEW
        for value in (values[(start + step) % len(values)] for step in range(min(_FEW, len(values)))):
            answer = engines.agree(place.query, {"value": value})
            codes = {code for _, code in answer.errors or ()}
            assert codes <= {"BAD_USER_INPUT", "NOT_FOUND"}, (place, value)


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("query Q($value: ID!) { node(id: $value) { id } }", hostile.IDS),
        ("query Q($value: ID!) { student(id: $value) { id } }", hostile.IDS),
        ("query Q($value: String!) { school(code: $value) { name } }", hostile.TEXTS),
        ('query Q($value: String) { subject(schoolCode: "3083000002", code: "ค21101", curriculum: $value) { name } }', hostile.TEXTS),
        ("query Q($value: String) { schools(after: $value) { nodes { code } } }", hostile.CURSORS),
        ("query Q($value: String) { schools { nodes { students(before: $value) { totalCount } } } }", hostile.CURSORS),
        ("query Q($value: Int) { schools(first: $value) { pageInfo { hasNextPage } } }", hostile.NUMBERS),
        ("query Q($value: Int) { schools(offset: $value) { nodes { code } pageInfo { hasPreviousPage } } }", hostile.NUMBERS),
        ("query Q($value: Int) { students { nodes { homeroom(year: $value) { name } } } }", hostile.NUMBERS),
        ("query Q($value: Int!) { academicYear(beYear: $value) { beYear } }", hostile.NUMBERS),
        ("query Q($value: Int!) { indicators(years: [$value]) { year } }", hostile.NUMBERS),
    ],
)  # fmt: skip
def test_some_arguments_meet_every_hostile_value(engines: Engines, query: str, values: tuple[Any, ...]) -> None:
    for value in values:
        answer = engines.agree(query, {"value": value})
        assert {code for _, code in answer.errors or ()} <= {"BAD_USER_INPUT", "NOT_FOUND"}, value


@pytest.mark.parametrize("type_name", ["Student", "Grade", "GradeEvent", "Attendance", "StudentIdentifier"])
def test_every_operator_of_a_filter_takes_or_refuses_whatever_is_sent(engines: Engines, type_name: str) -> None:
    kind = engines.schema.type_map[f"{type_name}Where"]
    assert isinstance(kind, GraphQLInputObjectType)
    listed = exposed()[type_name].about.plural
    number = 0
    for name, field in kind.fields.items():
        filter_type = get_named_type(field.type)
        assert isinstance(filter_type, GraphQLInputObjectType)
        if not filter_type.name.endswith("Filter") or filter_type.name.endswith("ListFilter"):
            continue
        query = f"query Q($asked: {filter_type.name}) {{ {listed}(first: 1, where: {{ {name}: $asked }}) {{ totalCount nodes {{ __typename }} }} }}"
        for operator, definition in filter_type.fields.items():
            values = hostile.BY_TYPE[get_named_type(definition.type).name]
            # Which values an operator meets moves on from one to the next, so that each meets many.
            for step in range(min(_FEW, len(values))):
                value = values[(number + step) % len(values)]
                _ask(engines, query, {operator: [value] if operator in {"in", "notIn"} else value})
            number += _FEW


@pytest.mark.parametrize(
    ("query", "kind", "operators"),
    [
        ("query Q($asked: StringFilter) { students(where: { givenName: $asked }) { totalCount } }", "String",
         ("equals", "notIn", "lt", "contains", "startsWith", "endsWith")),
        ("query Q($asked: StringFilter) { students(where: { NOT: [{ nationalId: $asked }] }) { totalCount } }", "String", ("equals", "gte")),
        ("query Q($asked: IDFilter) { students(where: { grades: { some: { id: $asked } } }) { totalCount } }", "ID", ("equals", "notIn")),
        ("query Q($asked: IntFilter) { students(where: { grades: { count: $asked } }) { totalCount } }", "Int", ("equals", "in", "gt")),
        ("query Q($asked: FloatFilter) { students(where: { gpax: $asked }) { totalCount } }", "Float", ("equals", "notIn", "lt")),
        ("query Q($asked: DateFilter) { students(where: { birthDate: $asked }) { totalCount } }", "Date", ("equals", "notIn", "lt")),
        ("query Q($asked: DateTimeFilter) { students(where: { updatedAt: $asked }) { totalCount } }", "DateTime", ("equals", "notIn", "gt")),
        ("query Q($asked: StringFilter) { students { groups(by: [SEX], having: { max: { givenName: $asked } }) { totalCount } } }", "String",
         ("equals", "notIn", "contains")),
        ("query Q($asked: IntFilter) { students { groups(by: [SEX], having: { count: $asked }) { totalCount } } }", "Int", ("in", "gt")),
        ("query Q($asked: FloatFilter) { students { groups(by: [SEX], having: { avg: { gpax: $asked } }) { totalCount } } }", "Float",
         ("equals", "notIn", "lt")),
        ("query Q($asked: DateFilter) { students { groups(by: [SEX], having: { min: { birthDate: $asked } }) { totalCount } } }", "Date",
         ("equals", "gt")),
        ("query Q($asked: DateTimeFilter) { students { groups(by: [SEX], having: { max: { updatedAt: $asked } }) { totalCount } } }", "DateTime",
         ("in", "lt")),
    ],
)  # fmt: skip
def test_some_operators_meet_every_hostile_value(
    engines: Engines, query: str, kind: str, operators: tuple[str, ...]
) -> None:
    for operator in operators:
        for value in hostile.BY_TYPE[kind]:
            _ask(engines, query, {operator: [value] if operator in {"in", "notIn"} else value})


def test_a_filters_year_takes_or_refuses_whatever_is_sent(engines: Engines) -> None:
    query = "query Q($asked: Int) { students(where: { grades: { year: $asked, some: {} } }) { totalCount } }"
    for value in (*hostile.NUMBERS, None, 2399, 2400, 2999, 3000):
        _ask(engines, query, value)


def _ask(engines: Engines, query: str, value: object) -> None:
    answer = engines.agree(query, {"asked": value})
    assert {code for _, code in answer.errors or ()} <= {"BAD_USER_INPUT"}, (query, value)


@pytest.mark.parametrize(
    ("field", "head"),
    [
        ("students(first: 1, orderBy: {studentNo: ASC}, after: $at)", ["Student:studentNo:ASC,id:ASC"]),
        ("students(first: 1, orderBy: {sex: DESC}, after: $at)", ["Student:sex:DESC,id:ASC"]),
        ("students(first: 1, orderBy: {gpax: DESC}, after: $at)", ["Student:gpax:DESC,id:ASC"]),
        ("students(first: 1, orderBy: {birthDate: ASC}, after: $at)", ["Student:birthDate:ASC,id:ASC"]),
        ("students(last: 1, orderBy: {updatedAt: ASC}, before: $at)", ["Student:updatedAt:ASC,id:ASC"]),
        ("students(last: 1, orderBy: {id: DESC}, before: $at)", ["Student:id:DESC,id:ASC"]),
        (
            "students(first: 1, orderBy: {grades: {count: ASC, year: 2561}}, after: $at)",
            ["Student:grades.count:ASC,id:ASC", 2561],
        ),
        ("gradeCodes(first: 1, orderBy: {countsInGpa: ASC}, after: $at)", ["GradeCode:countsInGpa:ASC,id:ASC"]),
        ("academicYears(first: 1, orderBy: {beYear: ASC}, after: $at)", ["AcademicYear:beYear:ASC,id:ASC"]),
        ("grades(first: 1, orderBy: {credits: ASC}, after: $at)", ["Grade:credits:ASC,id:ASC"]),
    ],
)
def test_a_cursor_of_an_order_holds_only_what_rows_can(engines: Engines, field: str, head: list[Any]) -> None:
    query = f"query Q($at: String!) {{ {field} {{ totalCount nodes {{ id }} pageInfo {{ hasPreviousPage }} }} }}"
    told = set()
    for value in hostile.JSON:
        for values in ([value, 1], [value, "1"], [value], [value, 1, 1], [value, None]):
            told |= _codes(engines, query, [*head, *values])
    assert told == {"", "BAD_USER_INPUT"}


def test_a_cursor_of_groups_holds_only_what_groups_can(engines: Engines) -> None:
    for figure in ("count", "max.birthDate", "avg.gpax", "countDistinct.school"):
        order = figure.replace(".", ": {") + ": DESC" + "}" * figure.count(".")
        query = f"query Q($at: String!) {{ students {{ groups(by: [SEX], orderBy: [{{{order}}}], after: $at) {{ nodes {{ count }} }} }} }}"
        told = set()
        for value in (*hostile.JSON, None):
            told |= _codes(engines, query, [f"StudentGroups:SEX:{figure}:DESC", value, "MALE"])
        assert told == {"", "BAD_USER_INPUT"}
    for by in ("SEX", "SCHOOL", "GPAX", "BIRTH_DATE", "GIVEN_NAME", "UPDATED_AT"):
        query = f"query Q($at: String!) {{ students {{ groups(by: [{by}], after: $at) {{ nodes {{ count }} }} }} }}"
        told = set()
        for value in (*hostile.JSON, None):
            told |= _codes(engines, query, [f"StudentGroups:{by}:", value])
        assert told == {"", "BAD_USER_INPUT"}


def _codes(engines: Engines, query: str, held: list[Any]) -> set[str]:
    """How a cursor that holds a list is met: nothing where it is answered."""
    answer = engines.agree(query, {"at": json.dumps(held).encode().hex()})
    assert answer.errors is not None, query
    return {code for _, code in answer.errors} or {""}


def test_text_in_the_document_itself_is_taken_as_a_variable_is(engines: Engines) -> None:
    for text in ("'", "\\\\", "\\u0000", "\\n", '\\"', "%", "{row}", "\U0001f600", "\\uD83D\\uDE00", "\\ud800"):
        engines.agree(f'{{ school(code: "{text}") {{ name }} students(after: "{text}") {{ totalCount }} }}')


def test_lists_may_be_long_but_not_too_long(engines: Engines) -> None:
    nodes = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert engines.agree(nodes, {"ids": ["School:1", "Student:1"] * 500}).errors == ()
    assert engines.agree(nodes, {"ids": ["School:1"] * 1001}).errors == (("nodes", "BAD_USER_INPUT"),)
    years = "query Q($years: [Int!]) { indicators(years: $years) { year } }"
    assert engines.agree(years, {"years": [2561] * 1000}).errors == ()
    assert engines.agree(years, {"years": [2561] * 1001}).errors == (("indicators", "BAD_USER_INPUT"),)
