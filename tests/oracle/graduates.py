"""Graduates beyond the small city's: found more than once, in target occupations of two municipalities or of neither."""

from datetime import date, timedelta
from random import Random

from sqlmodel import Session, select

from schema.tables.learning import GradeLevel
from schema.tables.outcomes import DestinationStatus, GraduateDestination, Occupation, OccupationTarget
from schema.tables.people import Student
from schema.tables.places import AcademicYear, Municipality, School
from tests.oracle.busy import key

_AT_WORK = (DestinationStatus.EMPLOYED, DestinationStatus.STUDY_AND_WORK)


def graduate(session: Session) -> None:
    """Add the rows, with targets that begin and end on the days graduates are found; the caller commits."""
    random = Random(2558)  # noqa: S311 - a repeatable crowd, no secret
    here = session.exec(select(Municipality)).one()
    there = Municipality(code="9999", name="Elsewhere", name_th="ที่อื่น")
    jobs = [Occupation(code=code, name=code, name_th=code) for code in ("1", "22", "333")]
    session.add_all([there, *jobs])
    session.flush()
    school = School(code="3083000008", name="Elsewhere", name_th="โรงเรียน", municipality_id=key(there))
    session.add(school)
    session.flush()
    years = session.exec(select(AcademicYear).order_by("be_year")).all()
    days = [date(years[0].ends_on.year, 6, 1) + timedelta(days=number * 30) for number in range(12)]
    for job in jobs[:2]:
        for municipality in (here, there):
            start, end = sorted(random.sample(days, 2))
            session.add(
                OccupationTarget(
                    occupation_id=key(job), municipality_id=key(municipality), target_from=start, target_to=end
                )
            )
    levels = [row for row in session.exec(select(GradeLevel).order_by("ordinal")) if row.code in {"ม.3", "ม.6"}]
    schools = session.exec(select(School).order_by("id")).all()
    for student in session.exec(select(Student).order_by("id")).all()[10:]:
        year, place, level = random.choice(years[:2]), random.choice(schools), random.choice(levels)
        for day in random.sample(days, random.randrange(4)):
            status = random.choice(tuple(DestinationStatus))
            found = random.choice((*jobs, None)) if status in _AT_WORK else None
            session.add(
                GraduateDestination(
                    student_id=key(student),
                    academic_year_id=key(year),
                    school_id=key(place),
                    grade_level_id=key(level),
                    status=status,
                    occupation_id=None if found is None else key(found),
                    as_of=day,
                    source="School",
                )
            )
    session.flush()
