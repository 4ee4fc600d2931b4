"""Making a pupil anonymous: what is changed, in one transaction with its own record and its proof.

A step that must do something of its own to what it holds, as the history sealed by a chain of digests does, is one more
of `STEPS`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, text

from hub.database import Acting
from hub.history.acting import acting_as
from hub.history.erasing import erase_changes
from hub.privacy.former import Former, Proof, holding, prove_gone, read_former
from hub.privacy.holdings import condition_on, tables_about_pupils
from hub.privacy.pupils import FoundPupil
from hub.privacy.treatment import DELETED, assignments
from schema.history import Face
from schema.privacy import Erasure

Counts: TypeAlias = Mapping[str, int]
"""Rows changed or deleted, by table."""

_DIFFERS: Final = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: rows changed or deleted by table, and the proof; ``former`` is for who sweeps the storage."""

    counts: Counts
    proof: Proof
    former: Former


def erase(connection: Connection, pupil: FoundPupil, *, reason: str, by: str) -> Erased:
    """Make a pupil anonymous, in the caller's transaction, which must be the owner's.

    Grades, dates and references stay, so that no figure changes. Raises NotErasedError where the pupil would still be
    named; then nothing may be committed.
    """
    if connection.dialect.name == "sqlite":
        # What is deleted and overwritten is made zeros, not left in the file.
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    former = read_former(connection, pupil)
    record = connection.execute(
        Erasure.__table__.insert().returning(Erasure.__table__.c.id),
        {"student_id": pupil.key, "begun_at": datetime.now(UTC), "erased_by": by, "reason": reason},
    ).scalar_one()
    counts: dict[str, int] = {}
    with acting_as(connection, Acting("command line", by, Face.CLI)):
        for step in STEPS:
            for table, rows in step(connection, pupil, former).items():
                counts[table] = counts.get(table, 0) + rows
    counts = {table: rows for table, rows in sorted(counts.items()) if rows}
    connection.execute(
        Erasure.__table__.update().where(Erasure.__table__.c.id == record),
        {"finished_at": datetime.now(UTC), "counts": json.dumps(counts)},
    )
    return Erased(counts, prove_gone(connection, pupil, former), former)


def _delete_rows(connection: Connection, pupil: FoundPupil, _former: Former) -> Counts:
    return {
        table.name: connection.execute(table.delete().where(text(condition_on(table, pupil)))).rowcount
        for table in tables_about_pupils()
        if table.name in DELETED
    }


def _take_words_away(connection: Connection, pupil: FoundPupil, _former: Former) -> Counts:
    counts: dict[str, int] = {}
    for table in tables_about_pupils():
        made = assignments(table, connection.dialect.name)
        if not made or table.name in DELETED:
            continue
        differs = _DIFFERS[connection.dialect.name]
        changed = " OR ".join(f"{name} {differs} {sql}" for name, sql in made.items())
        set_to = ", ".join(f"{name} = {sql}" for name, sql in made.items())
        # Names and values are declared, and the condition is of a key that is a number.
        sql = f"UPDATE {table.name} SET {set_to} WHERE ({condition_on(table, pupil)}) AND ({changed})"  # noqa: S608
        counts[table.name] = connection.execute(text(sql)).rowcount
    return counts


def _take_reasons_away(connection: Connection, _pupil: FoundPupil, former: Former) -> Counts:
    """Reasons of other pupils' events that name this one: nobody can correct them, for events are append-only."""
    condition, names = holding(connection.dialect.name, "reason", former.anywhere)
    sql = f"UPDATE grade_event SET reason = NULL WHERE {condition}"  # noqa: S608 - the condition is of parameters
    return {"grade_event": connection.execute(text(sql), names).rowcount}


def _take_history_away(connection: Connection, pupil: FoundPupil, former: Former) -> Counts:
    """What the history held of the pupil, and of others where it names this one; last, for the others make history."""
    return erase_changes(connection, pupil.key, holding(connection.dialect.name, "{column}", former.anywhere))


Step: TypeAlias = Callable[[Connection, FoundPupil, Former], Counts]

STEPS: Final[tuple[Step, ...]] = (
    _delete_rows,
    _take_words_away,
    _take_reasons_away,
    _take_history_away,
)
"""What erasing does, in order."""
