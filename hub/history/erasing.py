"""What becomes of a pupil's changes when the pupil is made anonymous: what they held is gone, the chain stays sound.

The digests stay, and so do the links; with the salt gone nobody can find out by trying what a digest was made of. An
ERASE says which changes were erased, so that who takes a payload away without one is found out.
"""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, text

from schema.history import Change, ChangeSeal, Operation, OverwrittenRow

_PAYLOAD = ("key", "before", "after")


def erase_changes(connection: Connection, pupil: int, naming: tuple[str, Mapping[str, str]]) -> dict[str, int]:
    """Take away what changes hold of a pupil's rows, and of any row whose words name the pupil; how many, by table.

    `naming` is a condition, a template over `{column}` with its parameters: a column names the pupil. Only inside an
    open erasure, the caller's. Raises IntegrityError else.
    """
    template, values = naming
    named = " OR ".join(template.format(column=column) for column in _PAYLOAD)
    held = " OR ".join(f"{column} IS NOT NULL" for column in _PAYLOAD)
    # Names are declared, values are bound, and the pupil's key is a number.
    own = f"student_id = {pupil:d} OR former_student_id = {pupil:d}"
    sql = (
        f"SELECT id FROM change_log WHERE operation NOT IN ('{Operation.LOAD}', '{Operation.ERASE}')"  # noqa: S608 - see above
        f" AND ({held}) AND ({own} OR {named}) ORDER BY id"
    )
    found = list(connection.execute(text(sql), dict(values)).scalars())
    connection.execute(OverwrittenRow.__table__.delete())
    if not found:
        return {}
    log, seal = Change.__table__, ChangeSeal.__table__
    erased = 0
    for start in range(0, len(found), _MOST):
        some = found[start : start + _MOST]
        connection.execute(log.update().where(log.c.id.in_(some)), dict.fromkeys(_PAYLOAD))
        unsalted = seal.update().where(seal.c.change_id.in_(some), seal.c.salt.is_not(None))
        erased += connection.execute(unsalted, {"salt": None}).rowcount
    _record(connection, pupil, found)
    return {"change_log": len(found), "change_seal": erased}


_MOST = 500
"""Changes that one statement names."""


def _record(connection: Connection, pupil: int, erased: list[int]) -> None:
    who = connection.execute(text(_WHO[connection.dialect.name])).one()
    connection.execute(
        Change.__table__.insert(),
        {
            "table_name": "student",
            "row_id": pupil,
            "student_id": pupil,
            "operation": Operation.ERASE.value,
            "after": json.dumps({"changes": erased}),
            "actor_key": who[0],
            "actor_name": who[1],
            "face": who[2],
        },
    )


_WHO = {
    "sqlite": "SELECT actor_key, actor_name, face FROM acting_identity",
    "postgresql": "SELECT current_setting('hub.actor_key'), current_setting('hub.actor_name'),"
    " current_setting('hub.face')",
}
