"""An attacker asks up to fifty questions of small cities, and must not learn what is hidden.

The server is the naive suppressor that the SQL is held against in `test_small_groups`; each attack is shown to win
where nothing but hiding, or hiding and complementary hiding in each answer, stands against it.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from schema.rules import noise
from tests.oracle.attacker import Cells, Learned, as_parts, guessed, truth_of, won_by_equations, won_by_intervals
from tests.oracle.small_groups import Noise, Registered, groups_of, no_noise
from tests.oracle.told import Cell, judged

_QUESTIONS = 50
_DIMENSIONS = ("SCHOOL", "LEVEL", "SEX")

_SECRETS = st.lists(st.integers(1, noise.MODULUS - 1), min_size=noise.SECRETS, max_size=noise.SECRETS)


def _city(sizes: Mapping[tuple[int, int, str], int]) -> list[Registered]:
    cells = (cell for cell, size in sizes.items() for _ in range(size))
    return [Registered(pupil, dict(zip(_DIMENSIONS, cell, strict=True))) for pupil, cell in enumerate(cells, 1)]


@st.composite
def cities(draw: st.DrawFn) -> list[Registered]:
    """Pupils of two to four schools, one or two levels, two sexes; few in most cells, many in some."""
    schools, levels = draw(st.integers(2, 4)), draw(st.integers(1, 2))
    size = st.integers(0, 12) | st.integers(0, 40)
    sizes = {cell: draw(size) for cell in product(range(schools), range(levels), "FM")}
    sizes[0, 0, "F"] += 10
    return _city(sizes)


def _questions(rows: Sequence[Registered]) -> Iterator[tuple[tuple[str, ...], dict[str, Hashable]]]:
    """By every choice of dimensions, of all and of each value of each dimension and pair of dimensions."""
    values = {name: sorted({row.values[name] for row in rows}, key=repr) for name in _DIMENSIONS}
    wheres: list[dict[str, Hashable]] = []
    for size in (0, 1, 2):
        for names in combinations(_DIMENSIONS, size):
            wheres += [dict(zip(names, chosen, strict=True)) for chosen in product(*(values[name] for name in names))]
    for where in wheres:
        for size in range(4):
            for by in combinations(_DIMENSIONS, size):
                if not set(by) & where.keys():
                    yield by, where


def _ask(rows: Sequence[Registered], secret: Noise, *, complementary: bool = True) -> list[Learned]:
    """What the answers to fifty questions tell."""
    learned = []
    for by, where in islice(_questions(rows), _QUESTIONS):
        for cell, told in groups_of(rows, by, where, secret, complementary=complementary).items():
            asked = {**where, **dict(zip(by, cell, strict=True))}
            learned.append(Learned(_cells(rows, asked), told.count))
    return learned


def _cells(rows: Sequence[Registered], asked: Mapping[str, Hashable]) -> Cells:
    found = (row.values for row in rows if all(row.values[name] == value for name, value in asked.items()))
    return frozenset(tuple(values[name] for name in _DIMENSIONS) for values in found)


def _sizes(rows: Sequence[Registered]) -> dict[Hashable, int]:
    return dict(Counter(tuple(row.values[name] for name in _DIMENSIONS) for row in rows))


def _secret(secrets: Sequence[int]) -> Noise:
    return lambda pupils: noise.of_count(pupils, secrets)


_SEVEN = _city({(school, 0, "F"): size for school, size in enumerate((40, 35, 30, 28, 25, 12, 4))})
_SUBTRACTED = {frozenset({(6, 0, "F")}): 4}


def test_without_complementary_hiding_the_total_gives_the_small_school_away() -> None:
    learned = _ask(_SEVEN, no_noise, complementary=False)
    assert won_by_equations(learned, noisy=False) == _SUBTRACTED
    assert won_by_intervals(learned, 0) == _SUBTRACTED
    assert guessed(learned) == _SUBTRACTED


def test_without_noise_another_answer_gives_away_what_one_answer_hides() -> None:
    # The school with 12 is hidden beside the one with 4, but shown where it is asked for alone.
    won = won_by_equations(_ask(_SEVEN, no_noise), noisy=False)
    assert won == {**_SUBTRACTED, frozenset({(5, 0, "F")}): 12}


@given(cities())
@settings(max_examples=20, deadline=None)
def test_what_the_attacker_wins_is_true(rows: list[Registered]) -> None:
    for complementary in (False, True):
        learned = _ask(rows, no_noise, complementary=complementary)
        for won in (won_by_equations(learned, noisy=False), won_by_intervals(learned, 0)):
            assert won == truth_of(won, _sizes(rows))


@given(cities(), _SECRETS)
@settings(max_examples=20, deadline=None)
def test_no_hidden_number_follows_from_what_is_shown(rows: list[Registered], secrets: list[int]) -> None:
    learned = _ask(rows, _secret(secrets))
    assert won_by_equations(learned, noisy=True) == {}
    assert won_by_intervals(learned, len(noise.BOUNDS)) == {}


@given(cities(), _SECRETS)
@settings(max_examples=20, deadline=None)
def test_one_set_of_pupils_has_one_figure(rows: list[Registered], secrets: list[int]) -> None:
    """There is nothing to average: whatever asks for the same pupils is told the same."""
    figures: dict[Cells, set[int]] = {}
    for one in _ask(rows, _secret(secrets)):
        if one.figure is not None:
            figures.setdefault(one.cells, set()).add(one.figure)
    assert all(len(found) == 1 for found in figures.values())


@given(cities(), _SECRETS)
@settings(max_examples=20, deadline=None)
def test_no_figure_is_of_fewer_than_ten(rows: list[Registered], secrets: list[int]) -> None:
    sizes = _sizes(rows)
    for one in _ask(rows, _secret(secrets)):
        if one.figure is not None:
            assert one.figure >= 10
            assert sum(sizes[cell] for cell in one.cells) >= 10


def _guesses(secret_of: Callable[[Random], Noise]) -> tuple[int, int]:
    """Guesses of sixty cities, and how many of them are right."""
    random = Random(2561)  # noqa: S311 - repeatable, no secret
    right = total = 0
    for _ in range(60):
        rows = _city({(school, 0, sex): random.choice((3, 6, 15, 30)) for school in range(4) for sex in "FM"})
        found = guessed(_ask(rows, secret_of(random)))
        truth = truth_of(found, _sizes(rows))
        total += len(found)
        right += sum(found[cells] == truth[cells] for cells in found)
    return total, right


def test_subtracting_and_averaging_guesses_little_better_than_at_random() -> None:
    def secret_of(random: Random) -> Noise:
        return _secret([random.randint(1, noise.MODULUS - 1) for _ in range(noise.SECRETS)])

    total, right = _guesses(secret_of)
    assert total > 60
    assert right / total < 0.25


def test_without_noise_subtracting_is_always_right() -> None:
    total, right = _guesses(lambda _: no_noise)
    assert total > 60
    assert right == total


_FIGURES = ("low", "ever")


@st.composite
def schools(draw: st.DrawFn) -> list[Cell]:
    """Schools of a year with their pupils, those whose average is low and those with many zeros; and the city's."""
    sizes = draw(st.lists(st.integers(0, 45), min_size=2, max_size=6))
    base, everybody = 0, {figure: frozenset[int]() for figure in ("students", *_FIGURES)}
    cells = []
    for school, size in enumerate(sizes):
        pupils = frozenset(range(base + 1, base + size + 1))
        base += size
        sets = {"students": pupils}
        for figure in _FIGURES:
            count = draw(st.integers(0, min(4, size)) | st.integers(0, size))
            sets[figure] = frozenset(sorted(pupils)[:count])
        cells += _cells_of(school, sets)
        everybody = {figure: everybody[figure] | found for figure, found in sets.items()}
    return [*cells, *_cells_of(None, everybody)]


def _cells_of(school: int | None, sets: Mapping[str, frozenset[int]]) -> list[Cell]:
    return [
        Cell(
            (figure, school),
            pupils,
            None if figure == "students" else len(sets["students"] - pupils),
            () if school is None else (figure,),
        )
        for figure, pupils in sets.items()
    ]


def _ask_figures(cells: Sequence[Cell], secret: Noise, *, complementary: bool = True) -> list[Learned]:
    """What `indicators` tells of all schools, and what the groups of the same pupils tell besides.

    A pupil is a base cell: the attacker may even know who is in which figure, though not of which hidden size it is.
    """
    told = judged(cells, secret, 2, complementary=complementary)
    learned = [Learned(frozenset(cell.pupils), told[cell.name]) for cell in cells if cell.pupils]
    rows = [
        Registered(pupil, {"SCHOOL": cell.name[1]})  # type: ignore[index]
        for cell in cells
        if cell.lists == ("students",)
        for pupil in cell.pupils
    ]
    for (school,), one in groups_of(rows, ("SCHOOL",), {}, secret).items():
        inside = frozenset(row.pupil for row in rows if row.values["SCHOOL"] == school)
        learned.append(Learned(inside, one.count))
    return as_parts(learned)[:_QUESTIONS]


def _seven_schools() -> list[Cell]:
    sizes = (40, 35, 30, 28, 25, 12, 4)
    cells, everybody, base = [], frozenset[int](), 0
    for school, size in enumerate(sizes):
        pupils = frozenset(range(base + 1, base + 61))
        low = frozenset(sorted(pupils)[:size])
        cells += _cells_of(school, {"students": pupils, "low": low})
        everybody |= low
        base += 60
    return [*cells, *_cells_of(None, {"students": frozenset(range(1, base + 1)), "low": everybody})]


def test_of_indicators_the_total_gives_a_small_school_away_where_nothing_else_is_hidden() -> None:
    learned = _ask_figures(_seven_schools(), no_noise, complementary=False)
    assert sorted(won_by_equations(learned, noisy=False).values()) == [4]


def test_of_indicators_the_schools_with_4_and_with_12_are_hidden_and_neither_is_won() -> None:
    told = judged(_seven_schools(), no_noise, 2)
    assert [name for name, value in told.items() if value is None] == [("low", 5), ("low", 6)]
    learned = _ask_figures(_seven_schools(), no_noise)
    assert won_by_equations(learned, noisy=False) == {}
    assert won_by_intervals(learned, 0) == {}


@given(schools(), _SECRETS)
@settings(max_examples=20, deadline=None)
def test_no_hidden_indicator_follows_from_all_that_is_shown(cells: list[Cell], secrets: list[int]) -> None:
    learned = _ask_figures(cells, _secret(secrets))
    assert won_by_equations(learned, noisy=True) == {}
    assert won_by_intervals(learned, len(noise.BOUNDS)) == {}


@given(schools())
@settings(max_examples=20, deadline=None)
def test_without_noise_one_answer_of_indicators_gives_no_school_away(cells: list[Cell]) -> None:
    # What is hidden beside the small ones stands against subtraction by itself, in each list.
    told = judged(cells, no_noise, 2)
    for figure in ("students", *_FIGURES):
        of_schools = [cell for cell in cells if cell.lists == (figure,)]
        hidden = [cell for cell in of_schools if told[cell.name] is None]
        if hidden and told[(figure, None)] is not None:
            assert len(hidden) > 1
            assert sum(len(cell.pupils) for cell in hidden) >= 10


@given(schools(), _SECRETS)
@settings(max_examples=20, deadline=None)
def test_one_set_of_pupils_has_one_figure_in_indicators_and_in_groups(cells: list[Cell], secrets: list[int]) -> None:
    figures: dict[Cells, set[int]] = {}
    for one in _ask_figures(cells, _secret(secrets)):
        if one.figure is not None:
            assert one.figure >= 10
            figures.setdefault(one.cells, set()).add(one.figure)
    assert all(len(found) == 1 for found in figures.values())
