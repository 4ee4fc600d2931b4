"""Who runs a command on the machine."""

from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection

from hub.identities.owner import system_user
from hub.privacy.pupils import FoundPupil
from schema.privacy import ReadLog, ReadLogPupil
from schema.privacy.tables import LONGEST_NAME, LONGEST_PURPOSE

_OPERATION = "subject-access"


def operator() -> str:
    """The system's name of the user."""
    return system_user()[:LONGEST_NAME]


def log_access(connection: Connection, pupil: FoundPupil, purpose: str) -> None:
    """Write down that a command read everything held on a pupil."""
    log = ReadLog.__table__
    key = connection.execute(
        log.insert().returning(log.c.id),
        {
            "identity": "command",
            "name": operator(),
            "role": "owner",
            "purpose": purpose[:LONGEST_PURPOSE] or None,
            "at": datetime.now(UTC),
            "operation": _OPERATION,
            "document": sha256(_OPERATION.encode()).hexdigest(),
            "fields": None,
            "pupils": 1,
            "request_id": "-",
        },
    ).scalar_one()
    connection.execute(ReadLogPupil.__table__.insert(), {"read_id": key, "student_id": pupil.key})
