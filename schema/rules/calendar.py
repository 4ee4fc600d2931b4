"""The academic year in the Buddhist Era (B.E.) and its terms.

Year N runs from 16 May of the common year N - 543 to 15 May of the next (Ministry of Education regulation).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from itertools import pairwise
from typing import ClassVar

from schema.rules.errors import RuleViolation

BUDDHIST_OFFSET = 543
FIRST_YEAR, LAST_YEAR = 2400, 2999
"""The years of the Buddhist Era that the hub can hold and that anyone may name."""


class TermNumber(IntEnum):
    """A term within its year."""

    FIRST = 1
    SECOND = 2
    SUMMER = 3


@dataclass(frozen=True)
class CalendarPolicy:
    """Month and day of the year's first day and of the census."""

    start: tuple[int, int] = (5, 16)
    census: tuple[int, int] = (6, 10)


STANDARD_CALENDAR = CalendarPolicy()


class YearOutOfRange(RuleViolation):
    """A B.E. year whose days a date cannot hold."""

    code: ClassVar[str] = "YEAR_OUT_OF_RANGE"

    def __init__(self, be_year: int) -> None:
        super().__init__(
            f"{be_year} is not an academic year of the Buddhist Era. Give a year such as 2561 (2018 C.E.).",
            f"{be_year} ไม่ใช่ปีการศึกษาในพุทธศักราช กรุณากรอกปี เช่น 2561",
        )


class TermRefused(RuleViolation):
    """A term's dates contradict each other, its year or another term."""

    code: ClassVar[str] = "TERM_REFUSED"

    def __init__(self, number: int, reason: str, reason_th: str) -> None:
        super().__init__(
            f"Term {number} {reason}. Change its first or last day.",
            f"ภาคเรียนที่ {number} {reason_th} กรุณาแก้วันเริ่มต้นหรือวันสิ้นสุด",
        )


@dataclass(frozen=True)
class AcademicYear:
    """One academic year, named by its B.E. year."""

    be_year: int
    policy: CalendarPolicy = STANDARD_CALENDAR

    def __post_init__(self) -> None:
        if not date.min.year <= self.be_year - BUDDHIST_OFFSET < date.max.year:
            raise YearOutOfRange(self.be_year)

    @property
    def starts(self) -> date:
        """The first day, 16 May."""
        return date(self.be_year - BUDDHIST_OFFSET, *self.policy.start)

    @property
    def ends(self) -> date:
        """The last day, 15 May of the next common year."""
        return date(self.be_year - BUDDHIST_OFFSET + 1, *self.policy.start) - timedelta(days=1)

    @property
    def census_day(self) -> date:
        """The day on which pupils are counted, 10 June."""
        return date(self.be_year - BUDDHIST_OFFSET, *self.policy.census)

    @property
    def school_year(self) -> int:
        """OneRoster's `schoolYear`: the common-era year in which the year ends; 2569 -> 2027."""
        return self.ends.year

    def contains(self, day: date) -> bool:
        """Whether the day lies in this year, both ends included."""
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class TermDates:
    """One term of a year; first and last day both belong to it."""

    number: TermNumber
    starts: date
    ends: date


def to_buddhist_year(common_year: int) -> int:
    """The B.E. year of a common-era calendar year: 2018 -> 2561."""
    return common_year + BUDDHIST_OFFSET


def find_academic_year(day: date, policy: CalendarPolicy = STANDARD_CALENDAR) -> AcademicYear:
    """The academic year a day belongs to: 15 May 2019 is still in 2561."""
    began = (day.month, day.day) >= policy.start
    return AcademicYear(to_buddhist_year(day.year) - (not began), policy)


def check_terms(year: AcademicYear, terms: Iterable[TermDates]) -> tuple[TermDates, ...]:
    """The terms in order of time, or a refusal: each lies in the year, numbers rise with time, none overlap."""
    ordered = tuple(sorted(terms, key=lambda term: (term.starts, term.number)))
    for term in ordered:
        if term.ends < term.starts:
            raise TermRefused(term.number, "ends before it starts", "สิ้นสุดก่อนเริ่มต้น")
        if not (year.contains(term.starts) and year.contains(term.ends)):
            raise TermRefused(
                term.number,
                f"lies outside {year.starts} to {year.ends}",
                f"อยู่นอกช่วง {year.starts} ถึง {year.ends}",
            )
    for earlier, later in pairwise(ordered):
        if later.starts <= earlier.ends:
            raise TermRefused(later.number, f"overlaps term {earlier.number}", f"ซ้อนกับภาคเรียนที่ {earlier.number}")
        if later.number <= earlier.number:
            raise TermRefused(later.number, f"starts after term {earlier.number}", f"เริ่มหลังภาคเรียนที่ {earlier.number}")
    return ordered


def find_term(day: date, terms: Iterable[TermDates]) -> TermDates | None:
    """The term a day falls in; None in the holidays."""
    return next((term for term in terms if term.starts <= day <= term.ends), None)
