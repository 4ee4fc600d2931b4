"""What follows a first result: resits of a 0, resolutions of ร, มส and มผ, repeats, and corrections of slips."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from schema.tables.records import GradeEventKind
from seeds import world
from seeds.moments import pick_day, write_moment
from seeds.people import Stay, Taught
from seeds.reference.tables import References
from seeds.rows import Row

Outcome = tuple[int | None, int, float | None, int, str]
"""First awarded code, current code, current score, attempt, moment of the last change."""

_LAST = len(world.YEARS) - 1
_RESITS = 2
_SLIP = 10
_PASS = 50


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration with its first result. ``potential`` is the score the pupil's work was or would be worth.

    ``goes_on``: the pupil is in the city's schools in the next year.
    """

    grade: int
    taught: Taught
    stay: Stay
    attended: int
    code: int
    score: float | None
    potential: float
    goes_on: bool


@dataclass(slots=True)
class _History:
    """The events of one registration as they are written down."""

    registration: Registration
    events: list[Row]
    ids: Iterator[int]
    code: int
    score: float | None
    at: str
    pending: frozenset[int]
    first: int | None = None
    sequence: int = 0
    attempt: int = 1

    def add(self, kind: GradeEventKind, at: str, code: int, score: float | None, reason: str | None) -> None:
        self.sequence += 1
        if self.first is None and code not in self.pending:
            self.first = code
        self.code, self.score, self.at = code, score, at
        self.attempt += kind in (GradeEventKind.RESIT, GradeEventKind.REPEAT)
        teacher = self.registration.taught.teacher
        key = next(self.ids)
        grade = self.registration.grade
        self.events.append((key, at, grade, self.sequence, kind.value, code, score, at, teacher, reason))

    @property
    def day(self) -> date:
        return date.fromisoformat(self.at[:10])


class Aftermath:
    """Writes the events of the registrations that something followed."""

    def __init__(
        self, references: References, code_of_score: Sequence[int], event_ids: Iterator[int], random: Random
    ) -> None:
        self._codes = references.codes
        self._pending = frozenset((self._codes["ร"], self._codes["มส"]))
        self._code_of_score = code_of_score
        self._event_ids = event_ids
        self._random = random

    def follow(self, registration: Registration, events: list[Row]) -> Outcome:
        """Write the first result and what followed it."""
        at = registration.taught.graded_at
        history = _History(
            registration, events, self._event_ids, registration.code, registration.score, at, self._pending
        )
        first = registration.code
        if first == self._codes["0"]:
            history.add(GradeEventKind.INITIAL, at, first, registration.score, None)
            self._resit(history)
        elif first == self._codes["ร"]:
            history.add(GradeEventKind.INITIAL, at, first, None, None)
            self._complete(history)
        elif first == self._codes["มส"]:
            history.add(GradeEventKind.INITIAL, at, first, None, None)
            self._make_up(history)
        elif first == self._codes["มผ"]:
            history.add(GradeEventKind.INITIAL, at, first, None, None)
            self._redo_activity(history)
        else:
            self._correct(history)
        return history.first, history.code, history.score, history.attempt, history.at

    def _resit(self, history: _History) -> None:
        """At most two resits, for a 1 at most; then the subject is repeated."""
        chance = self._random.random
        year = history.registration.stay.year
        for number in range(1, _RESITS + 1):
            day = self._some_days_after(history, 8, 16)
            if chance() >= world.RESAT[year] or self._is_gone(history, day):
                return
            passed = chance() < world.RESIT_PASSED
            score = self._score(50, 54) if passed else self._score(30, 49)
            reason = f"สอบแก้ตัวครั้งที่ {number}"
            history.add(GradeEventKind.RESIT, write_moment(day, self._random), self._code(score), score, reason)
            if passed:
                return
        self._repeat(history)

    def _repeat(self, history: _History) -> None:
        """In the summer after a first term; in the next year after a second term or a primary year."""
        registration = history.registration
        year = registration.stay.year
        begins = world.common_year(year)
        if registration.taught.graded_at[5:7] == "10":
            day = pick_day(date(begins + 1, 4, 25), date(begins + 1, 5, 10), self._random)
        elif year < _LAST and registration.goes_on:
            day = pick_day(date(begins + 1, 10, 5), date(begins + 1, 10, 16), self._random)
        else:
            return
        if self._random.random() >= world.REPEATED_SUBJECT or self._is_gone(history, day):
            return
        score = self._score(50, 69) if self._random.random() < world.REPEAT_PASSED else self._score(30, 49)
        history.add(GradeEventKind.REPEAT, write_moment(day, self._random), self._code(score), score, "เรียนซ้ำรายวิชา")

    def _complete(self, history: _History) -> None:
        """ร becomes what the work is worth once it is handed in."""
        registration = history.registration
        lately = registration.stay.year == _LAST and registration.taught.graded_at[5:7] != "10"
        likely = world.INCOMPLETE_RESOLVED_LATELY if lately else world.INCOMPLETE_RESOLVED
        day = self._some_days_after(history, 8, 34)
        if self._random.random() < likely and not self._is_gone(history, day):
            score = max(20, min(100, int(registration.potential)))
            at = write_moment(day, self._random)
            history.add(GradeEventKind.RESOLVE, at, self._code(score), score, "ส่งงานที่ค้างครบแล้ว")

    def _make_up(self, history: _History) -> None:
        """มส: remedial work for a 1 at most from 60 % of the hours; below that the subject is repeated."""
        registration = history.registration
        if registration.attended * 5 < registration.taught.hours * 3:
            self._repeat(history)
            return
        day = self._some_days_after(history, 10, 30)
        if self._random.random() < world.REMEDIAL_DONE and not self._is_gone(history, day):
            score = self._score(50, 54) if self._random.random() < world.REMEDIAL_PASSED else self._score(35, 49)
            at = write_moment(day, self._random)
            history.add(GradeEventKind.RESOLVE, at, self._code(score), score, "เรียนเสริมครบเวลาแล้ว")

    def _redo_activity(self, history: _History) -> None:
        day = self._some_days_after(history, 10, 30)
        if self._random.random() < world.REMEDIAL_DONE and not self._is_gone(history, day):
            at = write_moment(day, self._random)
            history.add(GradeEventKind.RESOLVE, at, self._codes["ผ"], None, "ซ่อมเสริมกิจกรรมครบแล้ว")

    def _correct(self, history: _History) -> None:
        """A slip of the pen first, the true result days later; a slip never makes or mends a 0."""
        registration = history.registration
        at = registration.taught.graded_at
        if registration.score is None:
            history.add(GradeEventKind.INITIAL, at, registration.code, None, None)
            return
        away = -_SLIP if registration.score >= _PASS + 2 * _SLIP else _SLIP
        wrong = registration.score + away
        day = self._some_days_after(history, 2, 9)
        history.add(GradeEventKind.INITIAL, at, self._code(wrong), wrong, None)
        corrected_at = write_moment(day, self._random)
        history.add(GradeEventKind.CORRECTION, corrected_at, registration.code, registration.score, "แก้คะแนนที่บันทึกผิด")

    def _code(self, score: float) -> int:
        return self._code_of_score[int(score)]

    def _score(self, least: int, most: int) -> int:
        return least + int(self._random.random() * (most - least + 1))

    def _some_days_after(self, history: _History, least: int, most: int) -> date:
        return history.day + timedelta(days=self._score(least, most))

    def _is_gone(self, history: _History, day: date) -> bool:
        """Whether the pupil has left by a day; graduates still come to put things right."""
        stay = history.registration.stay
        leaves = stay.exit is not None and stay.exit < world.graduation_day(stay.year)
        return leaves and stay.exit is not None and stay.exit <= day
