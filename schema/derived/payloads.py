"""How the SQL of each engine says a row as JSON text: alike to the character on both, so that equal rows are equal.

PostgreSQL's own functions put white space between members and zeros behind numbers, so there the text is put together.
"""

from schema.history.recorded import SECRET, SECRET_CHANGED, Recorded, RecordedColumn, ValueKind

_MOST_MEMBERS = 63
"""Members of one `json_object` on SQLite, which takes 127 arguments."""


def payload(table: Recorded, row: str, dialect: str, changed: str | None = None) -> str:
    """The expression of a row such as `NEW`.

    ``changed`` is a condition, a template over ``{column}``: that column holds another secret than before.
    """
    members = [(column.name, _shown(column, row, dialect, changed)) for column in table.columns]
    return _object(table, members, dialect)


def natural_key(table: Recorded, row: str, dialect: str) -> str:
    """The expression of what people know a row by; NULL where there is nothing."""
    if not table.key:
        return "NULL"
    members = []
    for part in table.key:
        sql = f"{row}.{part.column.name}"
        if part.target is None or part.known_by is None:
            members.append((part.name, _value(sql, part.column.kind, dialect)))
        else:
            known = f"(SELECT {part.target}.{part.known_by.name} FROM {part.target} WHERE {part.target}.id = {sql})"
            members.append((part.name, _value(known, part.known_by.kind, dialect)))
    return _object(table, members, dialect)


def pupil(table: Recorded, row: str) -> str:
    """The expression of the key of the pupil that a row is a record of; NULL where it is none's."""
    return "NULL" if table.pupil is None else table.pupil.sql.format(row=row)


def _object(table: Recorded, members: list[tuple[str, str]], dialect: str) -> str:
    if dialect == "sqlite":
        if len(members) > _MOST_MEMBERS:
            msg = f"{table.name} has more than {_MOST_MEMBERS} columns: SQLite cannot write them as one object"
            raise ValueError(msg)
        pairs = ", ".join(f"'{name}', {sql}" for name, sql in members)
        return f"json_object({pairs})"
    begun = ((",", one) if place else ("{", one) for place, one in enumerate(members))
    pieces = (f"""'{sign}"{name}":' || {sql}""" for sign, (name, sql) in begun)
    return f"({' || '.join(pieces)} || '}}')"


def _shown(column: RecordedColumn, row: str, dialect: str, changed: str | None) -> str:
    sql = f"{row}.{column.name}"
    if not column.secret:
        return _value(sql, column.kind, dialect)
    told = f" WHEN {changed.format(column=column.name)} THEN '{SECRET_CHANGED}'" if changed else ""
    return _value(f"(CASE WHEN {sql} IS NULL THEN NULL{told} ELSE '{SECRET}' END)", ValueKind.TEXT, dialect)


def _value(sql: str, kind: ValueKind, dialect: str) -> str:
    if dialect == "sqlite":
        return f"json(CASE {sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)" if kind is ValueKind.BOOLEAN else sql
    made = {
        ValueKind.TEXT: f"to_json({sql})::text",
        ValueKind.INTEGER: f"{sql}::text",
        ValueKind.NUMBER: f"trim_scale({sql})::text",
        ValueKind.BOOLEAN: f"{sql}::text",
        ValueKind.DATE: f"to_json({sql})::text",
        # In to_char's templates what stands between double quotes is as it is, the quotes left out.
        ValueKind.MOMENT: f"""'"' || to_char({sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"') || '"'""",
    }
    return f"coalesce({made[kind]}, 'null')"
