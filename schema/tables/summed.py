"""What the database sums from records: a pupil's results of a term, and what indicators count of a pupil and a year."""

from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint

from schema.policy import ANALYSTS, RECORDS, Access, Counting, Person, by_school, of_pupil
from schema.tables import columns as c
from schema.tables.declaration import About, Kind, Row
from schema.tables.learning import Stage


class TermResult(Row, table=True):
    """A pupil's results of one term, or of one year where the level is graded by the year, summed."""

    about: ClassVar = About(
        kind=Kind.DERIVED,
        label_th="ผลการเรียนรายภาค",
        help_th="ผลการเรียนของนักเรียนที่รวมแล้วในหนึ่งภาคเรียน หรือในหนึ่งปีการศึกษาหากระดับชั้นนั้นตัดสินผลการเรียนรายปี",
        plural="termResults",
        natural_key=("student_id", "academic_year_id", "term_id", "stage"),
        # Not the key: the database makes these rows when it comes to them.
        order=("student_id", "academic_year_id", "term_id", "stage"),
        access=Access(
            RECORDS,
            of_pupil(taught=False),
            Person.PUPIL,
            "{row}.student_id",
            counted=Counting(("year", "term", "stage"), {"gpa": 4}),
        ),
    )
    __table_args__ = (UniqueConstraint("student_id", "academic_year_id", "term_id", "stage"),)

    student_id: int = c.reference(
        "student", "The pupil.", "นักเรียน", "นักเรียนเจ้าของผลการเรียน", many="termResults", years=c.Years.ALL
    )
    academic_year_id: int = c.reference("academic_year", "The year.", "ปีการศึกษา", "ปีการศึกษาของผลการเรียน", one="year")
    term_id: int | None = c.reference(
        "term",
        "The term; null for results of the whole year.",
        "ภาคเรียน",
        "ภาคเรียน เว้นว่างสำหรับผลการเรียนทั้งปีการศึกษา",
        nullable=True,
    )
    stage: str = c.choice(Stage, "The stage of the subjects summed.", "ช่วงชั้น", "ช่วงชั้นของรายวิชาที่นำมารวม")
    registered: int = c.whole("Registrations.", "รายวิชาที่ลงทะเบียน", "จำนวนรายวิชาที่ลงทะเบียน", minimum=0, maximum=9999)
    pending: int = c.whole(
        "Registrations whose result is still to come.",
        "รายวิชาที่รอผล",
        "จำนวนรายวิชาที่ลงทะเบียนและยังรอผลการเรียน",
        minimum=0,
        maximum=9999,
    )
    zeros: int = c.whole(
        "Results that are zero now.", "จำนวนผลการเรียน 0", "จำนวนผลการเรียนที่เป็น 0 ในขณะนี้", minimum=0, maximum=9999
    )
    zeros_ever: int = c.whole(
        "Registrations whose first result was zero.",
        "จำนวนผลการเรียน 0 ครั้งแรก",
        "จำนวนรายวิชาที่ผลการเรียนครั้งแรกเป็น 0",
        minimum=0,
        maximum=9999,
    )
    credits_registered: Decimal = c.fixed(
        "Credits registered.", "หน่วยกิตที่ลงทะเบียน", "จำนวนหน่วยกิตที่ลงทะเบียน", step="0.5", maximum="9999"
    )
    credits_attempted: Decimal = c.fixed(
        "Credits attempted.", "หน่วยกิตที่เรียน", "จำนวนหน่วยกิตที่เรียน", step="0.5", maximum="9999"
    )
    credits_earned: Decimal = c.fixed("Credits earned.", "หน่วยกิตที่ได้", "จำนวนหน่วยกิตที่ได้", step="0.5", maximum="9999")
    gpa_credits: Decimal = c.fixed(
        "Credits that count in the average.",
        "หน่วยกิตที่คิดเฉลี่ย",
        "จำนวนหน่วยกิตที่นำไปคิดผลการเรียนเฉลี่ย",
        step="0.5",
        maximum="9999",
    )
    gpa_points: Decimal = c.fixed(
        "Sum of credits times points over what counts.",
        "ผลรวมหน่วยกิตคูณระดับ",
        "ผลรวมของหน่วยกิตคูณระดับผลการเรียน เฉพาะที่นำไปคิดผลการเรียนเฉลี่ย",
        step="0.25",
        maximum="99999",
    )


class StudentYear(Row, table=True):
    """A pupil on the census day of a year: where, and what the city's indicators count of it."""

    about: ClassVar = About(
        kind=Kind.DERIVED,
        label_th="สรุปนักเรียนรายปี",
        help_th="นักเรียน ณ วันสำรวจข้อมูลของปีการศึกษา: เรียนที่ใด และตัวชี้วัดของเทศบาลนับอะไรบ้าง",
        plural="studentYears",
        natural_key=("student_id", "academic_year_id"),
        exposed=False,
        access=Access(
            RECORDS,
            replace(of_pupil(taught=False), schools=by_school().schools),
            Person.PUPIL,
            "{row}.student_id",
            summed=ANALYSTS,
        ),
    )
    __table_args__ = (
        UniqueConstraint("student_id", "academic_year_id"),
        # All that the city's indicators read, in the order they group by.
        Index(
            "ix_student_year_census",
            "academic_year_id",
            "school_id",
            "gpax_credits",
            "gpax_points",
            "zeros_ever",
            "zeros",
        ),
    )

    student_id: int = c.reference("student", "The pupil.", "นักเรียน", "นักเรียนที่สรุปข้อมูล")
    academic_year_id: int = c.reference("academic_year", "The year.", "ปีการศึกษา", "ปีการศึกษาที่สรุปข้อมูล", one="year")
    school_id: int = c.reference("school", "The school on the census day.", "โรงเรียน", "โรงเรียน ณ วันสำรวจข้อมูล")
    grade_level_id: int = c.reference("grade_level", "The level on the census day.", "ระดับชั้น", "ระดับชั้น ณ วันสำรวจข้อมูล")
    zeros: int = c.whole(
        "Results of the year that are zero now.",
        "จำนวนผลการเรียน 0",
        "จำนวนผลการเรียนของปีการศึกษาที่เป็น 0 ในขณะนี้",
        minimum=0,
        maximum=9999,
    )
    zeros_ever: int = c.whole(
        "Registrations of the year whose first result was zero.",
        "จำนวนผลการเรียน 0 ครั้งแรก",
        "จำนวนรายวิชาของปีการศึกษาที่ผลการเรียนครั้งแรกเป็น 0",
        minimum=0,
        maximum=9999,
    )
    gpax_credits: Decimal = c.fixed(
        "Credits that count, over the stage up to the year's end.",
        "หน่วยกิตสะสม",
        "หน่วยกิตที่นำไปคิดเกรดเฉลี่ยสะสม ตลอดช่วงชั้นจนสิ้นปีการศึกษา",
        step="0.5",
        maximum="99999",
    )
    gpax_points: Decimal = c.fixed(
        "Credits times points over the same.",
        "ผลรวมสะสม",
        "ผลรวมของหน่วยกิตคูณระดับผลการเรียน ตลอดช่วงเดียวกัน",
        step="0.25",
        maximum="999999",
    )
