"""The compiler beside the oracle: every type whole, and operations drawn at random; SQLite and PostgreSQL at once."""

import os
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type
from hypothesis import HealthCheck, given, settings

from tests.oracle.comparison import DisagreementError, Engines
from tests.oracle.declared import exposed
from tests.oracle.fixtures import engines
from tests.oracle.operations import Operation, operations
from tests.oracle.vocabulary import Vocabulary

__all__ = ["engines"]

EXAMPLES = int(os.environ.get("HUB_ORACLE_EXAMPLES", "300"))
"""About 25 s on a quiet machine; `python -m tests.oracle.fuzz` asks more, and others."""

DERIVED = ("term_result", "student_year")


def test_both_engines_hold_the_same_rows(engines: Engines) -> None:
    # So whatever agrees with the oracle on both is the same on both; only moments of writing and derived keys differ.
    def told(rows: list[Any], table: str) -> list[Any]:
        left_out = {"updated_at", *(("id",) if table in DERIVED else ()), *(("at",) if table == "grade_event" else ())}
        plain = [{name: value for name, value in row.items() if name not in left_out} for row in rows]
        return sorted(plain, key=str) if table in DERIVED else plain

    first, second = (engine.oracle.rows for engine in engines.engines)
    # The history is compared where it is written: the engines split what follows from a statement into other changes.
    for table in first.keys() - {"change_log"}:
        assert told(first[table], table) == told(second[table], table), table


def test_every_field_of_every_row_is_as_the_oracle_says(engines: Engines) -> None:
    for name, model in exposed().items():
        made = engines.schema.type_map[name]
        assert isinstance(made, GraphQLObjectType)
        query = f"{{ {model.about.plural}(first: 1000) {{ totalCount nodes {{ {_leaves(made)} }} }} }}"
        assert engines.agree(query).errors == ()


def test_chains_of_to_one_relations_lose_no_row_and_mix_up_none(engines: Engines) -> None:
    # A row without a term was lost where the term's year was asked for.
    for name, model in exposed().items():
        made = engines.schema.type_map[name]
        assert isinstance(made, GraphQLObjectType)
        for field, target in _singles(made):
            query = f"{{ {model.about.plural}(first: 1000) {{ nodes {{ {field} {{ {_chain(target, 2)} }} }} }} }}"
            assert engines.agree(query).errors == ()
        if _singles(made):
            query = f"{{ {model.about.plural}(first: 1000) {{ nodes {{ {_chain(made, 2)} }} }} }}"
            assert engines.agree(query).errors == ()


def _leaves(made: GraphQLObjectType) -> str:
    return " ".join(field for field, f in made.fields.items() if is_leaf_type(get_named_type(f.type)))


def _singles(made: GraphQLObjectType) -> list[tuple[str, GraphQLObjectType]]:
    """The to-one relations of a type."""
    targets = {field: get_named_type(definition.type) for field, definition in made.fields.items()}
    return [
        (f, target)
        for f, target in targets.items()
        if isinstance(target, GraphQLObjectType) and target.name in exposed()
    ]


def _chain(made: GraphQLObjectType, depth: int) -> str:
    """Every chain of to-one relations, each ending in the first leaves of a row."""
    inner = [f"{field} {{ {_chain(target, depth - 1)} }}" for field, target in _singles(made)] if depth else []
    return " ".join(("updatedAt", *inner))


def test_gpax_of_every_stage_is_counted_from_the_grades(engines: Engines) -> None:
    stages = ("KINDERGARTEN", "PRIMARY", "LOWER_SECONDARY", "UPPER_SECONDARY")
    fields = " ".join(f"{stage}: gpax(stage: {stage})" for stage in stages)
    engines.agree(f"{{ students(first: 1000) {{ nodes {{ own: gpax null: gpax(stage: null) {fields} }} }} }}")


def test_the_indicators_are_counted_from_enrollments_and_grades(engines: Engines) -> None:
    rate = "{ count denominator rate change then: change(since: 2559) never: change(since: 2999) null: change(since: null) }"
    changes = "everChange(since: 2560) outstandingChange then: outstandingChange(since: 2561)"
    zeros = f"ever outstanding denominator everRate outstandingRate {changes}"
    mean = "schoolMeanEver schoolMeanEverChange schoolMeanOutstanding schoolMeanOutstandingChange(since: 2559)"
    figures = f"studentCount teacherCount subjectCount lowGpax {rate} dropout {rate}"
    year = f"year {figures} overThreeZeros {{ {zeros} {mean} }}"
    query = f"{{ indicators%s {{ {year} schools {{ school {{ code }} {figures} overThreeZeros {{ {zeros} }} }} }} }}"
    for years in ("", "(years: null)", "(years: [])", "(years: [2561, 2559, 2561])", "(years: [2560])"):
        assert engines.agree(query % years).errors == ()
    assert engines.agree(query % "(years: [2561, 2562])").errors == (("indicators", "NOT_FOUND"),)


def test_the_oracle_tells_one_wrong_row_from_a_right_one(engines: Engines) -> None:
    schools = engines.engines[1].oracle.rows["school"]
    right = schools[0]
    try:
        schools[0] = {**right, "name": "Another"}
        with pytest.raises(DisagreementError, match="on postgresql"):
            engines.agree("{ schools { nodes { name } } }")
    finally:
        schools[0] = right


def test_lists_beneath_ordered_rows_and_in_the_keys_of_groups_do_not_nest_in_one_another(engines: Engines) -> None:
    # SQLite refused these: the objects were described in the text of the page, and each list in them in that text.
    subjects = "subjects(where: {sections: {some: {teachers: {some: {sex: {equals: MALE}}}}}})"
    level = f"gradeLevel {{ code {subjects} {{ totalCount nodes {{ code school {{ code }} }} }} }}"
    order = "orderBy: [{updatedAt: DESC}, {id: ASC}]"
    ordered = f"grades(first: 1, {order}) {{ nodes {{ score school {{ %s }} }} pageInfo {{ hasNextPage }} }}"
    grouped = "grades { groups(by: [SCHOOL, STUDENT], first: 1) { totalCount nodes { count key { school { %s } } } } }"
    asked = (
        f"{{ grades {{ groups(by: [STUDENT]) {{ nodes {{ count key {{ student {{ homeroom {{ {level} }} }} }} }} }} }} }}",
        f"{{ schools(first: 2) {{ nodes {{ {_in_one_another(ordered, 5)} }} }} }}",
        f"{{ schools(first: 2) {{ nodes {{ {_in_one_another(grouped, 5)} }} }} }}",
    )
    for query in asked:
        assert engines.agree(query).errors == ()


def _in_one_another(lists: str, times: int) -> str:
    inner = "code"
    for _ in range(times):
        inner = lists % inner
    return inner


def test_random_operations_are_answered_as_the_oracle_answers_them(engines: Engines) -> None:
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(operation=operations(Vocabulary.of(engines)))
    def ask(operation: Operation) -> None:
        for variables in operation.requests():
            engines.agree(operation.query, variables)

    ask()
