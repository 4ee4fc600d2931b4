"""What an account or a token may do, as it is asked for, checked, and found in the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.database import WritingConnection
from hub.errors import BadInputError
from schema.policy import REACHES, Reach, Role, Scope

_SHOWN = 20


class InvalidGrantError(BadInputError):
    """The role does not go with the schools or the teacher."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its schools (by code) and its teacher (by staff number)."""

    role: Role
    schools: tuple[str, ...] = ()
    all_schools: bool = False
    teacher: str | None = None

    def check(self, *, of_account: bool) -> None:
        """Raise InvalidGrantError unless the role has what it needs, and nothing it does not know."""
        if of_account and self.role is Role.INTEGRATOR:
            raise InvalidGrantError(
                "An integrator is a program, so it has a token: "
                "hub token create --role integrator --school CODE --purpose TEXT.",
                "โปรแกรมเชื่อมต่อใช้โทเคน กรุณาสร้างโทเคนแทนบัญชี",
                english="An integrator is a program: make a token for it.",
            )
        if (self.role is Role.TEACHER) != (self.teacher is not None):
            if self.role is Role.TEACHER:
                raise InvalidGrantError(
                    "A teacher needs a staff number: add --teacher STAFF_NO.",
                    "บทบาทครูต้องระบุเลขประจำตัวครู",
                    english="A teacher needs a staff number.",
                )
            raise InvalidGrantError(
                f"--teacher goes with the role teacher, not {self.role}.",
                "เลขประจำตัวครูใช้กับบทบาทครูเท่านั้น กรุณาเว้นว่าง",
                english="A staff number goes with the role teacher alone: leave it empty.",
            )
        self._check_schools()

    def _check_schools(self) -> None:
        if self.all_schools and self.role is not Role.INTEGRATOR:
            raise InvalidGrantError(
                f"--all-schools is for integrators; leave it out for the role {self.role}.",
                "เฉพาะโปรแกรมเชื่อมต่อเท่านั้นที่เลือกทุกโรงเรียนได้",
                english="Only an integrator is given all schools: untick it.",
            )
        if self.role is Role.HEAD and not self.schools:
            raise InvalidGrantError(
                "A head needs a school: add --school CODE, once for each.",
                "ผู้บริหารสถานศึกษาต้องมีโรงเรียนอย่างน้อยหนึ่งแห่ง",
                english="A head needs a school: tick one or more.",
            )
        if self.role is Role.INTEGRATOR and bool(self.schools) == self.all_schools:
            raise InvalidGrantError(
                "An integrator needs --school CODE, once for each school, or else --all-schools.",
                "โปรแกรมเชื่อมต่อต้องเลือกโรงเรียน หรือเลือกทุกโรงเรียนอย่างใดอย่างหนึ่ง",
                english="An integrator needs some schools, or else all of them.",
            )
        if self.schools and self.role not in (Role.HEAD, Role.INTEGRATOR):
            raise InvalidGrantError(
                f"--school goes with the roles head and integrator, not {self.role}: leave it out.",
                "โรงเรียนใช้กับบทบาทผู้บริหารและโปรแกรมเชื่อมต่อเท่านั้น กรุณาไม่เลือก",
                english="Schools go with the roles head and integrator alone: untick them.",
            )

    async def find(self, connection: WritingConnection) -> "Found":
        """Find the schools and the teacher. Raises InvalidGrantError, which says what there is."""
        codes = tuple(dict.fromkeys(self.schools))
        schools = [await _school(connection, code) for code in codes]
        teacher = None if self.teacher is None else await _teacher(connection, self.teacher)
        return Found(tuple(schools), teacher)


@dataclass(frozen=True, slots=True)
class Found:
    """The surrogate keys of a grant's schools and teacher."""

    schools: tuple[int, ...]
    teacher: int | None


def scope_of(role: Role, schools: Sequence[int], teacher: int | None, *, all_schools: bool) -> Scope:
    """The rows of a role; without its schools or its teacher it reads none."""
    reach = Reach.ALL if all_schools and role is Role.INTEGRATOR else REACHES[role]
    match reach:
        case Reach.ALL:
            return Scope(Reach.ALL)
        case Reach.TEACHER:
            return Scope(Reach.TEACHER, teacher=teacher)
        case Reach.SCHOOLS:
            return Scope(Reach.SCHOOLS, tuple(sorted(schools)))


async def _school(connection: WritingConnection, code: str) -> int:
    found = await connection.rows("SELECT id FROM school WHERE code = $1", (code,))
    if found:
        return int(found[0][0])
    known = await connection.rows("SELECT code, name FROM school ORDER BY code")
    shown = "; ".join(f"{each} {name}" for each, name in known[:_SHOWN]) or "none yet: fill the hub with `hub seed`"
    more = f"; and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    raise InvalidGrantError(
        f"No school has the code {code[:20]}. There are: {shown}{more}. "
        "The query { schools { nodes { code name } } } lists them all.",
        f"ไม่มีโรงเรียนรหัส {code[:20]}",
        english=f"No school has the code {code[:20]}.",
    )


async def _teacher(connection: WritingConnection, staff_no: str) -> int:
    found = await connection.rows("SELECT id FROM teacher WHERE staff_no = $1", (staff_no,))
    if found:
        return int(found[0][0])
    raise InvalidGrantError(
        f"No teacher has the staff number {staff_no[:20]}. "
        "The query { teachers { nodes { staffNo givenName familyName } } } lists them.",
        f"ไม่มีครูเลขประจำตัว {staff_no[:20]}",
        english=f"No teacher has the staff number {staff_no[:20]}.",
    )
