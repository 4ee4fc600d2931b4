"""Results of every registration: score, grade, attendance, and what became of it afterwards.

A score is a sum: the pupil's ability and aptitude, the section's effect, the year's lift, and chance. Failing work may
be coached to a pass before the result is given, ever more often as the years go by. That is all that improves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from statistics import NormalDist

from schema.rules.grades import grade_score
from schema.tables.people import Sex
from seeds import world
from seeds.aftermath import Aftermath, Registration
from seeds.moments import write_moment
from seeds.people import Pupil, Room, Stay, Taught
from seeds.reference.levels import LEVELS
from seeds.reference.tables import AREAS, References
from seeds.rows import Batch, Ids

_PASS = 50
_SETTLED = timedelta(days=30)
"""How long a pupil is there before the registrations are made."""
_BEST = 100
_WORST = 5
_NOISE = tuple(NormalDist().inv_cdf((at + 0.5) / 4096) * world.NOISE_SPREAD for at in range(4096))
_JITTER = tuple(NormalDist().inv_cdf((at + 0.5) / 256) * 0.016 for at in range(256))


class Results:
    """Writes the grades, events and attendance of one city's pupils."""

    def __init__(self, references: References, ids: Ids, random: Random) -> None:
        self._references = references
        self._random = random
        self._grade_ids = ids.counter("grade")
        self._event_ids = ids.counter("grade_event")
        self._attendance_ids = ids.counter("attendance")
        self._code_of_score = tuple(references.codes[grade_score(score).label] for score in range(_BEST + 1))
        self._aftermath = Aftermath(references, self._code_of_score, self._event_ids, random)
        self._coaching = {
            (school, year): min(1.0, coached * random.uniform(*world.COACHING_FACTOR))
            for school in range(len(world.SCHOOLS))
            for year, coached in enumerate(world.COACHED)
        }

    def write(self, pupil: Pupil, key: int, batch: Batch) -> None:
        """Add all results of a pupil, in order of time; ``key`` is the pupil's row."""
        gauss = self._random.gauss
        aptitudes = [gauss(0.0, world.APTITUDE_SPREAD) for _ in AREAS]
        ability = pupil.ability
        for place, stay in enumerate(pupil.stays):
            ability += gauss(0.0, world.ABILITY_DRIFT)
            if stay.level in world.KINDERGARTEN:
                continue
            later = pupil.stays[place + 1 :]
            moved_on = bool(later) and later[0].year == stay.year
            goes_on = any(other.year == stay.year + 1 for other in later)
            rate = self._attendance_rate(ability)
            base = self._base_score(pupil.sex, ability, stay)
            standing = _Standing(key, stay, base, rate, ability, aptitudes, goes_on=goes_on)
            for term in (0,) if stay.level in world.PRIMARY else (1, 2):
                if _covers(stay, term):
                    self._grade(standing, _sections(stay, term, _last_day(stay.year, term)), batch)
                elif stay.exit is not None and not moved_on and _began(stay, term, stay.exit):
                    self._leave_open(standing, term, stay.exit, batch)

    def _base_score(self, sex: Sex, ability: float, stay: Stay) -> float:
        return (
            world.MEAN_SCORE[LEVELS[stay.level].stage]
            + world.ABILITY_SPREAD * ability
            + world.SCHOOLS[stay.school].quality
            + world.LIFT[stay.year]
            + (world.GIRLS_AHEAD if sex is Sex.FEMALE else -world.GIRLS_AHEAD) / 2
        )

    def _attendance_rate(self, ability: float) -> float:
        if self._random.random() < world.OFTEN_ABSENT * (2 if ability < world.WEAK_ABILITY else 1):
            return self._random.uniform(*world.OFTEN_ABSENT_RATE)
        return world.ATTENDANCE_MEAN - abs(self._random.gauss(0.0, world.ATTENDANCE_SPREAD))

    def _grade(self, standing: "_Standing", sections: Sequence[Taught], batch: Batch) -> None:
        """Every registration of a term (or a primary year). The loop runs 800,000 times a city: plain and flat."""
        student, stay, goes_on = standing.student, standing.stay, standing.goes_on
        base, rate, ability, aptitudes = standing.base, standing.rate, standing.ability, standing.aptitudes
        grades, events, attendances = batch["grade"], batch["grade_event"], batch["attendance"]
        next_grade, next_event, next_attendance = self._grade_ids, self._event_ids, self._attendance_ids
        bits, code_of_score, codes = self._random.getrandbits, self._code_of_score, self._references.codes
        coached = self._coaching[stay.school, stay.year]
        incomplete = world.INCOMPLETE_WEAK if ability < world.WEAK_ABILITY else world.INCOMPLETE
        passed, failed, pending, barred, zero = codes["ผ"], codes["มผ"], codes["ร"], codes["มส"], codes["0"]
        year = self._references.years[stay.year]
        for taught in sections:
            section, subject, credit, hours, area, effect, at, teacher = taught
            # One draw of 48 bits serves all chances of a registration: each reads its own bits.
            drawn = bits(48)
            grade = next(next_grade)
            attended = int(hours * (rate + _JITTER[drawn & 255]) + 0.5)
            attended = min(attended, hours)
            score: float | None = None
            potential = 0.0
            if area < 0:
                code = passed if attended * 5 >= hours * 4 else failed
            else:
                potential = base + effect + aptitudes[area] + _NOISE[drawn >> 8 & 4095]
                if attended * 5 < hours * 4:
                    code = barred
                elif drawn >> 20 & 1023 < incomplete:
                    code = pending
                else:
                    whole = int(potential)
                    if whole < _PASS and (drawn >> 30 & 1023) < coached * 1024:
                        whole = _PASS + (whole & 3)
                    whole = _BEST if whole > _BEST else max(whole, _WORST)
                    code = code_of_score[whole]
                    score = whole + 0.5 if whole < _BEST and not (drawn >> 40 & 255) % world.HALF_MARK_SHARE else whole
            attendances.append((next(next_attendance), at, grade, hours, attended))
            if code in (zero, pending, barred, failed) or drawn >> 20 & 1023 > 1023 - world.CORRECTED:
                registration = Registration(grade, taught, stay, attended, code, score, potential, goes_on=goes_on)
                first, code, score, attempt, changed = self._aftermath.follow(registration, events)
            else:
                first, attempt, changed = code, 1, at
                events.append((next(next_event), at, grade, 1, "INITIAL", code, score, at, teacher, None))
            grades.append((grade, changed, student, section, subject, year, credit, score, code, first, attempt))

    def _leave_open(self, standing: "_Standing", term: int, left_on: date, batch: Batch) -> None:
        """Registrations of a pupil who left before the results: no result, and the hours held until then."""
        student, stay = standing.student, standing.stay
        at = write_moment(left_on, self._random)
        year = self._references.years[stay.year]
        first, last = _first_day(stay.year, term), _last_day(stay.year, term)
        elapsed = (left_on - first) / (last - first)
        for taught in _sections(stay, term, left_on):
            held = int(taught.hours * elapsed)
            grade = next(self._grade_ids)
            attended = min(held, int(held * standing.rate + 0.5))
            batch["attendance"].append((next(self._attendance_ids), at, grade, held, attended))
            batch["grade"].append(
                (grade, at, student, taught.key, taught.subject, year, taught.credits, None, None, None, 0)
            )


@dataclass(frozen=True, slots=True)
class _Standing:
    """A pupil in one stay, as results depend on it.

    ``base`` and ``aptitudes`` are in score points, ``rate`` is the share of hours attended, ``ability`` in standard
    deviations; ``goes_on``: in the city's schools next year too.
    """

    student: int
    stay: Stay
    base: float
    rate: float
    ability: float
    aptitudes: list[float]
    goes_on: bool


def _first_day(year: int, term: int) -> date:
    begins = world.common_year(year)
    return date(begins, 11, 1) if term == 2 else world.first_day(year)  # noqa: PLR2004 - the second term


def _last_day(year: int, term: int) -> date:
    """The day on which a pupil must be there to be graded."""
    begins = world.common_year(year)
    return date(begins, 10, 1) if term == 1 else date(begins + 1, 3, 15)


def _latest_entry(year: int, term: int) -> date:
    begins = world.common_year(year)
    return date(begins, 9, 1) if term == 1 else date(begins + 1, 1, 15)


def _covers(stay: Stay, term: int) -> bool:
    """Whether the stay reaches the term's end, and began early enough to be graded."""
    reaches = stay.exit is None or stay.exit > _last_day(stay.year, term)
    return reaches and stay.entry <= _latest_entry(stay.year, term)


def _began(stay: Stay, term: int, left_on: date) -> bool:
    """Whether a pupil who left was there for some weeks of the term, and left before it was graded."""
    begun = max(stay.entry, _first_day(stay.year, term))
    return begun + _SETTLED <= left_on <= _last_day(stay.year, term)


def _room_on(stay: Stay, day: date) -> Room:
    for room, _, leaves in stay.rooms:
        if leaves is None or leaves > day:
            return room
    return stay.rooms[-1][0]


def _sections(stay: Stay, term: int, day: date) -> list[Taught]:
    """What the pupil is registered in: the homeroom's sections of the term, then those chosen."""
    chosen: Iterator[Taught] = (taught for chosen_term, taught in stay.chosen if chosen_term == term)
    return [*_room_on(stay, day).taught[term], *chosen]
