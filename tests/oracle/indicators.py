"""The city's indicators of a year, counted from enrollments, grades, sections and assignments."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from schema.rules.exact import round_half_up
from tests.oracle.averages import Gradebook
from tests.oracle.policy import Sights
from tests.oracle.rows import Values

_ZEROS = {"ever": "first_code_id", "outstanding": "code_id"}


class Census:
    """The pupils of the census day of a year that may be read, and what is counted of them: of all that is theirs."""

    def __init__(self, sights: Sights, year: Values) -> None:
        self.sights = sights
        self.rows, self.whole = sights.rows, sights.whole
        self.year = year
        self.book = Gradebook(self.whole)
        self.schools = {row["id"]: row for row in self.rows["school"]}
        seen = {row["student_id"] for row in self._of_year("student_year")}
        self.stays = [
            stay
            for stay in self.whole["school_enrollment"]
            if stay["academic_year_id"] == year["id"]
            and (sights.own_pupils is None or stay["student_id"] in seen)
            and stay["entry_on"] <= year["census_on"]
            and (stay["exit_on"] is None or stay["exit_on"] > year["census_on"])
        ]

    def figures(self) -> dict[str, Any]:
        """The city's figures, with those of each school that had pupils."""
        codes = sorted((self.schools[key]["code"], key) for key in {stay["school_id"] for stay in self.stays})
        schools = [self._figures(key) for _, key in codes]
        means: dict[str, Any] = {}
        for name, column in _ZEROS.items():
            mean = f"schoolMean{name.title()}"
            means[mean] = _mean([school["overThreeZeros"][name] for school in schools])
            means[f"{mean}Change"] = self._change(None, partial(Census.mean_zeros, column=column))
        figures = self._figures(None)
        return {
            **figures,
            "year": self.year["be_year"],
            "overThreeZeros": {**figures["overThreeZeros"], **means},
            "schools": schools,
        }

    def _figures(self, school: int | None) -> dict[str, Any]:
        stays = self.stays_at(school)
        averages = [average for stay in stays if (average := self._gpax(stay)) is not None]
        ever, outstanding = (self.many_zeros(school, column) for column in _ZEROS.values())
        changes = {
            f"{name}Change": self._change(school, partial(Census.many_zeros, school=school, column=column))
            for name, column in _ZEROS.items()
        }
        return {
            "school": school,
            "studentCount": len(stays),
            "suppressed": False,
            "teacherCount": len(
                {row["teacher_id"] for row in self._of_year("teacher_assignment") if school in (None, row["school_id"])}
            ),
            "subjectCount": len(
                {
                    row["subject_id"]
                    for row in self._of_year("section")
                    if school in (None, self.book.subjects[row["subject_id"]]["school_id"])
                }
            ),
            "lowGpax": {
                **_rate(self.low_averages(school), len(averages)),
                "change": self._change(school, partial(Census.low_averages, school=school)),
            },
            "dropout": {
                **_rate(self.dropouts(school), len(stays)),
                "change": self._change(school, partial(Census.dropouts, school=school)),
            },
            "overThreeZeros": {
                "ever": ever,
                "outstanding": outstanding,
                "denominator": len(stays),
                "suppressed": False,
                "everRate": _fraction(ever, len(stays)),
                "outstandingRate": _fraction(outstanding, len(stays)),
                **changes,
            },
        }

    def stays_at(self, school: int | None) -> list[Values]:
        """The stays of the census day at a school, or at all."""
        return [stay for stay in self.stays if school in (None, stay["school_id"])]

    def _change(self, school: int | None, measure: "Callable[[Census], int | Fraction]") -> Callable[..., float | None]:
        """The change of a figure since another year; without one, since the year before."""

        def since_year(since: int | None = None) -> float | None:
            be_year = self.year["be_year"] - 1 if since is None else since
            for year in self.rows["academic_year"]:
                other = Census(self.sights, year)
                if year["be_year"] == be_year and other.stays_at(school) and self.stays_at(school):
                    latest, base = Fraction(measure(self)), Fraction(measure(other))
                    return float(round_half_up((latest - base) / base)) if base else None
            return None

        return since_year

    def _of_year(self, table: str) -> list[Values]:
        return [row for row in self.rows[table] if row["academic_year_id"] == self.year["id"]]

    def of_stage(self, stay: Values) -> list[Values]:
        """A pupil's grades of the stage attended, up to the year's end."""
        stage = self.book.levels[stay["grade_level_id"]]["stage"]
        return [
            grade
            for grade in self.book.of_student(stay["student_id"])
            if self.book.stage(grade) == stage and self.book.be_year(grade) <= self.year["be_year"]
        ]

    def _gpax(self, stay: Values) -> Fraction | None:
        return self.book.exact(self.of_stage(stay))

    def low_averages(self, school: int | None) -> int:
        """How many pupils have an average under 1.5."""
        averages = [self._gpax(stay) for stay in self.stays_at(school)]
        return sum(average is not None and average < Fraction(3, 2) for average in averages)

    def many_zeros(self, school: int | None, column: str) -> int:
        """How many pupils have more than three zeros in the year."""
        zeros = [
            grade["student_id"]
            for grade in self.whole["grade"]
            if grade["academic_year_id"] == self.year["id"] and self.book.is_zero(grade[column])
        ]
        return sum(zeros.count(stay["student_id"]) > 3 for stay in self.stays_at(school))

    def mean_zeros(self, column: str) -> Fraction:
        """The mean of that over the schools with pupils."""
        schools = {stay["school_id"] for stay in self.stays}
        return Fraction(sum(self.many_zeros(school, column) for school in schools), len(schools))

    def dropouts(self, school: int | None) -> int:
        """How many pupils dropped out."""
        return len(
            {
                stay["student_id"]
                for stay in self._of_year("school_enrollment")
                if school in (None, stay["school_id"]) and self.is_dropout(stay)
            }
        )

    def is_dropout(self, stay: Values) -> bool:
        """Whether a stay ended in dropping out, and the pupil did not come back by the year's end."""
        reasons = {row["id"] for row in self.rows["exit_reason"] if row["counts_as_dropout"]}
        return stay["exit_reason_id"] in reasons and not self._came_back(stay)

    def _came_back(self, left: Values) -> bool:
        """Whether the pupil entered a school again by the year's end."""
        return any(
            stay["student_id"] == left["student_id"]
            and stay["id"] != left["id"]
            and left["exit_on"] <= stay["entry_on"] <= self.year["ends_on"]
            for stay in self.whole["school_enrollment"]
        )


def years_with_pupils(sights: Sights) -> list[int]:
    """The years (B.E.) with pupils on the census day, in order."""
    years = sorted(sights.rows["academic_year"], key=lambda year: int(year["be_year"]))
    return [year["be_year"] for year in years if Census(sights, year).stays]


def of_years(sights: Sights, be_years: Iterable[int]) -> list[Mapping[str, Any]]:
    """The figures of years of the calendar, each once, in order."""
    calendar = {year["be_year"]: year for year in sights.rows["academic_year"]}
    return [Census(sights, calendar[year]).figures() for year in sorted(set(be_years))]


def _rate(count: int, denominator: int) -> dict[str, Any]:
    return {"count": count, "denominator": denominator, "rate": _fraction(count, denominator), "suppressed": False}


def _fraction(count: int, denominator: int, decimals: int = 4) -> float | None:
    return float(round_half_up(Fraction(count, denominator), decimals)) if denominator else None


def _mean(counts: list[int]) -> float | None:
    return _fraction(sum(counts), len(counts), 2)
