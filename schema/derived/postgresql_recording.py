"""Records every change on PostgreSQL: a statement trigger a table, of all rows that a statement wrote.

A change takes its number while the row is locked, so the changes of one row are numbered in the order of their commits.
"""

from schema.derived import payloads
from schema.derived.recording import KEYS_STAY, SETTINGS
from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger
from schema.history import Face, Operation, Recorded, recorded_tables

_INSERT = (
    "INSERT INTO change_log (table_name, row_id, student_id, former_student_id, operation, key, before, after, at,"
    " actor_key, actor_name, face)"
)
_KEY, _NAME, _FACE = (f"nullif(current_setting('{name}', true), '')" for name in SETTINGS)
# Not now(), which is when the transaction began.
_WHEN_AND_WHO = f"clock_timestamp(), {_KEY}, {_NAME}, coalesce({_FACE}, '{Face.SQL}')"
_TABLES = {
    "INSERT": "NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
}


def on_postgresql() -> Installation:
    """A function and four triggers a table."""
    return Installation.joined(part for table in recorded_tables() for part in _parts(table))


def _parts(table: Recorded) -> tuple[Installation, ...]:
    name = f"record_{table.name}"
    return (
        postgresql_function(name, _body(table)),
        *(
            postgresql_trigger(f"{name}_{event.lower()}", f"AFTER {event} ON {table.name}", name, tables=tables)
            for event, tables in _TABLES.items()
        ),
        # Before, for afterwards nobody could tell what was there.
        postgresql_trigger(f"{name}_truncate", f"BEFORE TRUNCATE ON {table.name}", name),
    )


def _body(table: Recorded) -> str:
    made, gone = _whole(table, "n", Operation.INSERT), _whole(table, "o", Operation.DELETE)
    return f"""\
IF TG_OP = 'INSERT' THEN
  {_INSERT} SELECT {made} FROM new_rows AS n ORDER BY n.id;
ELSIF TG_OP = 'DELETE' THEN
  {_INSERT} SELECT {gone} FROM old_rows AS o ORDER BY o.id;
ELSIF TG_OP = 'TRUNCATE' THEN
  {_INSERT} SELECT {gone} FROM {table.name} AS o ORDER BY o.id;
ELSIF EXISTS (SELECT FROM new_rows AS n WHERE NOT EXISTS (SELECT FROM old_rows AS o WHERE o.id = n.id)) THEN
  RAISE EXCEPTION '{KEYS_STAY.format(table=table.name)}' USING ERRCODE = 'restrict_violation', TABLE = '{table.name}';
ELSE
  {_INSERT} SELECT {_updated(table)}
  FROM old_rows AS o JOIN new_rows AS n ON n.id = o.id
  WHERE ({_listed(table, "o")}) IS DISTINCT FROM ({_listed(table, "n")}) ORDER BY n.id;
END IF;
RETURN NULL;"""


def _whole(table: Recorded, row: str, operation: Operation) -> str:
    """All columns of the change that made a row, or took it away."""
    text = payloads.payload(table, row, "postgresql")
    before, after = ("NULL", text) if operation is Operation.INSERT else (text, "NULL")
    key = payloads.natural_key(table, row, "postgresql")
    return (
        f"'{table.name}', {row}.id, {payloads.pupil(table, row)}, NULL, '{operation}', {key}, {before}, {after},"
        f" {_WHEN_AND_WHO}"
    )


def _updated(table: Recorded) -> str:
    own, former = payloads.pupil(table, "n"), payloads.pupil(table, "o")
    moved = "NULL" if table.pupil is None else f"nullif({former}, {own})"
    after = payloads.payload(table, "n", "postgresql", "n.{column} IS DISTINCT FROM o.{column}")
    return (
        f"'{table.name}', n.id, {own}, {moved}, '{Operation.UPDATE}', {payloads.natural_key(table, 'n', 'postgresql')},"
        f" {payloads.payload(table, 'o', 'postgresql')}, {after}, {_WHEN_AND_WHO}"
    )


def _listed(table: Recorded, row: str) -> str:
    return ", ".join(f"{row}.{column.name}" for column in table.columns)
