"""A program that declares two more tables about pupils and erases one; run by its test, in a process of its own."""

import json
import sys
from datetime import date
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Connection
from sqlmodel import Session

from hub import migration
from hub.privacy import erase, everything_on, find_pupil
from schema import derived
from schema.tables import columns as c
from schema.tables import metadata
from schema.tables.declaration import About, Kind, Row
from schema.tables.people import Sex, Student
from schema.tables.places import Municipality, School


class VisitKind(StrEnum):
    FAMILY = "FAMILY"


class Visit(Row, table=True):
    """A visit at a pupil's home."""

    about: ClassVar = About(kind=Kind.RECORD, label_th="เยี่ยมบ้าน", help_th="การเยี่ยมบ้านนักเรียน", plural="visits")

    student_id: int = c.reference("student", "The pupil.", "นักเรียน", "นักเรียนที่ได้รับการเยี่ยม")
    kind: str = c.choice(VisitKind, "What visit.", "ประเภท", "ประเภทของการเยี่ยม")
    note: str | None = c.text("What was seen.", "บันทึก", "สิ่งที่พบ", nullable=True)


class VisitPhoto(Row, table=True):
    """A photograph of a visit."""

    about: ClassVar = About(kind=Kind.RECORD, label_th="ภาพถ่าย", help_th="ภาพถ่ายจากการเยี่ยมบ้าน", plural="visitPhotos")

    visit_id: int = c.reference("visit", "The visit.", "เยี่ยมบ้าน", "การเยี่ยมบ้านของภาพ")
    caption: str = c.text("What it shows.", "คำบรรยาย", "สิ่งที่อยู่ในภาพ")


def main(url: str) -> None:
    print(json.dumps(migration.run(url, work), ensure_ascii=False))  # noqa: T201 - its test reads it


def work(connection: Connection) -> dict[str, object]:
    metadata.create_all(connection)
    for statement in derived.create_statements("sqlite"):
        connection.exec_driver_sql(statement)
    with Session(connection) as session:
        city = Municipality(code="8301", name="City", name_th="เมือง")
        session.add(city)
        session.flush()
        school = School(code="3083000001", name="School", name_th="โรงเรียน", municipality_id=int(city.id or 0))
        session.add(school)
        session.flush()
        pupil = Student(
            school_id=int(school.id or 0),
            student_no="77001",
            given_name="นิดา",
            family_name="ดวงดี",
            sex=Sex.FEMALE,
            birth_date=date(2010, 2, 3),
        )
        session.add(pupil)
        session.flush()
        visit = Visit(student_id=int(pupil.id or 0), kind=VisitKind.FAMILY, note="มาเยี่ยม นิดา ดวงดี")
        session.add(visit)
        session.flush()
        session.add(VisitPhoto(visit_id=int(visit.id or 0), caption="นิดา ดวงดี กับแม่"))
        session.flush()
        named = find_pupil(connection, "3083000001/77001")
        held = everything_on(connection, named)["held"]
        counts = erase(connection, named, reason="asked for", by="test").counts
        after = connection.exec_driver_sql(
            "SELECT note, kind, caption FROM visit JOIN visit_photo ON visit_id = visit.id"
        ).all()
        return {"held": held, "counts": counts, "after": [list(row) for row in after]}


if __name__ == "__main__":
    main(sys.argv[1])
