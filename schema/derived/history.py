"""`grade_event`: append-only, and where a grade's current result comes from.

The result is that of the last event. The first result is the first that was awarded: a ร or มส awards none, so that
a ร resolved to 0 was a 0 from the first. `attempt` counts what was sat: the first time, resits and repeats; what
resolves a ร or corrects an error is no attempt of its own.

One change of an event is let through: its free text taken away, and nothing else, while a pupil is being erased. That
is told by an open row of `erasure`, which no other transaction ever sees (PostgreSQL asks that it be of this one).
"""

from typing import Final

from schema.derived.trigger import (
    Installation,
    postgresql_function,
    postgresql_trigger,
    sqlite_refusal,
    sqlite_trigger,
)
from schema.tables.records import GradeEvent

_MESSAGE: Final = "grade_event is append-only: add another event, such as a CORRECTION, instead"

_ERASABLE: Final = ("reason",)
_KEPT: Final = tuple(
    column.name for column in GradeEvent.__table__.columns if column.name not in {*_ERASABLE, "updated_at"}
)
_OPEN: Final = "EXISTS (SELECT 1 FROM erasure WHERE erasure.finished_at IS NULL{own})"

_DERIVE: Final = """\
UPDATE grade SET
  code_id = (SELECT e.code_id FROM grade_event AS e WHERE e.grade_id = grade.id ORDER BY e.sequence DESC LIMIT 1),
  score = (SELECT e.score FROM grade_event AS e WHERE e.grade_id = grade.id ORDER BY e.sequence DESC LIMIT 1),
  first_code_id = (
    SELECT e.code_id FROM grade_event AS e JOIN grade_code AS c ON c.id = e.code_id
    WHERE e.grade_id = grade.id AND NOT c.is_pending ORDER BY e.sequence LIMIT 1),
  attempt = (
    SELECT CASE WHEN count(*) = 0 THEN 1 ELSE count(*) END
    FROM grade_event AS e WHERE e.grade_id = grade.id AND e.kind IN ('INITIAL', 'RESIT', 'REPEAT'))
WHERE id {added}"""


def _erases(differs: str, own: str = "") -> str:
    """A condition: an update takes free text away, and an erasure is open."""
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _KEPT)
    erased = " AND ".join(f"NEW.{name} IS NULL" for name in _ERASABLE)
    return f"({erased} AND NOT ({changed}) AND {_OPEN.format(own=own)})"


def on_sqlite() -> Installation:
    """REPLACE fires no trigger for the row it overwrites, so an insert over an event is refused before it happens."""
    exists = "SELECT 1 FROM grade_event WHERE id = NEW.id OR (grade_id = NEW.grade_id AND sequence = NEW.sequence)"
    return Installation.joined(
        (
            sqlite_refusal("history_update", "BEFORE UPDATE ON grade_event", _MESSAGE, when=f"NOT {_erases('IS NOT')}"),
            sqlite_refusal("history_delete", "BEFORE DELETE ON grade_event", _MESSAGE),
            sqlite_refusal("history_replace", "BEFORE INSERT ON grade_event", _MESSAGE, when=f"EXISTS ({exists})"),
            sqlite_trigger("history_insert", "AFTER INSERT ON grade_event", [_DERIVE.format(added="= NEW.grade_id")]),
        )
    )


def on_postgresql() -> Installation:
    """The grades are locked before they are derived, so that events of two writers are both seen."""
    lock = "PERFORM 1 FROM grade WHERE id IN (SELECT grade_id FROM added) ORDER BY id FOR NO KEY UPDATE"
    derive = f"{lock};\n{_DERIVE.format(added='IN (SELECT grade_id FROM added)')};\nRETURN NULL;"
    own = " AND erasure.xmin = pg_current_xact_id()::xid"
    erases = _erases("IS DISTINCT FROM", own)
    refuse = (
        f"IF TG_OP = 'UPDATE' THEN IF {erases} THEN RETURN NEW; END IF; END IF;\n"
        f"RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation', TABLE = 'grade_event';"
    )
    return Installation.joined(
        (
            postgresql_function("history_refuse", refuse),
            postgresql_trigger(
                "history_change", "BEFORE UPDATE OR DELETE ON grade_event", "history_refuse", each="ROW"
            ),
            postgresql_trigger("history_truncate", "BEFORE TRUNCATE ON grade_event", "history_refuse"),
            postgresql_function("history_derive", derive),
            postgresql_trigger(
                "history_insert", "AFTER INSERT ON grade_event", "history_derive", tables="NEW TABLE AS added"
            ),
        )
    )
