"""What the forms of accounts and of tokens have in common: a role, its schools, its teacher."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.console.visit import Visit
from hub.console.wording import ROLES
from hub.identities.grant import Grant, InvalidGrantError
from hub.web.form import Form
from schema.policy import Role

_SCHOOLS: Final = "SELECT code, name, name_th FROM school ORDER BY code"


@dataclass(frozen=True, slots=True)
class SchoolChoice:
    """A school to tick."""

    code: str
    name: str


async def schools(visit: Visit) -> Sequence[SchoolChoice]:
    """Every school, by its code, named in the reader's language."""
    found = await visit.database.rows(_SCHOOLS, identity=visit.identity)
    return [SchoolChoice(code, visit.say(name, name_th)) for code, name, name_th in found]


def roles(visit: Visit, *, of_account: bool) -> Sequence[tuple[str, str]]:
    """The roles to choose from, each with its name for the reader."""
    return [(role.value, visit.say(*ROLES[role])) for role in Role if not (of_account and role is Role.INTEGRATOR)]


def grant_of(form: Form) -> Grant:
    """What was chosen. Raises InvalidGrantError when no role was."""
    try:
        role = Role(form.one("role"))
    except ValueError as error:
        raise InvalidGrantError("Choose a role.", "กรุณาเลือกบทบาท") from error
    return Grant(
        role,
        form.every("school"),
        all_schools=form.one("all_schools") == "yes",
        teacher=form.one("teacher").strip() or None,
    )


def of(visit: Visit, role: Role, schools: Sequence[str], teacher: str | None, *, all_schools: bool = False) -> str:
    """Whose rows are read, in a few words."""
    if schools:
        return ", ".join(schools)
    if role is Role.TEACHER:
        return teacher or visit.say("a teacher who is gone", "ครูที่ไม่อยู่ในระบบแล้ว")
    if all_schools or role not in (Role.HEAD, Role.INTEGRATOR):
        return visit.say("all schools", "ทุกโรงเรียน")
    return visit.say("no school", "ไม่มีโรงเรียน")
