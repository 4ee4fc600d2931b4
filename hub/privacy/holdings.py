"""Everything that is held on a pupil, found by the declared foreign keys, and every read of it."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Table, select, text

from hub.privacy.pupils import FoundPupil
from schema import history, identity, privacy
from schema.history import Change
from schema.privacy import ReadLog, ReadLogPupil, conditions_of
from schema.tables import metadata, tables
from schema.tables.columns import info_of
from schema.tables.declaration import Kind

DECLARED: Final = (history, identity, privacy)
"""One metadata has all tables; those of the history, of identities and of privacy are in it once they are imported."""

_OWN: Final = ("id", "updated_at")


def everything_on(connection: Connection, pupil: FoundPupil) -> dict[str, Any]:
    """All of it as JSON values: `held` by table, the rows they `refer` to, `reads` and `changes`, the oldest first.

    Of other people no more is told than the natural key of their rows.
    """
    held = {table.name: _rows(connection, table, pupil) for table in tables_about_pupils()}
    return {
        "pupil": f"Student:{pupil.key}",
        "school": pupil.school_code,
        "studentNo": pupil.student_no,
        "held": {str(name): rows for name, rows in held.items() if rows},
        "refersTo": _referred(connection, held),
        "reads": _reads(connection, pupil),
        "changes": _changes(connection, pupil),
    }


def tables_about_pupils() -> list[Table]:
    """Every table that refers to pupils, and their own, parents first."""
    return [table for table in metadata.sorted_tables if conditions_of(table)]


def condition_on(table: Table, pupil: FoundPupil) -> str:
    """What holds of a pupil's rows of a table."""
    return " OR ".join(one.format(row=table.name, pupil=pupil.key) for one in conditions_of(table))


def _rows(connection: Connection, table: Table, pupil: FoundPupil) -> list[dict[str, Any]]:
    # The order of words is made of the words beside it.
    columns = [column for column in table.columns if not info_of(column).sorts]
    found = connection.execute(select(*columns).where(text(condition_on(table, pupil))).order_by(*table.primary_key))
    return [_plain(row) for row in found.mappings()]


def _referred(connection: Connection, held: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The rows that others refer to and that are not the pupil's, by table and key; of these what they refer to too."""
    about = {model.__table__.name: model.about for model in tables()}
    found: dict[str, dict[int, dict[str, Any]]] = {}
    waiting = [(metadata.tables[name], rows) for name, rows in held.items()]
    while waiting:
        table, rows = waiting.pop()
        for column in table.columns:
            targets = [key.column.table for key in column.foreign_keys if key.column.name == "id"]
            for target in targets:
                if target.name in held or target.name not in about:
                    continue
                known = found.setdefault(target.name, {})
                wanted = {row[column.name] for row in rows if row.get(column.name) is not None} - known.keys()
                own = about[target.name]
                names = None if own.kind is Kind.REFERENCE else own.natural_key
                new = _by_key(connection, target, wanted, names)
                known.update(new)
                if new:
                    waiting.append((target, list(new.values())))
    return {str(name): {str(key): rows[key] for key in sorted(rows)} for name, rows in sorted(found.items())}


def _by_key(
    connection: Connection, table: Table, keys: Iterable[int], names: tuple[str, ...] | None
) -> dict[int, dict[str, Any]]:
    columns = [
        column
        for column in table.columns
        if column.name not in _OWN and not info_of(column).sorts and (names is None or column.name in names)
    ]
    # A pupil has few hundred records, so these are few.
    found = connection.execute(select(table.c.id, *columns).where(table.c.id.in_(sorted(keys))))
    return {row["id"]: {name: value for name, value in _plain(row).items() if name != "id"} for row in found.mappings()}


def _reads(connection: Connection, pupil: FoundPupil) -> list[dict[str, Any]]:
    log, named = ReadLog.__table__, ReadLogPupil.__table__
    found = connection.execute(
        select(log).join(named, named.c.read_id == log.c.id).where(named.c.student_id == pupil.key).order_by(log.c.id)
    )
    return [
        {
            "at": row.at.isoformat(timespec="milliseconds"),
            "identity": row.identity,
            "name": row.name,
            "role": row.role,
            "purpose": row.purpose,
            "operation": row.operation,
            "document": row.document,
            "fields": (row.fields or "").split(),
            "pupils": row.pupils,
            "requestId": row.request_id,
        }
        for row in found
    ]


def _changes(connection: Connection, pupil: FoundPupil) -> list[dict[str, Any]]:
    log = Change.__table__
    own = (log.c.student_id == pupil.key) | (log.c.former_student_id == pupil.key)
    return [
        {
            "sequence": row.id,
            "table": row.table_name,
            "row": row.row_id,
            "operation": row.operation,
            "before": None if row.before is None else json.loads(row.before),
            "after": None if row.after is None else json.loads(row.after),
            "at": row.at.isoformat(timespec="milliseconds"),
            "actor": row.actor_name or row.actor_key,
            "face": row.face,
        }
        for row in connection.execute(select(log).where(own).order_by(log.c.id))
    ]


def _plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any table
    # SQLAlchemy's names are no plain strings.
    return {str(name): _json(value) for name, value in row.items()}


def _json(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds")
    return value.isoformat() if isinstance(value, date) else value
