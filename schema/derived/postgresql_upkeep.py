"""Keeps the derived tables true on PostgreSQL: statement triggers, each recomputing all pupils a statement concerns.

Two writers at READ COMMITTED: who recomputes a pupil first locks the pupil's row, and recomputes in a later statement,
which sees what the other has committed meanwhile. A change of reference data waits for all writers of records instead,
and they for it, by an advisory lock: it concerns pupils whose grades it may not see yet.
"""

from schema.derived.definition import EVERYONE
from schema.derived.dependencies import BOTH, RECORDS, REFERENCES, Record, Reference, merge
from schema.derived.student_year import STUDENT_YEAR
from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger

_LOCK = 7_256_147
"""The number of the advisory lock; it means nothing else."""

_SOME = "{student} = ANY (students)"

_PLANNING = (
    "SET plan_cache_mode = force_generic_plan SET jit = off"
    " SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off"
)
"""One plan a session, by indexes. Planning anew costs three times the work for a pupil, and a plan for nobody in
particular would read whole tables for each; for 10,000 pupils this one is as fast as any."""

_TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


def on_postgresql() -> Installation:
    """The functions and triggers of every table that something is derived from."""
    return Installation.joined((_recompute(), *map(_record, RECORDS), _recompute_all(), *map(_reference, REFERENCES)))


def _recompute() -> Installation:
    """Pupils' results, where asked for, and their years."""
    body = f"""\
IF students IS NULL THEN
  RETURN;
END IF;
PERFORM pg_advisory_xact_lock_shared({_LOCK});
PERFORM 1 FROM student WHERE id = ANY (students) ORDER BY id FOR NO KEY UPDATE;
IF results THEN
{_lines(BOTH[0].merge(_SOME))}
END IF;
{_lines(STUDENT_YEAR.merge(_SOME))}"""
    return postgresql_function(
        "recompute",
        body,
        arguments="students bigint[], results boolean",
        returns="void",
        rights=f"SECURITY DEFINER {_PLANNING}",
    )


def _recompute_all() -> Installation:
    tables = (*(record.table for record in RECORDS), *(definition.table for definition in BOTH))
    triggers = (
        postgresql_trigger(f"upkeep_{table}_truncate", f"AFTER TRUNCATE ON {table}", "recompute_all")
        for table in tables
    )
    body = _lines(merge(BOTH, EVERYONE))
    return Installation.joined((postgresql_function("recompute_all", f"{body}\nRETURN NULL;"), *triggers))


def _record(record: Record) -> Installation:
    name = f"upkeep_{record.table}"
    columns = ", ".join(("id", *record.columns))
    results = str(len(record.definitions) == len(BOTH)).lower()
    body = f"""\
IF TG_OP = 'INSERT' THEN
  SELECT array_agg(DISTINCT student_id) INTO students FROM new_rows;
ELSIF TG_OP = 'DELETE' THEN
  SELECT array_agg(DISTINCT student_id) INTO students FROM old_rows;
ELSE
  SELECT array_agg(DISTINCT student_id) INTO students FROM (
    (SELECT {columns} FROM old_rows EXCEPT SELECT {columns} FROM new_rows)
    UNION ALL (SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows)) AS changed;
END IF;
PERFORM hub_recompute(students, {results});
RETURN NULL;"""
    return Installation.joined(
        (
            postgresql_function(name, body, declare="students bigint[];"),
            *(
                postgresql_trigger(f"{name}_{event.lower()}", f"AFTER {event} ON {record.table}", name, tables=tables)
                for event, tables in _TABLES.items()
            ),
        )
    )


def _reference(reference: Reference) -> Installation:
    """Only updates matter: a row that is new is not referred to yet, and one that is cannot be deleted."""
    name = f"upkeep_{reference.table}"
    columns = ", ".join(("id", *reference.columns))
    changed = f"SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows"
    if reference.grade_column:
        declare = "students bigint[];"
        collect = (
            "SELECT array_agg(DISTINCT student_id) INTO students FROM grade\n"
            f"WHERE {reference.grade_column} IN (SELECT id FROM ({changed}) AS changed);\n"
        )
        scope = _SOME
    else:
        declare, collect, scope = "", "", EVERYONE
    body = f"""\
IF EXISTS ({changed}) THEN
PERFORM pg_advisory_xact_lock({_LOCK});
{collect}{_lines(merge(reference.definitions, scope, reference.effect))}
END IF;
RETURN NULL;"""
    return Installation.joined(
        (
            postgresql_function(name, body, declare=declare),
            postgresql_trigger(f"{name}_update", f"AFTER UPDATE ON {reference.table}", name, tables=_TABLES["UPDATE"]),
        )
    )


def _lines(statements: tuple[str, ...]) -> str:
    return "\n".join(f"{statement};" for statement in statements)
