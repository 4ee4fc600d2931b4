"""The console's tables, derived from the declared ones: which there are, and who may do what with them."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from piccolo.columns import ForeignKey
from piccolo.columns.readable import Readable
from piccolo.table import Table, create_table_class

from admin.columns import column_of
from admin.engine import ConsoleEngine
from admin.readable import readable_of, related_readable
from admin.shown import shown_columns
from admin.titles import help_of_table
from schema.checking import Language
from schema.privacy.pupils import Pupil, pupils_of
from schema.tables.declaration import Kind, Row, tables


class ColumnNameError(ValueError):
    """A column is called as something that Piccolo's tables have."""


@dataclass(frozen=True, slots=True)
class ConsoleTable:
    """A table of the console: the declared one, Piccolo's, and whose records its rows are."""

    model: type[Row]
    table: type[Table]
    pupils: tuple[Pupil, ...]

    @property
    def name(self) -> str:
        """The name in the database."""
        return str(self.model.__table__.name)

    @property
    def is_editable(self) -> bool:
        """Whether administrators write it: reference data, and nothing else."""
        return self.model.about.kind is Kind.REFERENCE

    @property
    def subject(self) -> str:
        """The subject it belongs to: the module that declares it."""
        return self.model.__module__.rpartition(".")[2]

    @property
    def subject_th(self) -> str:
        """The same in Thai, as the module says; else as above."""
        return str(getattr(sys.modules.get(self.model.__module__), "LABEL_TH", self.subject))


def console_tables(engine: ConsoleEngine, models: Iterable[type[Row]] | None = None) -> tuple[ConsoleTable, ...]:
    """Derive the tables of the console, those first that others refer to. Raises ColumnNameError.

    Reference data and records that the graph shows; what the database derives is nobody's to edit or to look up here.
    """
    listed = {
        str(model.__table__.name): model
        for model in (tables() if models is None else models)
        if model.about.exposed and model.about.kind is not Kind.DERIVED
    }
    made: dict[str, type[Table]] = {}
    for name in _in_order(listed):
        made[name] = _table(listed[name], engine, made, listed)
    return tuple(ConsoleTable(listed[name], table, pupils_of(listed[name].__table__)) for name, table in made.items())


def _table(
    model: type[Row], engine: ConsoleEngine, made: dict[str, type[Table]], known: dict[str, type[Row]]
) -> type[Table]:
    members: dict[str, Any] = {}
    for declared in shown_columns(model):
        if declared.name != "id" and hasattr(Table, declared.name):
            raise ColumnNameError(
                f"{model.__name__}.{declared.name}: Piccolo's tables have a member of that name. Call the column"
                " something else."
            )
        members[declared.name] = column_of(model, declared, made)
    name = str(model.__table__.name)
    options = {"tablename": name, "db": engine, "help_text": help_of_table(model, Language.ENGLISH)}

    def get_readable(cls: type[Table]) -> Readable:
        return readable_of(model, cls, known)

    def _get_related_readable(_: type[Table], column: ForeignKey[Any]) -> Readable:
        return related_readable(column, known)

    members["get_readable"] = classmethod(get_readable)
    members["_get_related_readable"] = classmethod(_get_related_readable)
    return create_table_class(model.__name__, class_kwargs=options, class_members=members)


def _in_order(listed: dict[str, type[Row]]) -> list[str]:
    """Names of tables, each after those that it refers to."""
    metadata = next(iter(listed.values())).metadata if listed else None
    return [] if metadata is None else [table.name for table in metadata.sorted_tables if table.name in listed]
