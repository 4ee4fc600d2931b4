"""Lookups: root fields that find one row by what people know it by."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Column

from schema.model.entities import Argument, Lookup, Scalar
from schema.model.names import camel
from schema.tables.columns import info_of
from schema.tables.declaration import Kind, Row

_SCALARS = {int: Scalar.INT, date: Scalar.DATE}


def lookups(model: type[Row], exposed: Mapping[str, type[Row]]) -> Iterator[Lookup]:
    """The lookups of a table: reference rows by their natural key, records by id, and by natural key as ``…By``."""
    name = camel(model.__table__.name)
    if model.about.kind is Kind.RECORD:
        yield Lookup(
            name, (Argument("id", Scalar.ID, "The object's global id.", required=True),), ("{row}.id = {value}",)
        )
        name += "By"
    parts = [_part(model, column, exposed) for column in model.about.natural_key]
    found = [part for part in parts if part is not None]
    if found and len(found) == len(parts) and model.about.kind is not Kind.DERIVED:
        newest = ", ".join([*(order for _, _, order in found if order), "{row}.id DESC"])
        yield Lookup(name, tuple(a for a, _, _ in found), tuple(c for _, c, _ in found), newest)


def _part(model: type[Row], name: str, exposed: Mapping[str, type[Row]]) -> tuple[Argument, str, str] | None:
    """One column of a natural key: its argument, its condition, and the order where it is left out."""
    column = model.__table__.columns[name]
    if not column.foreign_keys:
        return _argument(column, camel(name), required=True), f"{{row}}.{name} = {{value}}", ""
    target = exposed.get(next(key.column.table.name for key in column.foreign_keys if key.column.name == "id"))
    if target is None or target.about.argument is None or len(target.about.natural_key) != 1:
        return None
    other, (known_by,) = target.__table__.name, target.about.natural_key
    key = f"SELECT {other}.id FROM {other} WHERE {other}.{known_by} = {{value}}"
    argument = _argument(
        target.__table__.columns[known_by], target.about.argument, required=target.about.newest is None
    )
    order = ""
    if target.about.newest is not None:
        order = f"(SELECT {other}.{target.about.newest} FROM {other} WHERE {other}.id = {{row}}.{name}) DESC"
    return argument, f"{{row}}.{name} = ({key})", order


def _argument(column: Column[object], name: str, *, required: bool) -> Argument:
    info = info_of(column)
    scalar = Scalar.ENUM if info.choices else _SCALARS.get(column.type.python_type, Scalar.STRING)
    return Argument(name, scalar, f"{info.description} Thai: {info.label_th}.", required=required, choices=info.choices)
