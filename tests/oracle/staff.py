"""Teachers beyond the small city's: of a homeroom alone, with a post alone, without a post, without anything."""

from sqlmodel import Session, select

from schema.tables.learning import Section, SectionTeacher
from schema.tables.people import Homeroom, HomeroomTeacher, Sex, Teacher, TeacherAssignment
from schema.tables.places import AcademicYear, School
from tests.oracle.busy import key


def hire(session: Session) -> None:
    """Add the rows; the caller commits."""
    of_room, posted, without_post, idle = (
        Teacher(staff_no=f"T10{number}", given_name="ครู", family_name=f"{number}", sex=Sex.FEMALE)
        for number in range(1, 5)
    )
    session.add_all([of_room, posted, without_post, idle])
    session.flush()
    school = session.exec(select(School).where(School.code == "3083000000")).one()
    year = session.exec(select(AcademicYear).where(AcademicYear.be_year == 2560)).one()
    room = session.exec(select(Homeroom).where(Homeroom.school_id == school.id).order_by("id")).first()
    section = session.exec(select(Section).where(Section.academic_year_id == year.id).order_by("id")).first()
    assert room is not None
    assert section is not None
    session.add_all(
        [
            HomeroomTeacher(homeroom_id=key(room), teacher_id=key(of_room)),
            SectionTeacher(section_id=key(section), teacher_id=key(without_post)),
            *(
                TeacherAssignment(
                    teacher_id=key(teacher), school_id=key(school), academic_year_id=key(year), position="Teacher"
                )
                for teacher in (of_room, posted)
            ),
        ]
    )
    session.flush()
