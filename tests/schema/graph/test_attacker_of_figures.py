"""The attacker asks for `destinations` and `distribution`, and for the groups of the same pupils; neither tells it a hidden number.

What is told are the figures of the naive suppressor that `test_told` holds the SQL against. With hiding and nothing
else, within an answer or at all, the same attack wins.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.policy import Role
from schema.rules import noise
from tests.oracle.attacker import Learned, as_parts, won_by_equations, won_by_intervals
from tests.oracle.rows import Rows, Values
from tests.oracle.small_groups import Noise, Registered, groups_of, no_noise
from tests.oracle.told import Cell, code_cells, graduate_cells, job_cells, judged
from tests.schema.graph.crowd import SecretNoise
from tests.schema.graph.test_small_groups import schema_of

Ask: TypeAlias = Callable[..., list[Learned]]

_SECRETS = st.lists(st.integers(1, noise.MODULUS - 1), min_size=noise.SECRETS, max_size=noise.SECRETS)
_ANSWERS: tuple[tuple[str, int | None], ...] = (
    ("FURTHER_STUDY", None),
    ("EMPLOYED", 1),
    ("EMPLOYED", 2),
    ("EMPLOYED", None),
    ("UNEMPLOYED", None),
    ("UNKNOWN", None),
)
"""What graduates answer: the status, and the occupation; of the first the city needs more."""
_SIZE = st.integers(0, 12) | st.integers(0, 40)


def _graduates(sizes: Mapping[tuple[int, int, tuple[str, int | None]], int]) -> Rows:
    """So many graduates of a school and a level who gave an answer."""
    given_ = [key for key, size in sizes.items() for _ in range(size)]
    found: list[Values] = [
        {
            "student_id": pupil,
            "academic_year_id": 1,
            "school_id": school,
            "grade_level_id": level,
            "status": status,
            "occupation_id": occupation,
            "as_of": "2018-06-30",
        }
        for pupil, (school, level, (status, occupation)) in enumerate(given_, 1)
    ]
    target = {"occupation_id": 1, "municipality_id": 1, "target_from": "2017-01-01", "target_to": None}
    schools: list[Values] = [{"id": school, "municipality_id": 1} for school in {key[0] for key in sizes}]
    return {"graduate_destination": found, "school": schools, "occupation_target": [target]}


@st.composite
def graduates(draw: st.DrawFn) -> Rows:
    """Graduates of two schools, of one or two levels."""
    levels = draw(st.integers(1, 2))
    sizes = {
        (school, level, answer): draw(_SIZE) for school in (1, 2) for level in range(levels) for answer in _ANSWERS
    }
    sizes[1, 0, _ANSWERS[0]] += 10
    return _graduates(sizes)


def _ask_destinations(rows: Rows, secret: Noise, *, complementary: bool = True) -> list[Learned]:
    """What the answer to one question for all destinations tells, and what those for their groups do."""
    told: list[Learned] = []
    for cells in (graduate_cells(rows), job_cells(rows)):
        told += _told(cells, judged(cells, secret, 3, complementary=complementary))
    members = {
        "SCHOOL": "school_id",
        "GRADE_LEVEL": "grade_level_id",
        "STATUS": "status",
        "OCCUPATION": "occupation_id",
    }
    found = [
        Registered(row["student_id"], {name: row[column] for name, column in members.items()})
        for row in rows["graduate_destination"]
    ]
    return [*told, *_of_groups(found, secret, complementary=complementary)]


def _results(sizes: Mapping[tuple[int, int | None], int]) -> Rows:
    """So many pupils with a code in a subject, each in one year; None: without a result."""
    given_ = [key for key, size in sizes.items() for _ in range(size)]
    grades: list[Values] = [
        {"student_id": pupil, "subject_id": subject, "academic_year_id": 1, "code_id": code}
        for pupil, (subject, code) in enumerate(given_, 1)
    ]
    return {"grade": grades, "grade_code": [{"id": code} for code in range(1, 8)]}


@st.composite
def results(draw: st.DrawFn) -> Rows:
    """Pupils of two subjects with few or many of each code, and a few without a result."""
    codes = (None, *range(1, 8))
    sizes = {
        (subject, code): draw(st.integers(0, 6) if code is None else _SIZE) for subject in (1, 2) for code in codes
    }
    sizes[1, 1] += 10
    return _results(sizes)


def _ask_distributions(rows: Rows, secret: Noise, *, complementary: bool = True) -> list[Learned]:
    """What the distributions of all subjects tell, and the groups of the same results."""
    told: list[Learned] = []
    for subject in sorted({row["subject_id"] for row in rows["grade"]}):
        cells, _ = code_cells(rows, subject, {1})
        shown = judged(cells, secret, 1, complementary=complementary)
        if shown["without"] is None and complementary:
            shown["registered"] = None
        told += _told(cells, shown)
    found = [
        Registered(row["student_id"], {"SUBJECT": row["subject_id"], "CODE": row["code_id"]}) for row in rows["grade"]
    ]
    return [*told, *_of_groups(found, secret, complementary=complementary)]


def _told(cells: Sequence[Cell], shown: Mapping[Hashable, int | None]) -> Iterator[Learned]:
    return (Learned(frozenset(cell.pupils), shown[cell.name]) for cell in cells if cell.pupils)


def _of_groups(rows: Sequence[Registered], secret: Noise, *, complementary: bool) -> Iterator[Learned]:
    """By every pair of dimensions and each of them, of all and of those who have one value of another."""
    names = [*rows[0].values]
    by_value = [{name: value} for name in names for value in {row.values[name] for row in rows}]
    for where in ({}, *by_value):
        for size in (0, 1, 2):
            for by in combinations([name for name in names if name not in where], size if not where else min(size, 1)):
                for cell, told in groups_of(rows, by, where, secret, complementary=complementary).items():
                    asked = {**where, **dict(zip(by, cell, strict=True))}
                    inside = (row for row in rows if all(row.values[name] == one for name, one in asked.items()))
                    yield Learned(frozenset(row.pupil for row in inside), told.count)


_SIZES = (40, 35, 30, 28, 25, 12, 4)
_CITIES: list[tuple[Ask, Any]] = [
    (_ask_destinations, _graduates({(school, 1, ("UNEMPLOYED", None)): size for school, size in enumerate(_SIZES)})),
    (_ask_distributions, _results({(1, code): size for code, size in enumerate(_SIZES, 1)})),
]
both = pytest.mark.parametrize(("ask", "rows"), _CITIES, ids=["destinations", "distribution"])


@both
def test_where_small_figures_alone_are_hidden_the_total_gives_them_away(ask: Ask, rows: Rows) -> None:
    learned = as_parts(ask(rows, no_noise, complementary=False))
    assert 4 in won_by_equations(learned, noisy=False).values()
    assert 4 in won_by_intervals(learned, 0).values()


@both
def test_where_figures_are_hidden_and_have_no_noise_another_question_gives_them_away(ask: Ask, rows: Rows) -> None:
    learned = as_parts(ask(rows, no_noise))
    assert 4 in won_by_equations(learned, noisy=False).values()


@both
def test_of_figures_with_noise_no_number_is_won(ask: Ask, rows: Rows) -> None:
    _hold(ask(rows, SecretNoise([2561 + place for place in range(noise.SECRETS)])))


@given(graduates(), _SECRETS)
@settings(max_examples=8, deadline=None)
def test_no_hidden_number_follows_from_destinations(rows: Rows, secrets: list[int]) -> None:
    _hold(_ask_destinations(rows, SecretNoise(secrets)))


@given(results(), _SECRETS)
@settings(max_examples=8, deadline=None)
def test_no_hidden_number_follows_from_distributions(rows: Rows, secrets: list[int]) -> None:
    _hold(_ask_distributions(rows, SecretNoise(secrets)))


def _hold(learned: Sequence[Learned]) -> None:
    """Nothing hidden is won, each set of pupils has one figure, and none is of fewer than ten."""
    figures: dict[frozenset[Hashable], set[int]] = {}
    for one in learned:
        if one.figure is not None:
            assert one.figure >= 10
            assert len(one.cells) >= 10
            figures.setdefault(one.cells, set()).add(one.figure)
    assert all(len(found) == 1 for found in figures.values())
    parts = as_parts(learned)
    assert won_by_equations(parts, noisy=True) == {}
    assert won_by_intervals(parts, len(noise.BOUNDS)) == {}


def test_nothing_of_the_history_is_there_for_an_analyst() -> None:
    types = schema_of(Role.ANALYST)._schema.type_map  # noqa: SLF001 - Strawberry has no public way to it
    assert "changes" not in types["Query"].fields
    assert [name for name in types if name.startswith("Change")] == []
