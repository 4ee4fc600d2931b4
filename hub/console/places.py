"""Where an administrator can go in the console: what its pages, its first page and its tables lead to."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the console, called and described in English and in Thai."""

    address: str
    name: str
    name_th: str
    about: str
    about_th: str


PLACES: Final = (
    Place(
        "/admin/",
        "Tables",
        "ข้อมูลอ้างอิง",
        "Schools, years and terms, subjects, grade codes, occupations: see, add, edit.",
        "โรงเรียน ปีการศึกษาและภาคเรียน รายวิชา รหัสผลการเรียน อาชีพ: ดู เพิ่ม แก้ไข",
    ),
    Place(
        "/console/import",
        "Import",
        "นำเข้า",
        "Take rows in from Excel or CSV; nothing changes before you have seen the preview.",
        "นำเข้าจาก Excel หรือ CSV โดยดูตัวอย่างก่อน ข้อมูลยังไม่เปลี่ยนจนกว่าจะยืนยัน",
    ),
    Place(
        "/console/export",
        "Export",
        "ส่งออก",
        "Take a table out as Excel or CSV.",
        "ส่งออกข้อมูลเป็น Excel หรือ CSV",
    ),
    Place(
        "/console/history",
        "History",
        "ประวัติ",
        "Every change: who, when, from what to what; and how to undo it.",
        "การเปลี่ยนแปลงทุกครั้ง: ใคร เมื่อใด จากค่าใดเป็นค่าใด และการย้อนกลับ",
    ),
    Place(
        "/console/accounts",
        "Accounts",
        "บัญชีผู้ใช้",
        "People who sign in: their roles and schools, passwords, second factors.",
        "ผู้ใช้งาน: บทบาท โรงเรียน รหัสผ่าน และการยืนยันตัวตนสองขั้น",
    ),
    Place(
        "/console/tokens",
        "Tokens",
        "โทเคน",
        "Programs that ask: what they may read, until when, when they last did.",
        "โปรแกรมที่เชื่อมต่อ: อ่านอะไรได้ ถึงเมื่อใด ใช้ล่าสุดเมื่อใด",
    ),
)

HOME: Final = Place("/console", "Console", "ส่วนจัดการ", "", "")
OWN: Final = Place("/console/me", "My account", "บัญชีของฉัน", "", "")
