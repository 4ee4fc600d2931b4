"""Places and times: the municipality, its schools, the school years and their terms."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, UniqueConstraint

from schema.policy import EVERYBODY, REFERENCE, Access, by_school
from schema.rules.calendar import FIRST_YEAR, LAST_YEAR
from schema.rules.rows import places
from schema.rules.rows.dates import in_order
from schema.tables import columns as c
from schema.tables.choices import Choice
from schema.tables.declaration import About, Kind, Row

LABEL_TH = "สถานที่และเวลา"
"""What this subject is called in the console's menu."""


class FractionPolicy(Choice):
    """What a school does with a score between two whole marks before it looks up the grade."""

    CUT_OFF = "CUT_OFF", "ตัดเศษทิ้ง"
    HALF_UP = "HALF_UP", "ปัดเศษครึ่งขึ้น"


class Municipality(Row, table=True):
    """A local authority that runs schools."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="เทศบาล",
        help_th="องค์กรปกครองส่วนท้องถิ่นต้นสังกัดของสถานศึกษา",
        plural="municipalities",
        natural_key=("code",),
        order=("code",),
        argument="municipalityCode",
        one_roster="org (type local)",
        access=REFERENCE,
    )
    __table_args__ = (UniqueConstraint("code"),)

    code: str = c.text("The authority's code.", "รหัสเทศบาล", "รหัสขององค์กรปกครองส่วนท้องถิ่น", max_length=10)
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)


class School(Row, table=True):
    """A municipal school."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="โรงเรียน",
        help_th="โรงเรียนในสังกัดเทศบาล",
        plural="schools",
        natural_key=("code",),
        order=("code",),
        argument="schoolCode",
        one_roster="org (type school)",
        access=Access(EVERYBODY, by_school("id")),
        rules=(places.MUNICIPAL_CODE,),
    )
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(
            "length(code) = 10 AND substr(code, 1, 2) = '30' AND trim(code, '0123456789') = ''", name="code_local"
        ),
    )

    code: str = c.text(
        "School code of 10 digits: 30 for local administration, then the province.",
        "รหัสโรงเรียน",
        "รหัสโรงเรียน 10 หลัก ขึ้นต้นด้วย 30 สำหรับองค์กรปกครองส่วนท้องถิ่น ตามด้วยรหัสจังหวัด",
        max_length=10,
    )
    name: str = c.text("Name in English.", "ชื่ออังกฤษ", "ชื่อภาษาอังกฤษ")
    name_th: str = c.text("Name in Thai.", "ชื่อ", "ชื่อภาษาไทย", thai=True)
    municipality_id: int = c.reference(
        "municipality",
        "The authority that runs the school.",
        "เทศบาล",
        "องค์กรปกครองส่วนท้องถิ่นต้นสังกัดของโรงเรียน",
        many="schools",
    )
    fraction_policy: str = c.choice(
        FractionPolicy,
        "What becomes of a score's fraction before grading.",
        "การตัดเศษคะแนน",
        "วิธีจัดการเศษของคะแนนก่อนตัดสินผลการเรียน",
        default=FractionPolicy.CUT_OFF,
    )


class AcademicYear(Row, table=True):
    """A school year, counted in the Buddhist Era: year N runs from 16 May (N-543) to 15 May (N-542)."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="ปีการศึกษา",
        help_th="ปีการศึกษา นับตามปี พ.ศ. เริ่มวันที่ 16 พฤษภาคมของปีนั้น (ค.ศ. คือ พ.ศ. ลบ 543) ถึงวันที่ 15 พฤษภาคมของปีถัดไป",
        plural="academicYears",
        natural_key=("be_year",),
        order=("be_year",),
        argument="year",
        one_roster="academicSession (type schoolYear; schoolYear is the C.E. year in which it ends: beYear - 542)",
        access=REFERENCE,
        rules=(places.DAYS_OF_YEAR,),
    )
    __table_args__ = (
        UniqueConstraint("be_year"),
        CheckConstraint("starts_on < ends_on", name="dates_in_order"),
        CheckConstraint("census_on BETWEEN starts_on AND ends_on", name="census_inside"),
    )

    be_year: int = c.whole(
        "The year of the Buddhist Era.", "ปี พ.ศ.", "ปีการศึกษาเป็นปีพุทธศักราช (พ.ศ.)", minimum=FIRST_YEAR, maximum=LAST_YEAR
    )
    starts_on: date = c.day("First day of the year.", "วันเริ่มต้น", "วันแรกของปีการศึกษา")
    ends_on: date = c.day("Last day of the year.", "วันสิ้นสุด", "วันสุดท้ายของปีการศึกษา")
    census_on: date = c.day(
        "The day on which pupils are counted, 10 June.", "วันสำรวจข้อมูล", "วันที่นับจำนวนนักเรียน คือวันที่ 10 มิถุนายน"
    )


class Term(Row, table=True):
    """A term of a school year: 1, 2, or 3 for the summer; the terms of a year do not overlap."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="ภาคเรียน",
        help_th="ภาคเรียนของปีการศึกษา: 1, 2 หรือ 3 สำหรับภาคฤดูร้อน ภาคเรียนในปีเดียวกันไม่ทับซ้อนกัน",
        plural="terms",
        natural_key=("academic_year_id", "number"),
        order=("academic_year_id", "number"),
        one_roster="academicSession (type term)",
        access=REFERENCE,
        rules=(in_order("starts_on", "ends_on"), places.TERM_IN_YEAR),
    )
    __table_args__ = (
        UniqueConstraint("academic_year_id", "number"),
        UniqueConstraint("id", "academic_year_id"),
        CheckConstraint("starts_on < ends_on", name="dates_in_order"),
    )

    academic_year_id: int = c.reference(
        "academic_year", "The year of the term.", "ปีการศึกษา", "ปีการศึกษาของภาคเรียน", one="year", many="terms"
    )
    number: int = c.whole(
        "1, 2, or 3 for the summer term.", "ภาคเรียนที่", "1, 2 หรือ 3 สำหรับภาคเรียนฤดูร้อน", minimum=1, maximum=3
    )
    starts_on: date = c.day("First day of the term.", "วันเริ่มต้น", "วันแรกของภาคเรียน")
    ends_on: date = c.day("Last day of the term.", "วันสิ้นสุด", "วันสุดท้ายของภาคเรียน")
