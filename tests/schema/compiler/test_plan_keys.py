"""What of a variable's value makes another plan, and what another cost; all other values share one."""

import pytest

from schema.compiler.compiler import _shape, _size
from schema.model.summaries import Direction, GroupBy

By = GroupBy("By", {"SCHOOL": "school", "SEX": "sex"})  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, 1),
        (True, False),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": None}),
        ([{"a": 1}], [{"a": 1}, {"a": 1}]),
        (Direction.ASC, Direction.DESC),
        ([{"key": Direction.ASC}], [{"key": Direction.DESC}]),
        ([By.SCHOOL, By.SEX], [By.SEX, By.SCHOOL]),  # type: ignore[attr-defined]
    ],
)
def test_other_shapes_are_other_plans(one: object, other: object) -> None:
    assert _shape(one) != _shape(other)


@pytest.mark.parametrize(("one", "other"), [(1, 2), ("a", "b"), ([1], [1, 2]), ({"a": {"in": [1]}}, {"a": {"in": []}})])
def test_other_values_are_the_same_plan(one: object, other: object) -> None:
    assert _shape(one) == _shape(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(50, 100), (True, False), ([1, 2], [1]), ("School:1", "Student:1"), (["School:1"], ["School:1", "School:2"])],
)
def test_what_is_asked_for_more_of_costs_more(one: object, other: object) -> None:
    assert _size(one) != _size(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("School:1", "School:2"),
        ("a", "b"),
        ([1, 2], [3, 4]),
        ({"score": {"in": [1, 2, 3]}}, {"score": {"in": [4]}}),
        ([{"count": Direction.ASC}], [{"count": Direction.DESC}]),
    ],
)
def test_what_costs_the_same_is_measured_once(one: object, other: object) -> None:
    assert _size(one) == _size(other)
