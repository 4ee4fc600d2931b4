"""Schools for the small city of whose pupils many fail, leave, and are followed up: so that figures are of every size."""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Final

from sqlmodel import Session, select

from schema.tables.declaration import Row
from schema.tables.outcomes import DestinationStatus, GraduateDestination, Occupation
from schema.tables.people import Student
from schema.tables.places import School
from schema.tables.records import Grade, GradeEvent, SchoolEnrollment
from tests.small_city import SmallCity

_SCHOOLS: Final = {"3083000101": (90, 0.5), "3083000102": (60, 0.3), "3083000103": (45, 0.3), "3083000104": (14, 0.2)}
"""How many pupils a school has, and what share of them fails."""
_STATUSES: Final = (14, 6, 1, 5, 1, 2)


def add_trouble(session: Session, city: SmallCity, seed: int = 11) -> None:
    """Pupils of four more schools, of the year 2561, with five results each; graduates of the year before."""
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    sections = [(key, section) for key, section in city.sections.items() if key[0] == 2561][:5]
    jobs = [row.id for row in session.exec(select(Occupation)).all()]
    municipality = session.exec(select(School)).first().municipality_id  # type: ignore[union-attr]
    for code, (size, share) in _SCHOOLS.items():
        school = School(code=code, name=code, name_th=code, municipality_id=municipality)
        session.add(school)
        session.flush()
        pupils = [
            Student(
                school_id=_key(school),
                student_no=f"T{number:04}",
                given_name="ใคร",
                family_name="ก็ได้",
                sex="MALE",
                birth_date=date(2005, 1, 1),
            )
            for number in range(size)
        ]
        session.add_all(pupils)
        session.flush()
        for pupil in pupils:
            leaves = random.random() < share / 2
            session.add(
                SchoolEnrollment(
                    student_id=_key(pupil),
                    school_id=_key(school),
                    academic_year_id=city.years[2561],
                    grade_level_id=city.levels[random.choice(("ม.1", "ม.3"))],
                    entry_on=date(2018, 5, 16),
                    exit_on=date(2018, 9, 1) if leaves else date(2019, 3, 31),
                    exit_reason_id=city.exit_reasons["RESIGNED"] if leaves else None,
                )
            )
            _add_graduate(session, city, random, pupil, jobs)
            fails, mends = random.random() < share, random.random() < 0.5
            for (year, _, subject), section in sections:
                grade = Grade(
                    student_id=_key(pupil),
                    section_id=section,
                    subject_id=city.subjects[subject],
                    academic_year_id=city.years[year],
                    credits=Decimal("1.5"),
                )
                session.add(grade)
                session.flush()
                told = ["0", "1"] if fails and mends else ["0"] if fails else [random.choice(("3", "4", "2"))]
                for sequence, label in enumerate(told, 1):
                    session.add(
                        GradeEvent(
                            grade_id=_key(grade),
                            sequence=sequence,
                            kind="INITIAL" if sequence == 1 else "RESIT",
                            code_id=city.codes[label],
                            at=datetime(2018, 10, sequence, tzinfo=UTC),
                        )
                    )
        session.flush()


def _add_graduate(session: Session, city: SmallCity, random: Random, pupil: Student, jobs: list[int | None]) -> None:
    status = random.choices(tuple(DestinationStatus), _STATUSES)[0]
    works = status in (DestinationStatus.EMPLOYED, DestinationStatus.STUDY_AND_WORK) and random.random() < 0.9
    session.add(
        GraduateDestination(
            student_id=_key(pupil),
            academic_year_id=city.years[2560],
            school_id=pupil.school_id,
            grade_level_id=city.levels[random.choice(("ม.3", "ม.3", "ป.6"))],
            status=status,
            occupation_id=random.choice(jobs) if works else None,
            as_of=date(2018, 9, 30),
            source="School",
        )
    )


def _key(row: Row) -> int:
    assert row.id is not None
    return row.id
