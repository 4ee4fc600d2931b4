"""Rules of schools, academic years and terms."""

from collections.abc import Iterator

from schema.rules.calendar import AcademicYear, TermDates, TermNumber, TermRefused, check_terms
from schema.rules.identifiers import LOCAL_ADMINISTRATION, SchoolCodeRefused, parse_school_code
from schema.rules.rows.candidate import Candidate, Refusal, RowRule, Values


def _check_school_code(row: Candidate) -> Iterator[Refusal]:
    code: str = row.values["code"]
    try:
        parse_school_code(code)
    except SchoolCodeRefused as error:
        if len(code) == len("3083000001") and code.isascii() and code.isdecimal() and code[:2] != LOCAL_ADMINISTRATION:
            yield Refusal(
                "code",
                "SCHOOL_OF_ANOTHER_AUTHORITY",
                f"{code} is the code of another authority's school: it begins with {code[:2]}. Municipal schools' "
                f"codes begin with {LOCAL_ADMINISTRATION}, as 3083000001. Give the code of a municipal school.",
                f"{code} เป็นรหัสโรงเรียนของสังกัดอื่น (ขึ้นต้นด้วย {code[:2]}) รหัสโรงเรียนเทศบาลขึ้นต้นด้วย "
                f"{LOCAL_ADMINISTRATION} เช่น 3083000001 กรุณากรอกรหัสโรงเรียนเทศบาล",
            )
        else:
            yield Refusal.of("code", error)


def _check_year(row: Candidate) -> Iterator[Refusal]:
    year = AcademicYear(row.values["be_year"])
    for column, day, name, name_th in (
        ("starts_on", year.starts, "first day", "วันเริ่มต้น"),
        ("ends_on", year.ends, "last day", "วันสิ้นสุด"),
        ("census_on", year.census_day, "census day", "วันสำรวจข้อมูล"),
    ):
        if row.values[column] != day:
            yield Refusal(
                column,
                "NOT_THE_YEARS_DAY",
                f"The {name} of the academic year {year.be_year} is {day}. Give that day.",
                f"{name_th}ของปีการศึกษา {year.be_year} คือ {day} กรุณากรอกวันนั้น",
            )


def _check_term(row: Candidate) -> Iterator[Refusal]:
    year = AcademicYear(row.references["academic_year_id"]["be_year"])
    own = _dates(row.values)
    try:
        check_terms(year, (own,))
        for sibling in map(_dates, row.siblings):
            # One that lies outside the year by itself is no fault of this one.
            if year.contains(sibling.starts) and year.contains(sibling.ends):
                check_terms(year, (own, sibling))
    except TermRefused as error:
        yield Refusal.of("starts_on", error)


def _dates(values: Values) -> TermDates:
    return TermDates(TermNumber(values["number"]), values["starts_on"], values["ends_on"])


MUNICIPAL_CODE = RowRule(_check_school_code, ("code",))
"""A school's code is a municipal school's."""

DAYS_OF_YEAR = RowRule(_check_year, ("be_year", "starts_on", "ends_on", "census_on"))
"""An academic year has the days that its number gives it."""

TERM_IN_YEAR = RowRule(
    _check_term,
    ("academic_year_id", "number", "starts_on", "ends_on"),
    references={"academic_year_id": ("be_year",)},
    siblings=("academic_year_id",),
)
"""A term lies in its year, apart from the year's other terms and in the order of their numbers."""
