"""A pupil's former values, and the proof that none is left.

Some name the pupil wherever they stand: identifiers, and the given and the family name side by side. These are looked
for in every text column of every table that the database has, declared or not. Others share the rest by chance, such as
a given name or a number of another school's pupil: these are looked for in the pupil's own rows.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, String, inspect, text

from hub.errors import HubError
from hub.privacy.holdings import condition_on, tables_about_pupils
from hub.privacy.pupils import FoundPupil
from hub.privacy.treatment import ERASED, is_free_text, is_stand_in
from schema.tables.columns import INFO, info_of

_CONTAINS: Final = {"sqlite": "instr({column}, :{name}) > 0", "postgresql": "strpos({column}, :{name}) > 0"}
_SHORT: Final = 4
"""Shorter words are parts of others by chance: they must be all that a column holds."""


class NotErasedError(HubError):
    """Former values are left somewhere; nothing was changed."""

    def __init__(self, places: list[str]) -> None:
        """``places`` are columns, with what stands in them left out."""
        super().__init__(
            f"The pupil is named in {', '.join(places)}, in rows that are not the pupil's own. Nothing was erased:"
            " correct those rows, then run it again."
        )


@dataclass(frozen=True, slots=True)
class Former:
    """Values as they were: those that name the pupil anywhere, and those of the pupil's own rows."""

    anywhere: tuple[str, ...]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was searched, and found to hold no former value."""

    tables: int
    columns: int
    values: int


def read_former(connection: Connection, pupil: FoundPupil) -> Former:
    """The values that erasing must leave nowhere."""
    own = {
        value
        for table in tables_about_pupils()
        for column in table.columns
        if is_free_text(column)
        for value in _values(connection, table.name, column.name, condition_on(table, pupil))
    }
    identifiers = _values(connection, "student_identifier", "value", f"student_id = {pupil.key}")
    (names,) = connection.execute(
        text("SELECT given_name, family_name FROM student WHERE id = :id"), {"id": pupil.key}
    ).all()
    anywhere = [*identifiers, *([] if ERASED in names else [" ".join(names)])]
    # The history holds words as JSON, which writes some characters in its own way.
    anywhere = list(dict.fromkeys(text for value in anywhere for text in (value, _in_json(value))))
    return Former(tuple(anywhere), frozenset(value for value in own if not is_stand_in(value)))


def prove_gone(connection: Connection, pupil: FoundPupil, former: Former) -> Proof:
    """Search for former values; NotErasedError where one is left."""
    found: list[str] = []
    columns = text_columns(connection)
    for table, names in columns.items():
        found += [f"{table}.{name}" for name in names if _holds(connection, table, name, former.anywhere)]
    for declared in tables_about_pupils():
        for column in declared.columns:
            if column.name in columns.get(declared.name, ()) and (is_free_text(column) or _sorts(column)):
                values = _values(connection, declared.name, column.name, condition_on(declared, pupil))
                if any(_tells(value, former.own) for value in values if not is_stand_in(value)):
                    found.append(f"{declared.name}.{column.name}")
    if found:
        raise NotErasedError(sorted(set(found)))
    return Proof(len(columns), sum(map(len, columns.values())), len(former.own | set(former.anywhere)))


def text_columns(connection: Connection) -> dict[str, list[str]]:
    """Every column of text that the database has, by table."""
    inspector = inspect(connection)
    found = {
        table: [column["name"] for column in inspector.get_columns(table) if isinstance(column["type"], String)]
        for table in inspector.get_table_names()
    }
    return {table: names for table, names in sorted(found.items()) if names}


def holding(dialect: str, column: str, values: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """A condition, and its parameters: a column holds one of the values."""
    names = {f"value{number}": value for number, value in enumerate(values)}
    return " OR ".join(_CONTAINS[dialect].format(column=column, name=name) for name in names) or "1 = 0", names


def _holds(connection: Connection, table: str, column: str, values: tuple[str, ...]) -> bool:
    condition, names = holding(connection.dialect.name, f'"{column}"', values)
    found = text(f'SELECT 1 FROM "{table}" WHERE {condition} LIMIT 1')  # noqa: S608 - names from the catalogue
    return connection.execute(found, names).first() is not None


def _values(connection: Connection, table: str, column: str, condition: str) -> list[str]:
    # Names are declared, and the condition is of a key that is a number.
    sql = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL AND ({condition})"  # noqa: S608
    return [str(value) for value in connection.execute(text(sql)).scalars()]


def _in_json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _sorts(column: Column[Any]) -> bool:
    return INFO in column.info and info_of(column).sorts is not None


def _tells(value: str, former: frozenset[str]) -> bool:
    return any(one == value or (len(one) >= _SHORT and one in value) for one in former)
