"""Lookups: one row by its natural key."""

from collections.abc import Iterator, Mapping
from typing import Any

from schema.tables.declaration import Kind
from tests.oracle.declared import Model, camel, exposed, referred, table_of
from tests.oracle.rows import Rows, Values


def named(field: str) -> tuple[Model, bool]:
    """The table of a lookup, and whether the row is named by its global id."""
    for model in exposed().values():
        name, is_record = camel(table_of(model)), model.about.kind is Kind.RECORD
        if field == name:
            return model, is_record
        if field == f"{name}By" and is_record:
            return model, False
    raise LookupError(field)


def find(rows: Rows, model: Model, arguments: Mapping[str, Any]) -> Values | None:
    """The row whose natural key the arguments are; without a curriculum, that of the newest."""
    known = [row for row in rows[table_of(model)] if _is_known(rows, model, row)]
    judged = [(row, list(_parts(rows, model, row, arguments))) for row in known]
    found = [(row, [newness for _, newness in parts]) for row, parts in judged if all(matches for matches, _ in parts)]
    return max(found, key=lambda pair: pair[1])[0] if found else None


def _is_known(rows: Rows, model: Model, row: Values) -> bool:
    """Whether all rows that the natural key names are among those that may be read."""
    for name in model.about.natural_key:
        target = referred(model.__table__.columns[name])
        if target is not None and all(other["id"] != row[name] for other in rows[table_of(target)]):
            return False
    return True


def arguments_of(rows: Rows, model: Model, row: Values) -> dict[str, Any]:
    """The arguments by which a row is looked up."""
    return {argument: value for argument, value, _ in _known_by(rows, model, row)}


def _parts(rows: Rows, model: Model, row: Values, arguments: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    """For each argument: whether the row is as asked, and how new it is where that decides."""
    for argument, value, newness in _known_by(rows, model, row):
        asked = arguments.get(argument)
        yield (True, newness) if asked is None else (asked == value, "")


def _known_by(rows: Rows, model: Model, row: Values) -> Iterator[tuple[str, Any, str]]:
    """For each column of the natural key: its argument, its value, and how new the row is by it."""
    for name in model.about.natural_key:
        target = referred(model.__table__.columns[name])
        if target is None:
            yield camel(name), row[name], ""
            continue
        other = next(other for other in rows[table_of(target)] if other["id"] == row[name])
        newness = "" if target.about.newest is None else str(other[target.about.newest])
        yield str(target.about.argument), other[target.about.natural_key[0]], newness
