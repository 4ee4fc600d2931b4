"""The constants of the synthetic world: one place to turn a knob, each with why it stands where it does.

The case fixes the sizes of 2561. All else is chosen so that pupils, computed one by one, give a plausible city whose
figures improve as the case reports. Nothing here states an indicator: those come out of the pupils' own results.
"""

from dataclasses import dataclass
from datetime import date

YEARS = (2558, 2559, 2560, 2561)
"""The years of the records, in the Buddhist Era; the last is the case's."""

DEFAULT_SEED = 2561

PROVINCES = ("83", "84", "85", "86", *map(str, (*range(90, 97), *range(10, 28), *range(30, 50), *range(50, 59))))
"""The province of each city in turn: the first is the case's, and no two cities share one."""

MAX_SCALE = len(PROVINCES)

KINDERGARTEN = range(3)
PRIMARY = range(3, 9)
LOWER = range(9, 12)
UPPER = range(12, 15)
"""Levels by their place among the fifteen, from 0."""


@dataclass(frozen=True, slots=True)
class SchoolProfile:
    """One school of the case, with its exact sizes in the last year.

    ``kindergarten`` are the pupils of its three kindergarten levels on the census day, part of ``pupils``; ``tracks``
    the programmes of its upper secondary, 0 where it has none. ``quality`` is a school effect in score points.
    """

    word: str
    word_th: str
    pupils: int
    kindergarten: int
    teachers: int
    subjects: int
    tracks: int
    quality: float

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels taught."""
        return (*(KINDERGARTEN if self.kindergarten else ()), *PRIMARY, *LOWER, *(UPPER if self.tracks else ()))


SCHOOLS: tuple[SchoolProfile, ...] = (
    SchoolProfile("Prakai Dao", "ประกายดาว", 2146, 210, 147, 478, 3, 1.2),
    SchoolProfile("Rim Khao", "ริมเขา", 1832, 0, 124, 455, 3, 0.6),
    SchoolProfile("Fa Sai", "ฟ้าใส", 1624, 0, 110, 431, 3, -0.4),
    SchoolProfile("Tharn Thong", "ธารทอง", 1385, 150, 94, 402, 3, 0.3),
    SchoolProfile("Lom Thale", "ลมทะเล", 1120, 0, 76, 375, 2, -0.9),
    SchoolProfile("Suan Son", "สวนสน", 871, 130, 59, 318, 0, 0.2),
    SchoolProfile("Ban Khlong", "บ้านคลอง", 690, 110, 48, 270, 0, -1.3),
)
"""The case: 9,668 pupils, 658 teachers and 2,729 subjects together, spread unevenly."""

CITY_NAMES = ("Samut Sawan", "สมุทรสวรรค์")
"""The first city; later ones carry their number too."""

# Sizes of the earlier years, as shares of the last: the city grows a little, and teaches a little more each year.
PUPIL_GROWTH = (0.974, 0.984, 0.992, 1.0)
TEACHER_GROWTH = (0.97, 0.98, 0.99, 1.0)
SUBJECT_GROWTH = (0.93, 0.95, 0.975, 1.0)

UPPER_SHARE = 0.72
"""An upper secondary level's size beside a primary one's: many leave for vocational colleges after ม.3."""

ROOM_SIZE = {"KINDERGARTEN": 26, "PRIMARY": 35, "LOWER_SECONDARY": 37, "UPPER_SECONDARY": 36}
GROUP_SIZE = 38
"""Largest group of an elective."""

# Coming and going, as yearly shares of a school's pupils.
MOVED_AWAY = 0.013
MOVED_WITHIN_CITY = 0.004
ARRIVED_LATE = 0.008
CHANGED_ROOM = 0.008
REPEATED_LEVEL = 0.005
DIED = 0.0002
LEFT_BEFORE_CENSUS = 0.0015
DROPPED_OUT = (0.0086, 0.0071, 0.0058, 0.0046)
"""Dropping out falls as the years go by; who drops out follows ability and level. Under 1 %, as such cities report."""
CAME_BACK_WITHIN_YEAR = 0.0008
CAME_BACK_NEXT_YEAR = 0.12
"""Of a year's dropouts."""
STAYED_AFTER_PRIMARY = 0.86
STAYED_AFTER_LOWER = 0.5
JOINED_OTHER_SCHOOL = 0.25
"""Of those who do not stay for the next stage: into another of the city's schools."""

# Scores out of 100: a sum of effects in score points.
MEAN_SCORE = {"PRIMARY": 74.5, "LOWER_SECONDARY": 69.0, "UPPER_SECONDARY": 70.5}
"""Primary is marked more kindly than the start of secondary."""
ABILITY_SPREAD = 8.6
ABILITY_DRIFT = 0.12
"""Yearly, in standard deviations of ability."""
APTITUDE_SPREAD = 3.0
"""Of a pupil for an area."""
NOISE_SPREAD = 6.6
SECTION_SPREAD = 1.4
"""Teachers mark differently."""
SCHOOL_AREA_SPREAD = 1.0
GIRLS_AHEAD = 1.6
HALF_MARK_SHARE = 16
"""One score in so many is given with half a mark."""

# What keeping the records in one system changed, by year: the schools see who falls behind while there is time.
LIFT = (0.0, 0.7, 1.4, 2.2)
"""Score points for everyone: earlier notice of gaps."""
COACHED = (0.08, 0.29, 0.5, 0.66)
"""Chance that failing work is coached to a pass before the result is given; schools differ by a factor."""
COACHING_FACTOR = (0.92, 1.06)
RESAT = (0.72, 0.78, 0.84, 0.88)
"""Chance that a pupil with a 0 turns up for a resit."""
RESIT_PASSED = 0.68
REPEATED_SUBJECT = 0.55
REPEAT_PASSED = 0.85

# Results still to come.
INCOMPLETE = 4
INCOMPLETE_WEAK = 22
"""Chances in 1,024 of ร, for pupils of ordinary and of low ability."""
WEAK_ABILITY = -1.2
INCOMPLETE_RESOLVED = 0.9
INCOMPLETE_RESOLVED_LATELY = 0.7
"""In the last year's second term there was less time."""
REMEDIAL_DONE = 0.85
REMEDIAL_PASSED = 0.9
CORRECTED = 2
"""Chances in 1,024 that a recorded score was a slip and was corrected."""

# Attendance, as shares of the hours held.
ATTENDANCE_MEAN = 0.965
ATTENDANCE_SPREAD = 0.022
OFTEN_ABSENT = 0.013
"""Share of pupils, in a year, whose attendance lies around the limit."""
OFTEN_ABSENT_RATE = (0.55, 0.86)

# Identity papers.
G_CODE = 0.02
G_CODE_SETTLED = 0.4
PASSPORT = 0.003

# Graduates.
RESPONDED = 0.88
OCCUPATION_KNOWN = 0.92

TURNOVER = 0.045
"""Teachers who leave in a year."""
CHANGED_SCHOOL = 0.006
"""Teachers who move to another of the city's schools."""

AREA_DIFFICULTY = {
    "THA": 0.6,
    "MAT": -4.2,
    "SCI": -2.4,
    "SOC": 0.8,
    "HPE": 3.6,
    "ART": 3.2,
    "OCC": 2.6,
    "FOR": -3.0,
}
"""Mathematics and foreign languages are hard, arts and health kind: score points beside the mean."""


def common_year(year: int) -> int:
    """The common-era year in which the year of index ``year`` begins."""
    return YEARS[year] - 543


def first_day(year: int) -> date:
    """16 May; ``year`` may be one past the last."""
    return date(YEARS[0] - 543 + year, 5, 16)


def census_day(year: int) -> date:
    """10 June."""
    return date(common_year(year), 6, 10)


def graduation_day(year: int) -> date:
    """The day from which those who completed a stage are no longer enrolled."""
    return date(common_year(year) + 1, 4, 1)
