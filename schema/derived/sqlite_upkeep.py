"""Keeps the derived tables true on SQLite: row triggers, each recomputing the pupils that a row concerns."""

from schema.derived.definition import EVERYONE
from schema.derived.dependencies import RECORDS, REFERENCES, Record, Reference, merge
from schema.derived.student_year import STUDENT_YEAR
from schema.derived.term_result import TERM_RESULT
from schema.derived.trigger import Installation, sqlite_refusal, sqlite_trigger


def on_sqlite() -> Installation:
    """The triggers of every table that something is derived from."""
    return Installation.joined((*map(_record, RECORDS), *map(_reference, REFERENCES)))


def _record(record: Record) -> Installation:
    table = record.table
    events = (
        (f"AFTER INSERT ON {table}", None, ("NEW",)),
        (f"AFTER DELETE ON {table}", None, ("OLD",)),
        (f"AFTER UPDATE OF {', '.join(record.columns)} ON {table}", _changed(record.columns), ("OLD", "NEW")),
    )
    moved = (
        f"SELECT 1 FROM {table} AS o WHERE o.id = NEW.id"
        " AND (o.student_id, o.academic_year_id) <> (NEW.student_id, NEW.academic_year_id)"
    )
    return Installation.joined(
        (
            # REPLACE fires no trigger for the row it overwrites: the pupil who loses it would not be recomputed.
            sqlite_refusal(
                f"upkeep_{table}_replace",
                f"BEFORE INSERT ON {table}",
                f"this id of {table} is taken by a row of another pupil or year",
                when=f"EXISTS ({moved})",
            ),
            *(
                sqlite_trigger(f"upkeep_{table}_{event.split()[1].lower()}", event, _recompute(record, rows), when=when)
                for event, when, rows in events
            ),
        )
    )


def _recompute(record: Record, rows: tuple[str, ...]) -> tuple[str, ...]:
    student = _among("student_id", rows)
    year = _among("academic_year_id", rows)
    # A year's results are summed apart, but its averages run into the years after it.
    scopes = {TERM_RESULT: f"{{student}} {student} AND {{year}} {year}", STUDENT_YEAR: f"{{student}} {student}"}
    return tuple(statement for definition in record.definitions for statement in definition.merge(scopes[definition]))


def _reference(reference: Reference) -> Installation:
    table, column = reference.table, reference.grade_column
    scope = f"{{student}} IN (SELECT student_id FROM grade WHERE {column} = NEW.id)" if column else EVERYONE
    body = merge(reference.definitions, scope, reference.effect)
    return Installation.joined(
        (
            sqlite_trigger(
                f"upkeep_{table}_insert", f"AFTER INSERT ON {table}", body, when=reference.used.format(row="NEW")
            ),
            sqlite_trigger(
                f"upkeep_{table}_update",
                f"AFTER UPDATE OF {', '.join(reference.columns)} ON {table}",
                body,
                when=_changed(reference.columns),
            ),
        )
    )


def _changed(columns: tuple[str, ...]) -> str:
    """Assigning a column the value it has wakes `UPDATE OF` too."""
    return " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)


def _among(column: str, rows: tuple[str, ...]) -> str:
    if len(rows) == 1:
        return f"= {rows[0]}.{column}"
    return f"IN ({', '.join(f'{row}.{column}' for row in rows)})"
