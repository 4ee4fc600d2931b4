"""Whose a row is: told by the foreign keys that are declared, so that a new table is found by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Table

from schema.tables.columns import INFO, info_of

PUPILS: Final = "student"
"""The table of pupils."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """Whose row it is: ``sql`` is a template of the pupil's key, and null in no row unless ``nullable``.

    ``column`` is the row's own column that leads there, and ``table`` the one it leads to; a pupil's own row has none.
    """

    sql: str
    column: str = "id"
    table: str | None = None
    nullable: bool = False


def pupils_of(table: Table) -> tuple[Pupil, ...]:
    """The pupils that a row of a table is a record of: those it refers to, or else those of the rows it refers to."""
    return _pupils_of(table, frozenset())


def conditions_of(table: Table) -> tuple[str, ...]:
    """The conditions, templates over ``{row}`` and ``{pupil}``, by any of which a row is a record of a pupil."""
    return tuple(_conditions_of(table, frozenset()))


def _references(table: Table) -> list[tuple[Column[Any], Table]]:
    """The columns that refer to another table by its key, each with that table."""
    keys = [(column, key.column) for column in table.columns for key in column.foreign_keys]
    return [(column, target.table) for column, target in keys if target.name == "id"]


def _refers(column: Column[Any]) -> bool:
    """Whether a column holds a pupil's key, as a constraint says or its declaration alone."""
    told = INFO in column.info and info_of(column).refers == PUPILS
    return told or any(key.column.name == "id" and key.column.table.name == PUPILS for key in column.foreign_keys)


def _pupils_of(table: Table, seen: frozenset[str]) -> tuple[Pupil, ...]:
    if table.name == PUPILS:
        return (Pupil("{row}.id"),)
    direct = tuple(
        Pupil(f"{{row}}.{column.name}", column.name, PUPILS, bool(column.nullable))
        for column in table.columns
        if _refers(column)
    )
    return direct or tuple(
        Pupil(
            f"(SELECT {pupil.sql.format(row=target.name)} FROM {target.name}"
            f" WHERE {target.name}.id = {{row}}.{column.name})",
            column.name,
            target.name,
            bool(column.nullable) or pupil.nullable,
        )
        for column, target in _references(table)
        if target.name not in seen
        for pupil in _pupils_of(target, seen | {table.name})
    )


def _conditions_of(table: Table, seen: frozenset[str]) -> Iterator[str]:
    if table.name == PUPILS:
        yield "{row}.id = {pupil}"
    for column, target in _references(table):
        if target.name == PUPILS:
            yield f"{{row}}.{column.name} = {{pupil}}"
        elif target.name not in seen | {table.name}:
            for condition in _conditions_of(target, seen | {table.name}):
                inner = condition.format(row=target.name, pupil="{pupil}")
                yield f"{{row}}.{column.name} IN (SELECT {target.name}.id FROM {target.name} WHERE {inner})"
