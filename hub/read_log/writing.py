"""How entries get into the tables: in one transaction, by three statements however many they are."""

from collections.abc import Sequence
from datetime import UTC
from typing import Final

import orjson

from hub.database import WritingConnection
from hub.read_log.entry import Entry
from schema.compiler.reading import Dialect

_COLUMNS: Final = (
    "identity",
    "name",
    "role",
    "purpose",
    "operation",
    "document",
    "fields",
    "pupils",
    "request_id",
    "at",
)
_NAMES: Final = ", ".join(_COLUMNS)

# The names are those above; every value is in the one parameter.
_KEYS: Final = {
    # One writer has the turn, so no other takes the same.
    Dialect.SQLITE: "SELECT (SELECT coalesce(max(id), 0) FROM read_log) + key + 1 FROM json_each($1)",
    Dialect.POSTGRESQL: (
        "SELECT nextval(pg_get_serial_sequence('read_log', 'id')) FROM json_array_elements($1::text::json)"
    ),
}
_READS: Final = {
    Dialect.SQLITE: (
        f"INSERT INTO read_log (id, {_NAMES}) SELECT value ->> 'id', "  # noqa: S608 - see above
        + ", ".join(f"value ->> '{name}'" for name in _COLUMNS)
        + " FROM json_each($1)"
    ),
    Dialect.POSTGRESQL: (
        f"INSERT INTO read_log (id, {_NAMES}) SELECT id, {_NAMES}"  # noqa: S608 - see above
        " FROM json_to_recordset($1::text::json) AS read(id bigint, identity text, name text, role text, purpose text,"
        " operation text, document text, fields text, pupils integer, request_id text, at timestamptz)"
    ),
}
# Pairs, for a list inside each read would be parsed again for each pupil.
_PUPILS: Final = {
    Dialect.SQLITE: (
        "INSERT INTO read_log_pupil (read_id, student_id) SELECT value ->> 0, value ->> 1 FROM json_each($1)"
    ),
    Dialect.POSTGRESQL: (
        "INSERT INTO read_log_pupil (read_id, student_id) SELECT (pair ->> 0)::bigint, (pair ->> 1)::bigint"
        " FROM json_array_elements($1::text::json) AS pair"
    ),
}


async def write(connection: WritingConnection, dialect: Dialect, entries: Sequence[Entry]) -> None:
    """Write entries, in the caller's transaction."""
    keys = [key for (key,) in await connection.rows(_KEYS[dialect], [_json([0] * len(entries))])]
    numbered = list(zip(keys, entries, strict=True))
    reads = [
        {"id": key, **entry.columns(), "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds")}
        for key, entry in numbered
    ]
    await connection.execute(_READS[dialect], [_json(reads)])
    pairs = [(key, pupil) for key, entry in numbered for pupil in sorted(entry.pupils)]
    if pairs:
        await connection.execute(_PUPILS[dialect], [_json(pairs)])


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
