from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.exact import NegativeCount
from schema.rules.suppression import suppress

count_lists = st.lists(st.integers(0, 60), max_size=12)
thresholds = st.integers(1, 20)


def test_a_small_school_is_hidden_and_the_next_smallest_with_it() -> None:
    suppressed = suppress([40, 35, 30, 28, 25, 12, 4])
    assert suppressed.shown == (40, 35, 30, 28, 25, None, None)
    assert suppressed.total == 174


def test_without_a_shown_total_only_the_small_group_is_hidden() -> None:
    assert suppress([40, 12, 4], show_total=False).shown == (40, 12, None)


def test_two_small_groups_that_add_up_to_a_small_figure_hide_a_third() -> None:
    assert suppress([40, 35, 3, 4]).shown == (40, None, None, None)


def test_two_small_groups_that_add_up_to_enough_hide_each_other() -> None:
    assert suppress([40, 35, 9, 8]).shown == (40, 35, None, None)
    assert suppress([40, 35, 9, 1]).shown == (40, 35, None, None)


def test_a_group_of_nobody_is_a_small_group() -> None:
    assert suppress([40, 35, 0]).hidden == {1, 2}


def test_the_total_goes_where_nothing_else_is_left_to_hide() -> None:
    assert suppress([4]).total is None
    assert suppress([4, 3]).total is None
    assert suppress([]).total is None


def test_large_groups_are_all_shown() -> None:
    assert suppress([10, 11]).shown == (10, 11)
    assert suppress([10, 11]).total == 21


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(NegativeCount):
        suppress([12, -1])


@given(count_lists, thresholds)
def test_no_small_figure_is_shown(counts: list[int], threshold: int) -> None:
    suppressed = suppress(counts, threshold)
    assert all(count is None or count >= threshold for count in suppressed.shown)
    assert suppressed.total is None or suppressed.total >= threshold


@given(count_lists, thresholds)
def test_what_is_shown_is_true(counts: list[int], threshold: int) -> None:
    suppressed = suppress(counts, threshold)
    assert all(shown in (None, count) for shown, count in zip(suppressed.shown, counts, strict=True))
    assert suppressed.total in (None, sum(counts))


@given(count_lists, thresholds)
def test_subtraction_from_the_total_never_gives_a_small_figure_nor_one_groups(
    counts: list[int], threshold: int
) -> None:
    suppressed = suppress(counts, threshold)
    if suppressed.hidden and suppressed.total is not None:
        remainder = suppressed.total - sum(count for count in suppressed.shown if count is not None)
        assert len(suppressed.hidden) >= 2
        assert remainder >= threshold


@given(count_lists, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_change_which_sizes_are_hidden(counts: list[int], random: Random) -> None:
    shuffled = sorted(counts, key=lambda _: random.random())
    one, other = suppress(counts), suppress(shuffled)
    assert sorted(counts[i] for i in one.hidden) == sorted(shuffled[i] for i in other.hidden)
    assert one.total == other.total
