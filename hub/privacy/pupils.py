"""The pupil that a command names."""

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

from hub.errors import BadInputError

_GLOBAL_ID: Final = re.compile(r"Student:([0-9]{1,18})", re.ASCII)
_FOUND: Final = (
    "SELECT student.id, school.code, student.student_no"
    " FROM student JOIN school ON school.id = student.school_id WHERE "
)


class PupilUnknownError(BadInputError):
    """No pupil is named so."""


@dataclass(frozen=True, slots=True)
class FoundPupil:
    """A pupil: the surrogate key, and what people know them by."""

    key: int
    school_code: str
    student_no: str

    @property
    def shown(self) -> str:
        """The pupil as a command names one."""
        return f"Student:{self.key} ({self.school_code}/{self.student_no})"


def find_pupil(connection: Connection, named: str) -> FoundPupil:
    """The pupil of a global id such as Student:7, or of a school's code and a number, as 3083000001/20015.

    Raises PupilUnknownError.
    """
    known = _GLOBAL_ID.fullmatch(named)
    code, slash, number = named.partition("/")
    if known:
        found = connection.execute(text(f"{_FOUND}student.id = :id"), {"id": int(known[1])}).all()
    elif slash:
        condition = "school.code = :code AND student.student_no = :number"
        found = connection.execute(text(f"{_FOUND}{condition}"), {"code": code, "number": number}).all()
    else:
        raise PupilUnknownError(
            f"{named} names no pupil: give a global id such as Student:7, or a school's code and a student number,"
            " as 3083000001/20015."
        )
    if not found:
        raise PupilUnknownError(
            f"There is no pupil {named}. Look the number up in the graph: {{ students {{ nodes }} }}."
        )
    return FoundPupil(*found[0])
