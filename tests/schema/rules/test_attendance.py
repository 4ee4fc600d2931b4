from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.attendance import AttendanceBand, AttendancePolicy, ImpossibleHours, judge_attendance

hours = st.integers(1, 400).flatmap(lambda held: st.tuples(st.integers(0, held), st.just(held)))


@given(hours)
def test_the_bands_are_80_and_60_per_cent_exactly(pair: tuple[int, int]) -> None:
    share = Fraction(*pair)
    expected = (
        AttendanceBand.EXAM
        if share >= Fraction(80, 100)
        else AttendanceBand.REMEDIAL
        if share >= Fraction(60, 100)
        else AttendanceBand.REPEAT
    )
    assert judge_attendance(*pair) is expected


def test_exactly_60_per_cent_is_still_remedial() -> None:
    assert judge_attendance(24, 40) is AttendanceBand.REMEDIAL


def test_a_school_may_set_other_bands() -> None:
    assert judge_attendance(30, 40, AttendancePolicy(exam_percent=75)) is AttendanceBand.EXAM


@pytest.mark.parametrize(("attended", "held"), [(0, 0), (41, 40), (-1, 40), (1, -1)])
def test_hours_that_cannot_be_are_refused(attended: int, held: int) -> None:
    with pytest.raises(ImpossibleHours, match="correct the attendance record"):
        judge_attendance(attended, held)
