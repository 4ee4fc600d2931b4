"""Which of the indicators' rules a pupil meets in a year, judged from enrollments, grades and attendance."""

from fractions import Fraction
from typing import Any

from schema.rules.exact import cut_off, round_half_up
from tests.oracle.indicators import Census
from tests.oracle.policy import Sights
from tests.oracle.rows import Values


def of_student(sights: Sights, student: Values, be_year: int | None) -> dict[str, Any]:
    """The pupil's risk in a year; everything unknown where the year is not in the calendar."""
    years = [year for year in sights.rows["academic_year"] if year["be_year"] == be_year]
    pupil = _Pupil(sights, student, years[0]) if years else None
    rules = pupil.rules() if pupil else _UNKNOWN
    met = sum(rule["met"] is True for rule in rules.values())
    is_whole = pupil.is_told_whole() if pupil else sights.is_own(student["id"])
    return {"year": be_year if years else None, "metCount": met if is_whole else None, **rules}


_NO_AVERAGE = {"met": None, "gpax": None, "credits": None}
_NO_ZEROS = {"met": None, "ever": None, "metEver": None, "outstanding": None, "metOutstanding": None}
_NO_HOURS = {"met": None, "attended": None, "held": None, "rate": None}
_NO_STAY = {"met": None, "exitOn": None, "reasonCode": None}
_UNKNOWN = {"lowGpax": _NO_AVERAGE, "overThreeZeros": _NO_ZEROS, "lowAttendance": _NO_HOURS, "dropout": _NO_STAY}


class _Pupil:
    def __init__(self, sights: Sights, student: Values, year: Values) -> None:
        self.rows = sights.rows
        self.student = student["id"]
        self.is_own = sights.is_own(self.student)
        self.census = Census(sights, year)
        self.counted = [row for row in sights.whole["student_year"] if self._is_theirs(row)]
        self.stay = next((stay for stay in self.census.stays if stay["student_id"] == self.student), None)
        self.grades = [
            grade for grade in sights.whole["grade"] if grade["student_id"] == self.student and self._is_of_year(grade)
        ]

    def is_told_whole(self) -> bool:
        """Whether all that is known of the pupil in the year may be read."""
        return self.is_own and (self.stay is not None or not self.counted)

    def rules(self) -> dict[str, dict[str, Any]]:
        return {
            "lowGpax": _NO_AVERAGE if self.stay is None else self._average(self.stay),
            "overThreeZeros": _NO_ZEROS if self.stay is None else self._zeros(),
            "lowAttendance": self._attendance() if self.is_own else _NO_HOURS,
            "dropout": self._dropout() if self.is_own else _NO_STAY,
        }

    def _is_theirs(self, row: Values) -> bool:
        return bool(row["student_id"] == self.student and self._is_of_year(row))

    def _is_of_year(self, row: Values) -> bool:
        return bool(row["academic_year_id"] == self.census.year["id"])

    def _average(self, stay: Values) -> dict[str, Any]:
        book = self.census.book
        counting = [
            grade
            for grade in self.census.of_stage(stay)
            if grade["code_id"] is not None and book.codes[grade["code_id"]]["counts_in_gpa"]
        ]
        exact = book.exact(counting)
        credits_ = float(sum(grade["credits"] for grade in counting))
        if exact is None:
            return {**_NO_AVERAGE, "credits": 0}
        return {"met": exact < Fraction(3, 2), "gpax": float(cut_off(exact)), "credits": credits_}

    def _zeros(self) -> dict[str, Any]:
        ever, now = (
            sum(self.census.book.is_zero(grade[column]) for grade in self.grades)
            for column in ("first_code_id", "code_id")
        )
        return {
            "met": max(ever, now) > 3,
            "ever": ever,
            "metEver": ever > 3,
            "outstanding": now,
            "metOutstanding": now > 3,
        }

    def _attendance(self) -> dict[str, Any]:
        keys = {grade["id"] for grade in self.grades}
        hours = [row for row in self.rows["attendance"] if row["grade_id"] in keys]
        if not hours:
            return _NO_HOURS
        attended, held = (sum(row[column] for row in hours) for column in ("attended_hours", "held_hours"))
        if not held:
            return {**_NO_HOURS, "attended": attended, "held": held}
        share = Fraction(attended, held)
        return {
            "met": share < Fraction(4, 5),
            "attended": attended,
            "held": held,
            "rate": float(round_half_up(share)),
        }

    def _dropout(self) -> dict[str, Any]:
        stays = [stay for stay in self.rows["school_enrollment"] if self._is_theirs(stay)]
        if not stays:
            return _NO_STAY
        gone = [stay for stay in stays if self.census.is_dropout(stay)]
        if not gone:
            return {**_NO_STAY, "met": False}
        last = max(gone, key=lambda stay: (stay["exit_on"], stay["id"]))
        reasons = {row["id"]: row["code"] for row in self.rows["exit_reason"]}
        return {"met": True, "exitOn": last["exit_on"], "reasonCode": reasons[last["exit_reason_id"]]}
