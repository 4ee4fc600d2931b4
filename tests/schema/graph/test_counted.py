"""An analyst's schema: of pupils figures alone, and nothing by which a row could be asked about."""

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, get_named_type, parse, validate

from schema.graph.schema import build_model
from schema.policy import Person, Role
from tests.schema.graph.test_small_groups import schema_of

_COUNTED = ("Student", "SchoolEnrollment", "Grade", "TermResult", "GraduateDestination")


@pytest.fixture(scope="module")
def graph() -> Any:  # noqa: ANN401 - graphql-core's schema
    return schema_of(Role.ANALYST)._schema  # noqa: SLF001 - Strawberry has no public way to it


def test_no_type_stands_for_a_pupils_row(graph: Any) -> None:  # noqa: ANN401 - graphql-core's schema
    for entity in build_model().entities.values():
        if entity.access is not None and entity.access.about is Person.PUPIL:
            assert entity.name not in graph.type_map
            assert f"{entity.name}Edge" not in graph.type_map


@pytest.mark.parametrize("name", _COUNTED)
def test_a_connection_has_figures_alone(graph: Any, name: str) -> None:  # noqa: ANN401 - graphql-core's schema
    connection = graph.type_map[f"{name}Connection"]
    assert set(connection.fields) == {"totalCount", "aggregate", "groups", "suppressed"}
    assert set(graph.type_map[f"{name}Aggregate"].fields) <= {"count", "countDistinct", "avg", "suppressed"}
    assert set(connection.fields["groups"].args) == {"by", "orderBy", "first", "after"}
    assert set(graph.type_map[f"{name}GroupOrder"].fields) == {"key"}
    assert graph.type_map[f"{name}Aggregate"].fields["count"].args == {}


@pytest.mark.parametrize("name", _COUNTED)
def test_a_filter_names_one_value_of_a_dimension(graph: Any, name: str) -> None:  # noqa: ANN401 - graphql-core's schema
    where = graph.type_map[f"{name}Where"]
    keys = set(graph.type_map[f"{name}GroupKey"].fields)
    assert where.fields.keys() <= keys
    for field in where.fields.values():
        inner = get_named_type(field.type)
        while "equals" not in inner.fields:
            ((_, only),) = inner.fields.items()
            inner = get_named_type(only.type)
        assert set(inner.fields) == {"equals"}


def test_nothing_else_asks_of_pupils_rows(graph: Any) -> None:  # noqa: ANN401 - graphql-core's schema
    """Through no filter, order or condition on groups of reference data, whose figures are exact."""
    wheres = {f"{name}Where" for name in _COUNTED}
    for made in graph.type_map.values():
        if isinstance(made, GraphQLInputObjectType) and made.name not in wheres:
            assert wheres.isdisjoint(get_named_type(field.type).name for field in made.fields.values())
    relations = {
        field_name
        for made in graph.type_map.values()
        if isinstance(made, GraphQLObjectType)
        for field_name, field in made.fields.items()
        if get_named_type(field.type).name in {f"{name}Connection" for name in _COUNTED}
    }
    assert {"students", "grades", "enrollments"} <= relations
    for made in graph.type_map.values():
        if isinstance(made, GraphQLInputObjectType):
            assert relations.isdisjoint(made.fields), made.name


def test_the_examples_in_the_document_are_sound(graph: Any) -> None:  # noqa: ANN401 - graphql-core's schema
    text = (Path(__file__).parents[3] / "docs" / "small-groups.md").read_text(encoding="utf-8")
    examples = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 2
    assert [validate(graph, parse(example)) for example in examples] == [[], []]
