"""Grade averages from the grades themselves, never from what the database keeps summed."""

from collections.abc import Iterable
from fractions import Fraction

from schema.rules.exact import cut_off
from tests.oracle.policy import Sights
from tests.oracle.rows import Rows, Values


class Gradebook:
    """The grades with what they refer to."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.codes, self.sections, self.subjects, self.levels, self.years = (
            {row["id"]: row for row in rows[table]}
            for table in ("grade_code", "section", "subject", "grade_level", "academic_year")
        )

    def of_student(self, student_id: int) -> list[Values]:
        """The grades of a pupil."""
        return [grade for grade in self._rows["grade"] if grade["student_id"] == student_id]

    def stage(self, grade: Values) -> str:
        """The stage a grade counts in: that of its subject's level."""
        subject = self.subjects[grade["subject_id"]]
        return str(self.levels[subject["grade_level_id"]]["stage"])

    def be_year(self, grade: Values) -> int:
        """The year of a grade."""
        return int(self.years[grade["academic_year_id"]]["be_year"])

    def exact(self, grades: Iterable[Values]) -> Fraction | None:
        """Credits times points over credits, of what counts; None over no credits."""
        credits_ = points = Fraction(0)
        for grade in grades:
            code = self.codes.get(grade["code_id"])
            if code is not None and code["counts_in_gpa"]:
                credits_ += Fraction(grade["credits"])
                points += Fraction(grade["credits"]) * Fraction(code["points"])
        return points / credits_ if credits_ else None

    def shown(self, grades: Iterable[Values]) -> float | None:
        """The average as it is shown: cut off at two decimals."""
        exact = self.exact(grades)
        return None if exact is None else float(cut_off(exact))

    def is_zero(self, code_id: int | None) -> bool:
        """Whether a result is a zero that counts."""
        code = self.codes.get(code_id)
        return code is not None and bool(code["counts_in_gpa"]) and code["points"] == 0


def gpax(sights: Sights, student: Values, stage: str | None) -> float | None:
    """A pupil's cumulative average in a stage; without one, in that of the latest enrollment that may be read."""
    book = Gradebook(sights.whole)
    if not sights.is_own(student["id"]):
        return None
    if stage is None:
        stays = [stay for stay in sights.rows["school_enrollment"] if stay["student_id"] == student["id"]]
        if not stays:
            return None
        latest = max(stays, key=lambda stay: (stay["entry_on"], stay["id"]))
        stage = book.levels[latest["grade_level_id"]]["stage"]
    return book.shown(grade for grade in book.of_student(student["id"]) if book.stage(grade) == stage)


def gpa(rows: Rows, result: Values) -> float | None:
    """The average of a term (or of a year, where it is graded by the year) and stage."""
    book = Gradebook(rows)
    return book.shown(
        grade
        for grade in book.of_student(result["student_id"])
        if grade["academic_year_id"] == result["academic_year_id"]
        and book.sections[grade["section_id"]]["term_id"] == result["term_id"]
        and book.stage(grade) == result["stage"]
    )


def national_id(rows: Rows, student: Values) -> str | None:
    """A pupil's current national id."""
    return next(
        (
            str(row["value"])
            for row in rows["student_identifier"]
            if row["student_id"] == student["id"] and row["kind"] == "NATIONAL_ID" and row["valid_to"] is None
        ),
        None,
    )
