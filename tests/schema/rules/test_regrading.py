from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.attendance import AttendanceBand
from schema.rules.calendar import AcademicYear
from schema.rules.grades import GradeCode, find_grade_code
from schema.rules.refusals import (
    AttendanceSuffices,
    AttendanceTooLow,
    AttendanceUnknown,
    ExtensionNeeded,
    InitialMisplaced,
    NothingToCorrect,
    NothingToMend,
    RegradingRefused,
    ResitsLeft,
    ResitsSpent,
    ResultNotAllowed,
)
from schema.rules.regrading import (
    STANDARD_REGRADING,
    EventKind,
    Registration,
    RegradingPolicy,
    ResultEvent,
    ResultState,
    apply_event,
    derive_state,
)
from tests.schema.rules.strategies import codes, graded_codes, passing_codes

YEAR = AcademicYear(2561)
TERM_1 = Registration(YEAR, 1)
IN_YEAR = date(2019, 1, 15)
events = st.builds(ResultEvent, st.sampled_from(EventKind), codes, st.just(IN_YEAR))


def derive(
    *steps: tuple[EventKind, str], registration: Registration = TERM_1, policy: RegradingPolicy = STANDARD_REGRADING
) -> ResultState:
    state = derive_state(
        (ResultEvent(kind, find_grade_code(label), IN_YEAR) for kind, label in steps), registration, policy
    )
    assert state is not None
    return state


INITIAL, RESIT, RESOLVE, REPEAT, CORRECTION = EventKind


def walk(steps: list[ResultEvent], registration: Registration = TERM_1) -> list[ResultState]:
    """The states reached by those of the steps that are allowed, the others left out."""
    states: list[ResultState] = []
    for step in steps:
        with suppress(RegradingRefused):
            states.append(apply_event(states[-1] if states else None, step, registration))
    return states


def test_without_events_there_is_no_result() -> None:
    assert derive_state([], TERM_1) is None


def test_the_first_event_is_the_initial_result_and_only_the_first() -> None:
    with pytest.raises(InitialMisplaced, match="Record the initial result first"):
        derive((RESIT, "1"))
    with pytest.raises(InitialMisplaced, match="has its initial result"):
        derive((INITIAL, "2"), (INITIAL, "3"))


def test_a_third_resit_is_refused_and_points_to_repeating() -> None:
    with pytest.raises(ResitsSpent, match="record a repeat"):
        derive((INITIAL, "0"), (RESIT, "0"), (RESIT, "0"), (RESIT, "1"))


def test_a_second_resit_may_pass() -> None:
    state = derive((INITIAL, "0"), (RESIT, "0"), (RESIT, "1"))
    assert (state.current.label, state.resits_used, state.attempt) == ("1", 2, 3)


@given(graded_codes)
def test_a_resit_never_gives_more_than_one_and_never_less_than_it_had(code: GradeCode) -> None:
    resit = ResultEvent(RESIT, code, IN_YEAR)
    state = derive((INITIAL, "0"))
    if code.half_points > 2:
        with pytest.raises(ResultNotAllowed):
            apply_event(state, resit, TERM_1)
    else:
        assert apply_event(state, resit, TERM_1).current.half_points >= state.current.half_points


@given(passing_codes)
def test_a_passed_subject_is_neither_resat_nor_resolved_nor_repeated(code: GradeCode) -> None:
    for kind in (RESIT, RESOLVE, REPEAT):
        with pytest.raises(NothingToMend, match=f"the result is {code.label}"):
            derive((INITIAL, code.label), (kind, "1"))


@pytest.mark.parametrize("label", ["ร", "มส", "ผ", "มผ"])
def test_a_resit_ends_in_a_grade(label: str) -> None:
    with pytest.raises(ResultNotAllowed):
        derive((INITIAL, "0"), (RESIT, label))


def test_the_first_result_stays_whatever_follows() -> None:
    state = derive((INITIAL, "0"), (RESIT, "0"), (RESIT, "0"), (REPEAT, "3"))
    assert (state.first.label, state.current.label) == ("0", "3")
    assert state.ever_zero
    assert not state.is_zero


def test_a_repeat_waits_for_the_last_resit_unless_the_school_allows_it() -> None:
    with pytest.raises(ResitsLeft, match="times left: 1"):
        derive((INITIAL, "0"), (RESIT, "0"), (REPEAT, "3"))
    policy = RegradingPolicy(repeat_after_last_resit_only=False)
    assert derive((INITIAL, "0"), (REPEAT, "3"), policy=policy).current.label == "3"


def test_a_repeated_subject_may_be_resat_again() -> None:
    spent = ((INITIAL, "0"), (RESIT, "0"), (RESIT, "0"), (REPEAT, "0"))
    assert derive(*spent, (RESIT, "0"), (RESIT, "1")).attempt == 6
    with pytest.raises(ResitsSpent):
        derive(*spent, (RESIT, "1"), policy=RegradingPolicy(repeat_restores_resits=False))


def test_a_repeat_cannot_end_as_an_activity() -> None:
    with pytest.raises(ResultNotAllowed):
        derive((INITIAL, "ร"), (REPEAT, "ผ"))


@given(graded_codes)
def test_a_pending_result_resolves_to_any_grade(code: GradeCode) -> None:
    assert derive((INITIAL, "ร"), (RESOLVE, code.label)).current == code


def test_a_school_may_cap_the_resolution_of_a_pending_result() -> None:
    policy = RegradingPolicy(pending_cap=Decimal(1))
    assert derive((INITIAL, "ร"), (RESOLVE, "1"), policy=policy).current.label == "1"
    with pytest.raises(ResultNotAllowed, match="Give a grade from 0 to 1"):
        derive((INITIAL, "ร"), (RESOLVE, "1.5"), policy=policy)


def test_a_pending_result_resolved_to_0_is_ever_a_zero_and_may_be_resat() -> None:
    state = derive((INITIAL, "ร"), (RESOLVE, "0"), (RESIT, "1"))
    assert (state.first.label, state.ever_zero, state.current.label) == ("ร", True, "1")


def test_a_barred_pupil_in_the_remedial_band_gets_1_at_most() -> None:
    registration = Registration(YEAR, 1, AttendanceBand.REMEDIAL)
    assert derive((INITIAL, "มส"), (RESOLVE, "1"), registration=registration).current.label == "1"
    with pytest.raises(ResultNotAllowed):
        derive((INITIAL, "มส"), (RESOLVE, "2"), registration=registration)


def test_a_barred_pupil_below_the_remedial_band_repeats() -> None:
    registration = Registration(YEAR, 1, AttendanceBand.REPEAT)
    with pytest.raises(AttendanceTooLow, match="record a repeat"):
        derive((INITIAL, "มส"), (RESOLVE, "1"), registration=registration)
    assert derive((INITIAL, "มส"), (REPEAT, "2.5"), registration=registration).current.label == "2.5"


def test_mending_a_barred_result_needs_attendance_that_fits() -> None:
    with pytest.raises(AttendanceUnknown, match="Record the hours"):
        derive((INITIAL, "มส"), (RESOLVE, "1"))
    with pytest.raises(AttendanceSuffices, match="Record a correction"):
        derive((INITIAL, "มส"), (RESOLVE, "1"), registration=Registration(YEAR, 1, AttendanceBand.EXAM))


def test_a_failed_activity_is_made_up_and_then_passed() -> None:
    assert derive((INITIAL, "มผ"), (RESOLVE, "ผ")).current.label == "ผ"
    with pytest.raises(ResultNotAllowed, match="Give ผ"):
        derive((INITIAL, "มผ"), (RESOLVE, "1"))
    with pytest.raises(NothingToMend):
        derive((INITIAL, "ผ"), (RESOLVE, "ผ"))


@pytest.mark.parametrize(
    ("term", "on", "extended", "allowed"),
    [
        (2, date(2019, 5, 15), False, True),
        (2, date(2019, 5, 16), False, False),
        (2, date(2019, 5, 16), True, True),
        (1, date(2019, 5, 16), False, True),
        (None, date(2019, 5, 16), False, True),
    ],
)
def test_a_resit_of_term_2_after_the_years_end_needs_an_extension(
    *, term: int | None, on: date, extended: bool, allowed: bool
) -> None:
    first = ResultEvent(INITIAL, find_grade_code("0"), date(2019, 3, 20))
    resit = ResultEvent(RESIT, find_grade_code("1"), on, extended=extended)
    if allowed:
        state = derive_state([first, resit], Registration(YEAR, term))
        assert state is not None
        assert state.current.label == "1"
    else:
        with pytest.raises(ExtensionNeeded, match="2561 has ended"):
            derive_state([first, resit], Registration(YEAR, term))


def test_a_correction_replaces_the_latest_result_and_is_no_new_attempt() -> None:
    state = derive((INITIAL, "0"), (CORRECTION, "3"))
    assert (state.current.label, state.attempt, state.ever_zero, state.first.label) == ("3", 1, False, "0")


def test_a_corrected_resit_obeys_the_rules_of_a_resit() -> None:
    assert derive((INITIAL, "0"), (RESIT, "0"), (CORRECTION, "1")).resits_used == 1
    with pytest.raises(ResultNotAllowed):
        derive((INITIAL, "0"), (RESIT, "0"), (CORRECTION, "2"))


def test_correcting_an_earlier_result_sets_aside_what_rested_on_it() -> None:
    wrong = derive((INITIAL, "0"), (RESIT, "1"))
    correction = ResultEvent(CORRECTION, find_grade_code("2"), IN_YEAR, corrects=1)
    state = apply_event(wrong, correction, TERM_1)
    assert (state.current.label, state.attempt, state.resits_used, state.ever_zero) == ("2", 1, 0, False)
    assert state.first.label == "0"


@pytest.mark.parametrize("corrects", [0, 2, -1])
def test_a_correction_of_a_result_that_does_not_stand_is_refused(corrects: int) -> None:
    correction = ResultEvent(CORRECTION, find_grade_code("2"), IN_YEAR, corrects=corrects)
    with pytest.raises(NothingToCorrect, match="Give a number from 1 to 1"):
        apply_event(derive((INITIAL, "0")), correction, TERM_1)


@given(st.lists(events, max_size=12), st.sampled_from([None, *AttendanceBand]))
def test_no_history_breaks_the_invariants(steps: list[ResultEvent], band: AttendanceBand | None) -> None:
    states = walk(steps, Registration(YEAR, 1, band))
    for state in states:
        assert state.first is states[0].first
        assert state.resits_used <= STANDARD_REGRADING.resits
        assert state.ever_zero or not state.is_zero
        assert all(event.code.half_points <= 2 for event in state.standing if event.kind is RESIT)
        assert all(event.kind is not CORRECTION for event in state.standing)
        assert derive_state(state.standing, Registration(YEAR, 1, band)) is not None


@given(st.lists(events.filter(lambda event: event.kind is not CORRECTION), max_size=12))
def test_only_a_correction_can_take_back_a_zero(steps: list[ResultEvent]) -> None:
    awarded = [state.ever_zero for state in walk(steps)]
    assert awarded == sorted(awarded)
