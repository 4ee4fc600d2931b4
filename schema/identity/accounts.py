"""People's accounts: what they are, their schools, their sessions, and how fast passwords may be tried."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from schema.identity.declaration import IdentityRow
from schema.policy import Role
from schema.tables import columns as c
from schema.tables.declaration import About, Kind

LONGEST_USERNAME = 64
DIGEST_LENGTH = 64
"""Characters of a SHA-256 in hexadecimal."""


class Account(IdentityRow, table=True):
    """A person who signs in with a password. A program has a token instead."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="บัญชีผู้ใช้",
        help_th="ผู้ที่เข้าสู่ระบบด้วยรหัสผ่าน ส่วนโปรแกรมใช้โทเคนแทน",
        plural="accounts",
        natural_key=("username",),
        exposed=False,
    )
    __table_args__ = (
        UniqueConstraint("username"),
        CheckConstraint("username = lower(username)", name="username_folded"),
        CheckConstraint("role <> 'integrator'", name="role_of_a_person"),
        CheckConstraint("role = 'teacher' OR teacher_id IS NULL", name="teacher_of_a_teacher"),
        Index(None, "teacher_id"),
    )

    username: str = c.text(
        "The name to sign in with, in lower case.",
        "ชื่อผู้ใช้",
        "ชื่อที่ใช้เข้าสู่ระบบ เป็นอักษรตัวพิมพ์เล็ก",
        max_length=LONGEST_USERNAME,
    )
    password_hash: str = c.text(
        "The password's argon2id hash.", "รหัสผ่านที่เข้ารหัส", "ค่าแฮชแบบ Argon2id ของรหัสผ่าน", max_length=200, exposed=False
    )
    role: str = c.choice(Role, "What the account may do.", "บทบาท", "สิ่งที่บัญชีนี้ทำได้")
    teacher_id: int | None = c.reference(
        "teacher", "The teacher whose account it is.", "ครู", "ครูเจ้าของบัญชี", nullable=True
    )
    is_active: bool = c.flag("Whether it may sign in.", "ใช้งานอยู่", "เข้าสู่ระบบได้หรือไม่", default=True)
    created_at: datetime = c.moment("When it was made.", "สร้างเมื่อ", "วันและเวลาที่สร้าง")
    last_login_at: datetime | None = c.moment(
        "When it last signed in.", "เข้าใช้ล่าสุด", "วันและเวลาที่เข้าสู่ระบบครั้งล่าสุด", nullable=True
    )
    second_factor_at: datetime | None = c.moment(
        "Since when it signs in with a second factor; null for a password alone.",
        "ยืนยันตัวตนสองขั้นตั้งแต่",
        "วันและเวลาที่เริ่มใช้การยืนยันตัวตนสองขั้น เว้นว่างหากใช้รหัสผ่านอย่างเดียว",
        nullable=True,
    )


class AccountSchool(IdentityRow, table=True):
    """A school that an account may read: a head's own."""

    about: ClassVar = About(
        kind=Kind.REFERENCE,
        label_th="โรงเรียนของบัญชี",
        help_th="โรงเรียนที่บัญชีอ่านข้อมูลได้ คือโรงเรียนของผู้บริหารสถานศึกษาเอง",
        plural="accountSchools",
        exposed=False,
    )
    __table_args__ = (UniqueConstraint("account_id", "school_id"), Index(None, "school_id"))

    account_id: int = c.reference("account", "The account.", "บัญชีผู้ใช้", "บัญชีที่อ่านข้อมูลได้", ondelete="CASCADE")
    school_id: int = c.reference("school", "The school.", "โรงเรียน", "โรงเรียนที่อ่านข้อมูลได้")


class AccountSession(IdentityRow, table=True):
    """A browser that is signed in: its cookie's digest, never the cookie."""

    about: ClassVar = About(
        kind=Kind.DERIVED,
        label_th="การเข้าใช้",
        help_th="เบราว์เซอร์ที่เข้าสู่ระบบอยู่ เก็บเพียงค่าแฮชของคุกกี้ ไม่เก็บตัวคุกกี้",
        plural="accountSessions",
        exposed=False,
    )
    __table_args__ = (UniqueConstraint("digest"), Index(None, "account_id"), Index(None, "expires_at"))

    digest: str = c.text(
        "SHA-256 of the cookie's secret.",
        "ค่าแฮช",
        "ค่าแฮช SHA-256 ของความลับในคุกกี้",
        max_length=DIGEST_LENGTH,
        exposed=False,
    )
    account_id: int = c.reference("account", "The account.", "บัญชีผู้ใช้", "บัญชีที่เข้าสู่ระบบ", ondelete="CASCADE")
    created_at: datetime = c.moment("When it was begun.", "เริ่มเมื่อ", "วันและเวลาที่เริ่มเข้าใช้")
    seen_at: datetime = c.moment(
        "When it was last used, within a minute.", "ใช้ล่าสุด", "วันและเวลาที่ใช้ครั้งล่าสุด คลาดเคลื่อนไม่เกินหนึ่งนาที"
    )
    expires_at: datetime = c.moment(
        "When it ends, however much it is used.", "หมดอายุ", "วันและเวลาที่สิ้นสุด ไม่ว่าจะใช้งานมากเพียงใด"
    )


class LoginLimit(IdentityRow, table=True):
    """How often passwords or codes were tried in vain, of an account, or of it from one address; forgotten in time."""

    about: ClassVar = About(
        kind=Kind.DERIVED,
        label_th="ขีดจำกัดการเข้าใช้",
        help_th="จำนวนครั้งที่ลองรหัสผ่านหรือรหัสยืนยันแล้วผิด ของบัญชีหนึ่ง หรือของบัญชีนั้นจากที่อยู่หนึ่ง ซึ่งจะลืมไปเมื่อเวลาผ่านไป",
        plural="loginLimits",
        exposed=False,
    )
    __table_args__ = (UniqueConstraint("digest"), Index(None, "tried_at"))

    digest: str = c.text(
        "SHA-256 of whom it limits.", "ค่าแฮช", "ค่าแฮช SHA-256 ของผู้ที่ถูกจำกัด", max_length=DIGEST_LENGTH, exposed=False
    )
    failures: int = c.whole(
        "Tries in vain, one after another.", "จำนวนครั้งที่ผิด", "จำนวนครั้งที่ลองผิดติดต่อกัน", minimum=0, maximum=1_000_000
    )
    tried_at: datetime = c.moment("When it was last tried.", "ลองล่าสุด", "วันและเวลาที่ลองครั้งล่าสุด")
    allowed_at: datetime = c.moment("From when it may be tried again.", "ลองใหม่ได้เมื่อ", "วันและเวลาที่ลองใหม่ได้")
    succeeded_at: datetime | None = c.moment(
        "When it last was the right one.", "ถูกต้องล่าสุด", "วันและเวลาที่ถูกต้องครั้งล่าสุด", nullable=True
    )
