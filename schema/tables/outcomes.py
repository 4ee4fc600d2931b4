"""Outcomes: where graduates of lower and upper secondary went, and the occupations the city needs."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from schema.policy import NO_ROWS, RECORDS, REFERENCE, Access, Counting, Person, Role, Rows, by_school
from schema.rules.rows import outcomes
from schema.rules.rows.dates import in_order
from schema.tables import columns as c
from schema.tables.choices import Choice
from schema.tables.declaration import About, Kind, Row

LABEL_TH = "ผลลัพธ์หลังจบ"
"""What this subject is called in the console's menu."""


class DestinationStatus(Choice):
    """What a graduate does."""

    FURTHER_STUDY = "FURTHER_STUDY", "ศึกษาต่อ"
    EMPLOYED = "EMPLOYED", "ทำงาน"
    STUDY_AND_WORK = "STUDY_AND_WORK", "ศึกษาต่อและทำงาน"
    UNEMPLOYED = "UNEMPLOYED", "ว่างงาน"
    INACTIVE = "INACTIVE", "ไม่อยู่ในกำลังแรงงาน"
    UNKNOWN = "UNKNOWN", "ไม่ทราบ"


class Occupation(Row, table=True):
    """An occupation, by the groups of ISCO-08."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="อาชีพ",
        help_th="อาชีพ ตามกลุ่มของการจัดประเภทอาชีพสากล ISCO-08",
        plural="occupations",
        natural_key=("code",),
        order=("code",),
        argument="occupationCode",
        access=REFERENCE,
        rules=(outcomes.ISCO_CODE,),
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text(
        "ISCO-08 code, of 1 to 4 digits.", "รหัสอาชีพ", "รหัสอาชีพตาม ISCO-08 จำนวน 1 ถึง 4 หลัก", max_length=4
    )
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)


class OccupationTarget(Row, table=True):
    """A time in which the city's blueprint names an occupation as a local target."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="อาชีพเป้าหมายของท้องถิ่น",
        help_th="ช่วงเวลาที่แผนพัฒนาการศึกษาของเทศบาลกำหนดให้อาชีพหนึ่งเป็นอาชีพเป้าหมายของท้องถิ่น",
        plural="occupationTargets",
        natural_key=("occupation_id", "municipality_id", "target_from"),
        access=REFERENCE,
        rules=(in_order("target_from", "target_to"), outcomes.ONE_TARGET_AT_A_TIME),
    )
    __table_args__ = (
        UniqueConstraint("occupation_id", "municipality_id", "target_from"),
        CheckConstraint("target_to IS NULL OR target_from < target_to", name="dates_in_order"),
    )

    occupation_id: int = c.reference("occupation", "The occupation.", "อาชีพ", "อาชีพที่เป็นเป้าหมาย", many="targets")
    municipality_id: int = c.reference(
        "municipality",
        "The authority whose blueprint it is.",
        "เทศบาล",
        "เทศบาลเจ้าของแผนพัฒนาการศึกษา",
        many="occupationTargets",
    )
    target_from: date = c.day("First day as a target.", "เป็นเป้าหมายตั้งแต่", "วันแรกที่เป็นอาชีพเป้าหมาย")
    target_to: date | None = c.day(
        "Day from which no longer one; null while it is.",
        "เป็นเป้าหมายถึง",
        "วันแรกที่ไม่เป็นอาชีพเป้าหมายแล้ว เว้นว่างหากยังเป็นอยู่",
        nullable=True,
    )


class GraduateDestination(Row, table=True):
    """Where a graduate was found to be, on a date, by a source."""

    about: ClassVar = About(
        kind=Kind.RECORD,
        label_th="ภาวะหลังจบการศึกษา",
        help_th="ภาวะของผู้สำเร็จการศึกษาตามที่พบ ณ วันหนึ่ง จากแหล่งข้อมูลหนึ่ง",
        plural="graduateDestinations",
        natural_key=("student_id", "academic_year_id", "as_of"),
        access=Access(
            RECORDS - {Role.TEACHER},
            Rows(by_school().schools, NO_ROWS),
            Person.PUPIL,
            "{row}.student_id",
            counted=Counting(("year", "school", "gradeLevel", "status", "occupation")),
        ),
    )
    __table_args__ = (
        UniqueConstraint("student_id", "academic_year_id", "as_of"),
        CheckConstraint(
            "occupation_id IS NULL OR status IN ('EMPLOYED', 'STUDY_AND_WORK')", name="occupation_needs_work"
        ),
    )

    student_id: int = c.reference("student", "The graduate.", "นักเรียน", "ผู้สำเร็จการศึกษา", many="destinations")
    academic_year_id: int = c.reference(
        "academic_year", "The year of graduation.", "ปีที่จบ", "ปีการศึกษาที่จบ", one="year", many="destinations"
    )
    school_id: int = c.reference(
        "school", "The school graduated from.", "โรงเรียน", "โรงเรียนที่จบ", many="destinations", years=c.Years.CURRENT
    )
    grade_level_id: int = c.reference(
        "grade_level", "The level completed: ม.3 or ม.6.", "ระดับชั้นที่จบ", "ระดับชั้นที่เรียนจบ: ม.3 หรือ ม.6"
    )
    status: str = c.choice(DestinationStatus, "What the graduate does.", "ภาวะ", "ผู้สำเร็จการศึกษาทำอะไรอยู่")
    occupation_id: int | None = c.reference(
        "occupation", "The occupation, if known.", "อาชีพ", "อาชีพที่ทำ หากทราบ", many="destinations", nullable=True
    )
    as_of: date = c.day("The day it was true.", "ณ วันที่", "วันที่ข้อมูลนี้เป็นจริง")
    source: str = c.text("How it is known.", "แหล่งข้อมูล", "ทราบข้อมูลนี้จากที่ใด", thai=True)
