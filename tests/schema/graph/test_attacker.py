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
from tests.oracle.attacker import Cells, Learned, guessed, truth_of, won_by_equations, won_by_intervals
from tests.oracle.small_groups import Noise, Registered, groups_of, no_noise

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
    return lambda pupils: noise.noises(pupils, secrets)


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
