"""People of the synthetic city: pupils and teachers, with names drawn from invented lists."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

from schema.tables.people import Sex
from seeds.moments import pick_day
from seeds.reference.lists import read_names


class Taught(NamedTuple):
    """A section as the results need it. ``area`` is the learning area's place, -1 for an activity; keys are row keys.

    ``effect`` is in score points beside the pupil's own; ``graded_at`` the moment the results were handed in.
    """

    key: int
    subject: int
    credits: float
    hours: int
    area: int
    effect: float
    graded_at: str
    teacher: int


@dataclass(slots=True)
class Room:
    """A homeroom of a year; ``number`` is its place in the level. ``taught`` are its sections by term, 0 the year."""

    key: int
    school: int
    year: int
    level: int
    number: int
    track: int
    size: int = 0
    taught: tuple[list[Taught], list[Taught], list[Taught]] = field(default_factory=lambda: ([], [], []))


LATE_STARTERS = 0.03
"""Share of pupils one or two years older than is usual."""


@dataclass(slots=True)
class Stay:
    """A pupil's time at a school in a year; ``exit`` None while it goes on. Indices of year, school and level.

    ``rooms`` are homeroom memberships: (room, first day, day from which no longer there or None). ``chosen`` are the
    electives: (term, 0 for the whole year, and section).
    """

    year: int
    school: int
    level: int
    entry: date
    exit: date | None = None
    reason: str | None = None
    track: int = 0
    rooms: list[tuple[Room, date, date | None]] = field(default_factory=list)
    chosen: list[tuple[int, Taught]] = field(default_factory=list)


@dataclass(slots=True)
class Pupil:
    """A pupil. ``ability`` is in standard deviations; ``number`` is the student number at the latest school."""

    serial: int
    sex: Sex
    given_name: str
    family_name: str
    born: date
    ability: float
    track: int = 0
    number: int = 0
    stays: list[Stay] = field(default_factory=list)

    @property
    def school(self) -> int:
        """The school attended last."""
        return self.stays[-1].school


@dataclass(slots=True)
class Teacher:
    """A teacher; ``role`` is the code of the learning area taught, or one of the roles that teach none."""

    key: int
    staff_no: str
    sex: Sex
    given_name: str
    family_name: str
    role: str
    position: str


def draw_name(random: Random) -> tuple[Sex, str, str]:
    """Sex, given name and family name."""
    names = read_names()
    sex = Sex.FEMALE if random.random() < 0.5 else Sex.MALE  # noqa: PLR2004 - even odds
    given = random.choice(names.female if sex is Sex.FEMALE else names.male)
    return sex, given, random.choice(names.family_start) + random.choice(names.family_end)


def draw_pupil(serial: int, level: int, begins: date, random: Random) -> Pupil:
    """A pupil new to the city, of the usual age for a level in a year: three for อ.1, six for ป.1."""
    sex, given, family = draw_name(random)
    late = 1 + int(random.random() * 2) if random.random() < LATE_STARTERS else 0
    born_in = begins.year - 4 - level - late
    born = pick_day(date(born_in, 5, 17), date(born_in + 1, 5, 16), random)
    return Pupil(serial, sex, given, family, born, random.gauss(0.0, 1.0))
