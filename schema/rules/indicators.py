"""The city's indicators: each a count, a denominator and their rate.

Rates have four decimals; a rate over nobody is None.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from schema.rules.attendance import is_below_percent
from schema.rules.calendar import AcademicYear
from schema.rules.exact import NegativeCount, round_half_up
from schema.rules.exits import Exit, find_dropouts
from schema.rules.gpa import Gpa

LOW_GPAX = Decimal("1.5")
MANY_ZEROS = 3
LOW_ATTENDANCE_PERCENT = 80


@dataclass(frozen=True)
class Figure:
    """So many of so many."""

    count: int
    denominator: int

    def __post_init__(self) -> None:
        for number in (self.count, self.denominator):
            if number < 0:
                raise NegativeCount(number)

    @property
    def rate(self) -> Decimal | None:
        """Count over denominator, four decimals, a half rounded up; None over nobody."""
        return round_half_up(Fraction(self.count, self.denominator)) if self.denominator else None


def measure_change(first: Decimal | Fraction | int, last: Decimal | Fraction | int) -> Decimal | None:
    """(last - first) / first with four decimals, an exact half going away from zero; None from a base of zero."""
    base = Fraction(first)
    return round_half_up((Fraction(last) - base) / base) if base else None


@dataclass(frozen=True)
class Stay:
    """A pupil's enrollment. `left_on` is the day from which the pupil is no longer enrolled; None while enrolled."""

    pupil: str
    entered_on: date
    left_on: date | None = None

    def is_active(self, day: date) -> bool:
        """Whether the pupil is enrolled on the day."""
        return self.entered_on <= day and (self.left_on is None or day < self.left_on)


def count_students(stays: Iterable[Stay], year: AcademicYear) -> int:
    """Pupils with an enrollment active on the year's census day, each counted once."""
    return len({stay.pupil for stay in stays if stay.is_active(year.census_day)})


def measure_low_gpax(gpax: Iterable[Gpa | None], threshold: Decimal = LOW_GPAX) -> Figure:
    """Census pupils whose exact GPAX is below the threshold, over those with a counting credit in the stage.

    One value a pupil: over the pupil's stage up to the year's end, with results as they stand now.
    """
    known = [value for value in gpax if value is not None]
    return Figure(sum(value.is_below(threshold) for value in known), len(known))


@dataclass(frozen=True)
class PupilZeros:
    """One pupil's zeros in one academic year: registrations ever awarded a 0, and those still at 0."""

    ever: int
    outstanding: int


@dataclass(frozen=True)
class ManyZeros:
    """Pupils over the limit, and the mean of the schools' counts of them; the means are None without schools."""

    ever: Figure
    outstanding: Figure
    school_mean_ever: Decimal | None
    school_mean_outstanding: Decimal | None


def measure_many_zeros(schools: Mapping[str, Iterable[PupilZeros]], more_than: int = MANY_ZEROS) -> ManyZeros:
    """Pupils with strictly more than `more_than` zeros in the year, over all pupils given.

    `schools` holds every school's census pupils; a school without any still counts in the mean.
    """
    ever = outstanding = pupils = 0
    for school in schools.values():
        for pupil in school:
            pupils += 1
            ever += pupil.ever > more_than
            outstanding += pupil.outstanding > more_than
    return ManyZeros(
        Figure(ever, pupils),
        Figure(outstanding, pupils),
        Figure(ever, len(schools)).rate,
        Figure(outstanding, len(schools)).rate,
    )


def measure_dropout(exits: Iterable[Exit], headcount: int, year: AcademicYear) -> Figure:
    """Dropouts of the year over the headcount of its census day."""
    return Figure(len(find_dropouts(exits, year)), headcount)


def measure_low_attendance(hours: Iterable[tuple[int, int]], percent: int = LOW_ATTENDANCE_PERCENT) -> Figure:
    """Those who attended less than `percent` of the planned hours, from (attended, planned), over those with any."""
    planned = [(attended, held) for attended, held in hours if held]
    return Figure(sum(is_below_percent(attended, held, percent) for attended, held in planned), len(planned))
