"""The description of a table's forms as Piccolo's page reads it, in the words of the reader's language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Column

from admin.names import Names
from admin.shown import shown_columns
from admin.tables import ConsoleTable
from admin.titles import help_of, help_of_table, limits_of, title_of
from schema.checking import Language
from schema.tables.choices import choice_label_th
from schema.tables.columns import info_of
from schema.tables.declaration import order_of

_MILLISECOND: Final = 0.001
_ERA: Final = {
    Language.THAI: "ปฏิทินแสดงปี ค.ศ. (พ.ศ. ลบ 543)",
    Language.ENGLISH: "The calendar shows years of the common era (B.E. less 543).",
}
_READ_ONLY: Final = {
    Language.THAI: "อ่านอย่างเดียว: ระบบของโรงเรียนเป็นผู้บันทึก",
    Language.ENGLISH: "To be read alone: the schools' systems write it.",
}


def settings_of(table: ConsoleTable) -> dict[str, Any]:
    """What Piccolo's page is told of a table besides its columns, under `extra`."""
    shown = list(_listed(table))
    ordered = [name for name in order_of(table.model) if name in table.model.__table__.columns]
    moments = [column.name for column in shown_columns(table.model) if column.name == "updated_at"]
    return {
        "visible_column_names": shown,
        "visible_filter_names": [column.name for column in shown_columns(table.model) if column.name != "id"],
        "rich_text_columns": [],
        "media_columns": [],
        "link_column_name": next((name for name in shown if not _refers(table, name)), "id"),
        "order_by": [{"column": name, "ascending": True} for name in ordered or ["id"]],
        "time_resolution": dict.fromkeys(moments, _MILLISECOND),
        "read_only": not table.is_editable,
    }


def described(table: ConsoleTable, schema: Mapping[str, Any], names: Names, language: Language) -> dict[str, Any]:
    """The description that Piccolo gives of a table, in a language."""
    columns = table.model.__table__.columns
    properties = {name: _property(columns[name], told, names, language) for name, told in schema["properties"].items()}
    help_text = help_of_table(table.model, language)
    if not table.is_editable:
        help_text = f"{help_text} {_READ_ONLY[language]}"
    titles = {column.name: title_of(column, language) for column in shown_columns(table.model)}
    extra = {**schema["extra"], "help_text": help_text, "table": table.name, "column_titles": titles}
    return {**schema, "title": names.of(table, language), "properties": properties, "extra": extra}


def _property(column: Column[Any], told: Mapping[str, Any], names: Names, language: Language) -> dict[str, Any]:
    info = info_of(column)
    extra = {**told["extra"], "help_text": help_of(column, language)}
    limits = {"minimum": info.minimum, "maximum": info.maximum, "multipleOf": info.step}
    told = {**told, **{name: float(limit) for name, limit in limits.items() if limit is not None}}
    if said := limits_of(column, language):
        extra["help_text"] += f" {said}"
    if column.type.python_type is date:
        extra["help_text"] += f" {_ERA[language]}"
    if "foreign_key" in extra:
        extra["foreign_key"] = {**extra["foreign_key"], "to": names.named(extra["foreign_key"]["to"], language)}
    if info.choices is not None and language is Language.THAI:
        extra["choices"] = {
            member.name: {"display_name": choice_label_th(member), "value": member.value} for member in info.choices
        }
    return {**told, "title": title_of(column, language), "extra": extra}


def _listed(table: ConsoleTable) -> Iterator[str]:
    """The columns of a list, what a row is known by first; the key where no other column of its own leads to a row."""
    known_by = table.model.about.natural_key
    names = [column.name for column in shown_columns(table.model) if column.name not in ("id", "updated_at")]
    if all(_refers(table, name) for name in names):
        yield "id"
    yield from (name for name in known_by if name in names)
    yield from (name for name in names if name not in known_by)


def _refers(table: ConsoleTable, name: str) -> bool:
    return bool(table.model.__table__.columns[name].foreign_keys)
