"""Programs' tokens: what they may read, until when, and what for."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from schema.identity.accounts import DIGEST_LENGTH
from schema.identity.declaration import IdentityRow
from schema.policy import Role
from schema.tables import columns as c
from schema.tables.declaration import About, Kind

LONGEST_PURPOSE = 200
LONGEST_NARROWING = 4_000


class ApiToken(IdentityRow, table=True):
    """A program's right to ask, as `Authorization: Bearer`; its secret is shown once and kept nowhere."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="โทเคน",
        help_th="สิทธิ์ของโปรแกรมในการถามข้อมูล ส่งด้วย `Authorization: Bearer` ความลับแสดงครั้งเดียวและไม่เก็บไว้ที่ใด",
        plural="apiTokens",
        natural_key=("shown",),
        exposed=False,
    )
    __table_args__ = (
        UniqueConstraint("digest"),
        CheckConstraint("role = 'teacher' OR teacher_id IS NULL", name="teacher_of_a_teacher"),
        CheckConstraint("created_at < expires_at", name="dates_in_order"),
        Index(None, "teacher_id"),
    )

    purpose: str = c.text("What its reads are for.", "วัตถุประสงค์", "วัตถุประสงค์ของการอ่าน", max_length=LONGEST_PURPOSE)
    digest: str = c.text(
        "SHA-256 of the secret.", "ค่าแฮช", "ค่าแฮช SHA-256 ของความลับ", max_length=DIGEST_LENGTH, exposed=False
    )
    shown: str = c.text(
        "The secret's beginning, to know it by.", "ตัวอักษรต้น", "ตัวอักษรต้นของความลับ ไว้ให้จำได้ว่าเป็นโทเคนใด", max_length=20
    )
    role: str = c.choice(Role, "What it may do.", "บทบาท", "สิ่งที่โทเคนนี้ทำได้")
    all_schools: bool = c.flag("Whether it reads every school.", "ทุกโรงเรียน", "อ่านข้อมูลได้ทุกโรงเรียนหรือไม่", default=False)
    teacher_id: int | None = c.reference(
        "teacher", "The teacher it reads as.", "ครู", "ครูที่โทเคนอ่านข้อมูลแทน", nullable=True
    )
    only_names: str | None = c.text(
        "The types and fields it reads, comma separated; null for all of its role's.",
        "เฉพาะ",
        "ชนิดและฟิลด์ที่อ่านได้ คั่นด้วยจุลภาค เว้นว่างหากอ่านได้ทั้งหมดของบทบาท",
        max_length=LONGEST_NARROWING,
        nullable=True,
    )
    without_names: str | None = c.text(
        "The types and fields it does not read, comma separated.",
        "ยกเว้น",
        "ชนิดและฟิลด์ที่อ่านไม่ได้ คั่นด้วยจุลภาค",
        max_length=LONGEST_NARROWING,
        nullable=True,
    )
    created_at: datetime = c.moment("When it was made.", "สร้างเมื่อ", "วันและเวลาที่สร้าง")
    created_by: str = c.text(
        "Who made it: an account's key, or the command line.", "ผู้สร้าง", "ผู้สร้าง: รหัสของบัญชี หรือบรรทัดคำสั่ง", max_length=100
    )
    expires_at: datetime = c.moment("When it ends.", "หมดอายุ", "วันและเวลาที่หมดอายุ")
    revoked_at: datetime | None = c.moment(
        "When it was ended before its time.", "ยกเลิกเมื่อ", "วันและเวลาที่ถูกยกเลิกก่อนหมดอายุ", nullable=True
    )
    last_used_at: datetime | None = c.moment(
        "When it was last used, within a minute.", "ใช้ล่าสุด", "วันและเวลาที่ใช้ครั้งล่าสุด คลาดเคลื่อนไม่เกินหนึ่งนาที", nullable=True
    )


class ApiTokenSchool(IdentityRow, table=True):
    """A school that a token may read."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="โรงเรียนของโทเคน",
        help_th="โรงเรียนที่โทเคนอ่านข้อมูลได้",
        plural="apiTokenSchools",
        exposed=False,
    )
    __table_args__ = (UniqueConstraint("api_token_id", "school_id"), Index(None, "school_id"))

    api_token_id: int = c.reference("api_token", "The token.", "โทเคน", "โทเคนที่อ่านข้อมูลได้", ondelete="CASCADE")
    school_id: int = c.reference("school", "The school.", "โรงเรียน", "โรงเรียนที่อ่านข้อมูลได้")
