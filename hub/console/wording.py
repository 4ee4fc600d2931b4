"""Words that several pages of accounts and tokens share, each in English and in Thai."""

from collections.abc import Mapping
from typing import Final

from schema.policy import Role

ROLES: Final[Mapping[Role, tuple[str, str]]] = {
    Role.ADMIN: ("Administrator", "ผู้ดูแลระบบ"),
    Role.OFFICER: ("Officer, all schools", "เจ้าหน้าที่ (ทุกโรงเรียน)"),
    Role.HEAD: ("Head, own schools", "ผู้บริหารสถานศึกษา (เฉพาะโรงเรียน)"),
    Role.TEACHER: ("Teacher", "ครู"),
    Role.ANALYST: ("Analyst, figures alone", "นักวิเคราะห์ (เฉพาะตัวเลขสรุป)"),
    Role.INTEGRATOR: ("Integrator, a program", "โปรแกรมเชื่อมต่อ"),
}

STATES: Final[Mapping[str, tuple[str, str]]] = {
    "active": ("active", "ใช้งานได้"),
    "revoked": ("revoked", "ถูกยกเลิก"),
    "expired": ("expired", "หมดอายุ"),
}
"""Of tokens."""
