"""The tables: what changed, how it was sealed, and what SQLite needs to tell who writes and what was overwritten."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from sqlalchemy import Index, PrimaryKeyConstraint, Table, UniqueConstraint, text
from sqlmodel import SQLModel

from schema.policy import ADMINS, NO_ROWS, Access, Person, Rows
from schema.tables import columns as c
from schema.tables.declaration import About, Kind, Row

LONGEST_ACTOR: Final = 60
LONGEST_NAME: Final = 200
LONGEST_PAYLOAD: Final = 1_000_000
"""Characters: far more than the columns of any table hold, for a row whose change did not fit could not be written."""
DIGEST_LENGTH: Final = 64
"""Characters of a SHA-256 in hexadecimal."""
SALT_LENGTH: Final = 32
"""Characters of 128 random bits in hexadecimal."""


class Operation(StrEnum):
    """What a change did."""

    INSERT = "INSERT"
    UPDATE = "UPDATE"
    DELETE = "DELETE"
    LOAD = "LOAD"
    """The whole table was written at once, past the triggers."""
    ERASE = "ERASE"
    """A pupil was made anonymous, and what the history held of them was taken away."""


class Face(StrEnum):
    """Through what a change was made."""

    CONSOLE = "CONSOLE"
    GRAPHQL = "GRAPHQL"
    CLI = "CLI"
    IMPORT = "IMPORT"
    PAGE = "PAGE"
    SQL = "SQL"
    """By a statement of somebody's own: who it was, the database does not know."""


class Change(Row, table=True):
    """A change of one row, written by the database in the transaction that made it; append-only."""

    __tablename__ = "change_log"
    about: ClassVar = About(
        kind=Kind.DERIVED,
        label_th="ประวัติการแก้ไข",
        help_th="การเปลี่ยนแปลงของระเบียนหนึ่ง ซึ่งฐานข้อมูลเขียนในธุรกรรมเดียวกับที่เปลี่ยน เพิ่มได้เท่านั้น",
        plural="changes",
        access=Access(ADMINS, Rows(NO_ROWS, NO_ROWS), Person.PUPIL, "{row}.student_id"),
    )
    # No foreign keys: what a change is of may be gone.
    __table_args__ = (
        Index(None, "table_name", "row_id"),
        Index(None, "student_id"),
        Index(
            None,
            "former_student_id",
            sqlite_where=text("former_student_id IS NOT NULL"),
            postgresql_where=text("former_student_id IS NOT NULL"),
        ),
    )

    id: int | None = c.sequence(
        "Grows with every change; of one row in the order of the changes.",
        "ลำดับ",
        "เพิ่มขึ้นทุกครั้งที่เปลี่ยน ภายในระเบียนเดียวกันเรียงตามลำดับการเปลี่ยนแปลง",
    )
    table_name: str = c.text("The table.", "ตาราง", "ตารางที่เปลี่ยน", max_length=63, called="table")
    row_id: int | None = c.number(
        "The row's key, as in its global id; null of a load.",
        "รหัสระเบียน",
        "รหัสของระเบียน ตามที่ปรากฏในรหัสสากลของระเบียน เว้นว่างหากเป็นการโหลดทั้งตาราง",
        nullable=True,
    )
    student_id: int | None = c.number(
        "The pupil that the row is a record of.",
        "นักเรียน",
        "นักเรียนเจ้าของระเบียน",
        exposed=False,
        refers="student",
        nullable=True,
    )
    former_student_id: int | None = c.number(
        "The pupil that it was a record of before, where that is another.",
        "นักเรียนเดิม",
        "นักเรียนเจ้าของระเบียนเดิม หากเป็นคนละคน",
        exposed=False,
        refers="student",
        nullable=True,
    )
    key: str | None = c.text(
        "What people know the row by, as JSON text; null where it was erased.",
        "คีย์",
        "สิ่งที่ใช้เรียกระเบียนนี้ เป็นข้อความ JSON เว้นว่างหากถูกลบข้อมูลแล้ว",
        max_length=LONGEST_PAYLOAD,
        nullable=True,
    )
    operation: str = c.choice(Operation, "What was done.", "การดำเนินการ", "สิ่งที่ทำ")
    before: str | None = c.text(
        "The row's columns before, as JSON text; null of a new row, and where it was erased.",
        "ก่อนแก้ไข",
        "ค่าของระเบียนก่อนเปลี่ยน เป็นข้อความ JSON เว้นว่างหากเป็นระเบียนใหม่ หรือถูกลบข้อมูลแล้ว",
        max_length=LONGEST_PAYLOAD,
        nullable=True,
    )
    after: str | None = c.text(
        "The row's columns after, as JSON text; null of a deleted row, and where it was erased.",
        "หลังแก้ไข",
        "ค่าของระเบียนหลังเปลี่ยน เป็นข้อความ JSON เว้นว่างหากระเบียนถูกลบ หรือถูกลบข้อมูลแล้ว",
        max_length=LONGEST_PAYLOAD,
        nullable=True,
    )
    at: datetime = c.moment("When it was made.", "เมื่อ", "วันและเวลาที่เปลี่ยน", present=True)
    actor_key: str | None = c.text(
        "Who made it: an account's or a token's key, or the command line; null where it is not known.",
        "รหัสผู้แก้ไข",
        "ผู้เปลี่ยน: รหัสของบัญชีหรือโทเคน หรือบรรทัดคำสั่ง เว้นว่างหากไม่ทราบ",
        max_length=LONGEST_ACTOR,
        exposed=False,
        nullable=True,
    )
    actor_name: str | None = c.text(
        "The name they had then.", "ผู้แก้ไข", "ชื่อของผู้เปลี่ยนในขณะนั้น", max_length=LONGEST_NAME, exposed=False, nullable=True
    )
    face: str = c.choice(Face, "Through what it was made.", "ช่องทาง", "ช่องทางที่ใช้เปลี่ยน")


class ChangeSeal(SQLModel, table=True):
    """A link of the chain: a change sealed, by its place from 1; append-only."""

    __tablename__ = "change_seal"
    __table__: ClassVar[Table]
    __table_args__ = (UniqueConstraint("change_id"),)

    id: int | None = c.key()
    change_id: int = c.number("The change.", "การแก้ไข", "การแก้ไขที่ปิดผนึก")
    salt: str | None = c.text(
        "What the digest is salted with; null where the change was erased.",
        "ค่าสุ่ม",
        "ค่าสุ่มที่ใช้คำนวณค่าแฮช เว้นว่างหากการแก้ไขถูกลบข้อมูลแล้ว",
        max_length=SALT_LENGTH,
        exposed=False,
        nullable=True,
    )
    digest: str = c.text(
        "SHA-256 of the salt and the change's payload.",
        "ค่าแฮช",
        "ค่าแฮช SHA-256 ของค่าสุ่มและเนื้อหาของการแก้ไข",
        max_length=DIGEST_LENGTH,
    )
    chain: str = c.text(
        "SHA-256 of the link before and of this change, its digest in the payload's place.",
        "ค่าแฮชของสาย",
        "ค่าแฮช SHA-256 ของข้อก่อนหน้าและของการแก้ไขนี้ โดยใช้ค่าแฮชแทนเนื้อหา",
        max_length=DIGEST_LENGTH,
    )
    sealed_at: datetime = c.moment("When it was sealed.", "ปิดผนึกเมื่อ", "วันและเวลาที่ปิดผนึก")


class ActingIdentity(SQLModel, table=True):
    """Who writes on SQLite: a row that is there inside the writer's own transaction, and that nobody else ever sees."""

    __tablename__ = "acting_identity"
    __table__: ClassVar[Table]

    id: int | None = c.key()
    actor_key: str | None = c.text(
        "The actor's key.", "รหัสผู้แก้ไข", "รหัสของผู้แก้ไข", max_length=LONGEST_ACTOR, nullable=True
    )
    actor_name: str | None = c.text("The actor's name.", "ผู้แก้ไข", "ชื่อของผู้แก้ไข", max_length=LONGEST_NAME, nullable=True)
    face: str = c.choice(Face, "Through what it is written.", "ช่องทาง", "ช่องทางที่ใช้เขียน")


class OverwrittenRow(SQLModel, table=True):
    """A row of SQLite that the statement at work may be about to overwrite: REPLACE fires no trigger for it."""

    __tablename__ = "overwritten_row"
    __table__: ClassVar[Table]
    __table_args__ = (PrimaryKeyConstraint("table_name", "row_id"), {"sqlite_with_rowid": False})

    table_name: str = c.text("The table.", "ตาราง", "ตารางของระเบียน", max_length=63, primary_key=True)
    row_id: int = c.number("The row's key.", "รหัสระเบียน", "รหัสของระเบียน", primary_key=True)
    student_id: int | None = c.number(
        "The pupil that it is a record of.", "นักเรียน", "นักเรียนเจ้าของระเบียน", nullable=True
    )
    key: str | None = c.text(
        "What people know it by.", "คีย์", "สิ่งที่ใช้เรียกระเบียนนี้", max_length=LONGEST_PAYLOAD, nullable=True
    )
    before: str = c.text("Its columns.", "ก่อนแก้ไข", "ค่าของระเบียนก่อนถูกเขียนทับ", max_length=LONGEST_PAYLOAD)
