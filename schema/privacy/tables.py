"""The tables: who read what of which pupils, and what was erased."""

from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy import Index, PrimaryKeyConstraint, Table
from sqlmodel import SQLModel

from schema.tables import columns as c

LONGEST_KEY: Final = 60
LONGEST_NAME: Final = 200
LONGEST_PURPOSE: Final = 500
LONGEST_FIELDS: Final = 20_000
LONGEST_REQUEST: Final = 128
LONGEST_REASON: Final = 500


class ReadLog(SQLModel, table=True):
    """An operation that read of pupils; append-only."""

    __tablename__ = "read_log"
    __table__: ClassVar[Table]
    __table_args__ = (Index(None, "at"),)

    id: int | None = c.key()
    identity: str = c.text(
        "Who read: an account's or a token's key.", "ผู้อ่าน", "ผู้อ่าน: รหัสของบัญชีหรือโทเคน", max_length=LONGEST_KEY
    )
    name: str = c.text("The name it had then.", "ชื่อผู้อ่าน", "ชื่อของผู้อ่านในขณะนั้น", max_length=LONGEST_NAME)
    role: str = c.text("The role it had then.", "บทบาท", "บทบาทของผู้อ่านในขณะนั้น", max_length=20)
    purpose: str | None = c.text(
        "What the read was for.", "วัตถุประสงค์", "วัตถุประสงค์ของการอ่าน", max_length=LONGEST_PURPOSE, nullable=True
    )
    at: datetime = c.moment("When it was read.", "เมื่อ", "วันและเวลาที่อ่าน")
    operation: str | None = c.text("The operation's name.", "คำสั่ง", "ชื่อของคำสั่ง", max_length=LONGEST_NAME, nullable=True)
    document: str = c.text(
        "SHA-256 of the document, every literal in it made empty.",
        "ค่าแฮชของคำสั่ง",
        "ค่าแฮช SHA-256 ของคำสั่ง โดยทำให้ค่าคงที่ทุกค่าในนั้นว่าง",
        max_length=64,
    )
    fields: str | None = c.text(
        "The personal fields read, as Type.field, by spaces.",
        "ข้อมูลที่อ่าน",
        "ข้อมูลส่วนบุคคลที่อ่าน ในรูปชนิดจุดฟิลด์ คั่นด้วยช่องว่าง",
        max_length=LONGEST_FIELDS,
        nullable=True,
    )
    pupils: int = c.whole(
        "How many pupils it named.", "จำนวนนักเรียน", "จำนวนนักเรียนที่ปรากฏชื่อ", minimum=0, maximum=2**31 - 1
    )
    request_id: str = c.text(
        "The request's id, as in the service's log.",
        "รหัสคำขอ",
        "รหัสของคำขอ ตามบันทึกของบริการ",
        max_length=LONGEST_REQUEST,
    )


class ReadLogPupil(SQLModel, table=True):
    """A pupil that a read named; append-only."""

    # No foreign keys: a pupil's row may go between the read and its entry, which must be kept all the same.
    __tablename__ = "read_log_pupil"
    __table__: ClassVar[Table]
    __table_args__ = (
        PrimaryKeyConstraint("read_id", "student_id"),
        Index(None, "student_id", "read_id"),
        {"sqlite_with_rowid": False},
    )

    read_id: int = c.number("The read's key.", "รหัสการอ่าน", "รหัสของการอ่าน", primary_key=True)
    student_id: int = c.number("The pupil's key.", "รหัสนักเรียน", "รหัสของนักเรียน", primary_key=True)


class Erasure(SQLModel, table=True):
    """A pupil that was made anonymous; without names. Open (``finished_at`` null) only inside its own transaction."""

    __tablename__ = "erasure"
    __table__: ClassVar[Table]

    id: int | None = c.key()
    # No foreign key, as above.
    student_id: int = c.number(
        "The pupil's key, which names nobody any more.", "รหัสนักเรียน", "รหัสของนักเรียน ซึ่งไม่บ่งชี้ถึงผู้ใดอีกแล้ว"
    )
    begun_at: datetime = c.moment("When it was begun.", "เริ่มเมื่อ", "วันและเวลาที่เริ่ม")
    finished_at: datetime | None = c.moment("When it was done.", "เสร็จเมื่อ", "วันและเวลาที่เสร็จ", nullable=True)
    erased_by: str = c.text(
        "Who ordered the command: the system's user.", "ผู้ลบ", "ผู้สั่งลบ: ผู้ใช้ของระบบปฏิบัติการ", max_length=LONGEST_NAME
    )
    reason: str = c.text("Why.", "เหตุผล", "เหตุผลที่ลบ", max_length=LONGEST_REASON)
    counts: str | None = c.text(
        "Rows changed or deleted, by table, as JSON.",
        "จำนวนแถว",
        "จำนวนแถวที่เปลี่ยนหรือลบ แยกตามตาราง เป็น JSON",
        max_length=LONGEST_FIELDS,
        nullable=True,
    )
