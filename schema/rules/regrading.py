"""The state of one registration, derived from its append-only events.

A 0 is resat at most twice for at most 1, then repeated; ร is resolved to 0..4; มส is mended by attendance band; มผ
becomes ผ. Sources: the Ministry's evaluation guide for the Basic Education Core Curriculum B.E. 2551; what it leaves
to the school is a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schema.rules.attendance import AttendanceBand
from schema.rules.calendar import AcademicYear, TermNumber
from schema.rules.grades import GradeCode, GradeKind
from schema.rules.refusals import (
    AttendanceSuffices,
    AttendanceTooLow,
    AttendanceUnknown,
    ExtensionNeeded,
    InitialMisplaced,
    NothingToCorrect,
    NothingToMend,
    ResitsLeft,
    ResitsSpent,
    ResultNotAllowed,
)


class EventKind(StrEnum):
    """What happened to a result."""

    INITIAL = "INITIAL"
    RESIT = "RESIT"
    RESOLVE = "RESOLVE"
    REPEAT = "REPEAT"
    CORRECTION = "CORRECTION"


@dataclass(frozen=True)
class RegradingPolicy:
    """What a school may set. Caps are grade points; no cap is None.

    A repeat is a new attempt with resits of its own when `repeat_restores_resits`.
    """

    resits: int = 2
    resit_cap: Decimal = Decimal(1)
    remedial_cap: Decimal = Decimal(1)
    pending_cap: Decimal | None = None
    extension_terms: frozenset[int] = frozenset({TermNumber.SECOND})
    repeat_after_last_resit_only: bool = True
    repeat_restores_resits: bool = True


STANDARD_REGRADING = RegradingPolicy()


@dataclass(frozen=True)
class Registration:
    """What the rules ask of a registration. `term` is None where the whole year is graded at once."""

    year: AcademicYear
    term: int | None
    attendance: AttendanceBand | None = None


@dataclass(frozen=True)
class ResultEvent:
    """One event. `extended` says the school granted an extension.

    `corrects` is the place, from 1, of the standing event that a correction replaces; None means the latest. What stood
    after the corrected event rested on the error and falls with it; it stays in the history all the same.
    """

    kind: EventKind
    code: GradeCode
    on: date
    extended: bool = False
    corrects: int | None = None


@dataclass(frozen=True)
class ResultState:
    """A registration's result as its events leave it.

    `first` is the first result recorded and never changes. `standing` are the events that count, corrections folded
    into what they correct; `resits_used` counts those of the current attempt at the subject.
    """

    first: GradeCode
    standing: tuple[ResultEvent, ...]
    resits_used: int = 0

    @property
    def current(self) -> GradeCode:
        """The result now."""
        return self.standing[-1].code

    @property
    def attempt(self) -> int:
        """Which attempt gave the current result: 1 the first, then one more for each resit and repeat."""
        return 1 + sum(event.kind in (EventKind.RESIT, EventKind.REPEAT) for event in self.standing)

    @property
    def is_zero(self) -> bool:
        """Whether the result is a 0 now (outstanding)."""
        return self.current.is_zero

    @property
    def ever_zero(self) -> bool:
        """Whether a 0 was ever awarded and not corrected as an error; a later pass does not undo it."""
        return any(event.code.is_zero for event in self.standing)


def derive_state(
    events: Iterable[ResultEvent], registration: Registration, policy: RegradingPolicy = STANDARD_REGRADING
) -> ResultState | None:
    """The state after all events in their order; None before the first. The first event that breaks a rule raises."""
    state: ResultState | None = None
    for event in events:
        state = apply_event(state, event, registration, policy)
    return state


def apply_event(
    state: ResultState | None,
    event: ResultEvent,
    registration: Registration,
    policy: RegradingPolicy = STANDARD_REGRADING,
) -> ResultState:
    """The state after one more event, or a `RegradingRefused` that says what to do instead."""
    if state is None:
        if event.kind is not EventKind.INITIAL:
            raise InitialMisplaced(given=False)
        return ResultState(event.code, (event,))
    match event.kind:
        case EventKind.INITIAL:
            raise InitialMisplaced(given=True)
        case EventKind.RESIT:
            _check_resit(state, event, registration, policy)
            used = state.resits_used + 1
        case EventKind.RESOLVE:
            _check_resolution(state, event, registration, policy)
            used = state.resits_used
        case EventKind.REPEAT:
            _check_repeat(state, event, policy)
            used = 0 if policy.repeat_restores_resits else state.resits_used
        case EventKind.CORRECTION:
            return _correct(state, event, registration, policy)
    return ResultState(state.first, (*state.standing, event), used)


def _check_resit(state: ResultState, event: ResultEvent, registration: Registration, policy: RegradingPolicy) -> None:
    if not state.is_zero:
        raise NothingToMend("resit", "a 0", state.current.label)
    if state.resits_used >= policy.resits:
        raise ResitsSpent(policy.resits)
    late = registration.term in policy.extension_terms and event.on > registration.year.ends
    if late and not event.extended:
        raise ExtensionNeeded(registration.year.be_year)
    _check_graded("resit", event.code, policy.resit_cap)


def _check_resolution(
    state: ResultState, event: ResultEvent, registration: Registration, policy: RegradingPolicy
) -> None:
    match state.current.kind:
        case GradeKind.PENDING:
            _check_graded("resolution of ร", event.code, policy.pending_cap)
        case GradeKind.BARRED:
            match registration.attendance:
                case None:
                    raise AttendanceUnknown
                case AttendanceBand.EXAM:
                    raise AttendanceSuffices
                case AttendanceBand.REPEAT:
                    raise AttendanceTooLow
                case AttendanceBand.REMEDIAL:
                    _check_graded("remedial", event.code, policy.remedial_cap)
        case GradeKind.ACTIVITY if not state.current.counts_graduation:
            if event.code.kind is not GradeKind.ACTIVITY or not event.code.counts_graduation:
                raise ResultNotAllowed("resolution of มผ", event.code.label, "ผ")
        case _:
            raise NothingToMend("resolution", "ร, มส or มผ", state.current.label)


def _check_repeat(state: ResultState, event: ResultEvent, policy: RegradingPolicy) -> None:
    if not (state.is_zero or state.current.is_pending):
        raise NothingToMend("repeat", "a 0, ร or มส", state.current.label)
    left = policy.resits - state.resits_used
    if state.is_zero and policy.repeat_after_last_resit_only and left > 0:
        raise ResitsLeft(left)
    if event.code.kind is GradeKind.ACTIVITY:
        raise ResultNotAllowed("repeat", event.code.label, "0 to 4, ร or มส")


def _check_graded(step: str, code: GradeCode, cap: Decimal | None) -> None:
    """A step that ends in a grade, of `cap` points at most."""
    most = Decimal(4) if cap is None else cap
    if code.kind is not GradeKind.GRADED or code.points is None or code.points > most:
        raise ResultNotAllowed(step, code.label, f"a grade from 0 to {most}")


def _correct(
    state: ResultState, event: ResultEvent, registration: Registration, policy: RegradingPolicy
) -> ResultState:
    position = len(state.standing) if event.corrects is None else event.corrects
    if not 1 <= position <= len(state.standing):
        raise NothingToCorrect(position, len(state.standing))
    # The corrected result obeys the rules of the event it stands for: a resit corrected to 2 is as wrong as one of 2.
    before, wrong = state.standing[: position - 1], state.standing[position - 1]
    right = replace(wrong, code=event.code)
    corrected = derive_state((*before, right), registration, policy)
    return ResultState(state.first, (*before, right), corrected.resits_used if corrected else 0)
