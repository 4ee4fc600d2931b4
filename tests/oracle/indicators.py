"""The city's indicators of a year, counted from enrollments, grades, sections and assignments."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from schema.rules.exact import round_half_up
from tests.oracle.averages import Gradebook
from tests.oracle.rows import Rows, Values


class Census:
    """The pupils of the census day of a year, and what is counted of them."""

    def __init__(self, rows: Rows, year: Values) -> None:
        self.rows = rows
        self.year = year
        self.book = Gradebook(rows)
        self.schools = {row["id"]: row for row in rows["school"]}
        self.stays = [
            stay
            for stay in self._of_year("school_enrollment")
            if stay["entry_on"] <= year["census_on"]
            and (stay["exit_on"] is None or stay["exit_on"] > year["census_on"])
        ]

    def figures(self) -> dict[str, Any]:
        """The city's figures, with those of each school that had pupils."""
        codes = sorted((self.schools[key]["code"], key) for key in {stay["school_id"] for stay in self.stays})
        schools = [self._figures(key) for _, key in codes]
        zeros = ("ever", "outstanding")
        means = {
            f"schoolMean{name.title()}": _mean([school["overThreeZeros"][name] for school in schools]) for name in zeros
        }
        figures = self._figures(None)
        return {
            **figures,
            "year": self.year["be_year"],
            "overThreeZeros": {**figures["overThreeZeros"], **means},
            "schools": schools,
        }

    def _figures(self, school: int | None) -> dict[str, Any]:
        stays = [stay for stay in self.stays if school in (None, stay["school_id"])]
        averages = [average for stay in stays if (average := self._gpax(stay)) is not None]
        ever, outstanding = (self._many_zeros(stays, column) for column in ("first_code_id", "code_id"))
        return {
            "school": school,
            "studentCount": len(stays),
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
            "lowGpax": _rate(sum(average < Fraction(3, 2) for average in averages), len(averages)),
            "dropout": _rate(self._dropouts(school), len(stays)),
            "overThreeZeros": {
                "ever": ever,
                "outstanding": outstanding,
                "denominator": len(stays),
                "everRate": _fraction(ever, len(stays)),
                "outstandingRate": _fraction(outstanding, len(stays)),
            },
        }

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

    def _many_zeros(self, stays: Iterable[Values], column: str) -> int:
        """How many pupils have more than three zeros in the year."""
        zeros = [grade["student_id"] for grade in self._of_year("grade") if self.book.is_zero(grade[column])]
        return sum(zeros.count(stay["student_id"]) > 3 for stay in stays)

    def _dropouts(self, school: int | None) -> int:
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
            for stay in self.rows["school_enrollment"]
        )


def years_with_pupils(rows: Rows) -> list[int]:
    """The years (B.E.) with pupils on the census day, in order."""
    years = sorted(rows["academic_year"], key=lambda year: int(year["be_year"]))
    return [year["be_year"] for year in years if Census(rows, year).stays]


def of_years(rows: Rows, be_years: Iterable[int]) -> list[Mapping[str, Any]]:
    """The figures of years of the calendar, each once, in order."""
    calendar = {year["be_year"]: year for year in rows["academic_year"]}
    return [Census(rows, calendar[year]).figures() for year in sorted(set(be_years))]


def _rate(count: int, denominator: int) -> dict[str, Any]:
    return {"count": count, "denominator": denominator, "rate": _fraction(count, denominator)}


def _fraction(count: int, denominator: int, decimals: int = 4) -> float | None:
    return float(round_half_up(Fraction(count, denominator), decimals)) if denominator else None


def _mean(counts: list[int]) -> float | None:
    return _fraction(sum(counts), len(counts), 2)
