"""How a table is declared: what it is, how its rows are found and ordered, and what it links.

From the declaration come its indexes too: one for every way the graph can reach its rows in order; and beside each
column of Thai words the one that holds its order, which no mapped class knows: programs neither write nor read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Index, Table, UniqueConstraint, event
from sqlalchemy.orm import Mapper, declared_attr
from sqlmodel import SQLModel

from schema.policy import Access
from schema.rules.rows import RowRule
from schema.tables import columns as c

YEAR = "academic_year_id"
"""The column by which a row belongs to a school year, in every table that has one."""

_REVERSIBLE = 2
"""Relations in the path of a shortcut that has a reverse: rows are reached by way of one table."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Kind(StrEnum):
    """Who writes a table."""

    REFERENCE = "reference"
    """Administrators, in the console."""
    RECORD = "record"
    """The schools' systems: records of people."""
    DERIVED = "derived"
    """The database itself, by triggers; never written by hand."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation through this table: from the row that ``source`` refers to, to the row that ``target`` refers to.

    ``source`` and ``target`` are foreign key columns of this table. ``many`` False: at most one, the latest entered.
    ``years``: the relation takes a ``year`` argument, applied to this table's school year, or else to the target's.
    """

    name: str
    source: str
    target: str
    description: str
    label_th: str
    years: c.Years | None = None
    many: bool = True


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A to-one relation that follows others: ``path`` names them in order.

    ``many`` names its reverse on the table it leads to (None: no reverse), which stands for a path of two; ``years``
    says that the reverse takes a ``year`` argument, applied to this table's school year, and its default.
    """

    name: str
    path: tuple[str, ...]
    description: str
    label_th: str
    many: str | None = None
    years: c.Years | None = None

    def __post_init__(self) -> None:
        """Refuse a reverse that would pass through more than one table."""
        if self.many is not None and len(self.path) != _REVERSIBLE:
            msg = f"the shortcut {self.name} has a reverse, so its path must name two relations: {self.path}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class About:
    """What is declared of a table beyond its columns.

    ``help_th`` says in Thai what the first line of the class's docstring says in English. ``plural`` is the root
    connection; ``natural_key`` the columns by which people know a row, in the order of a lookup's arguments;
    ``argument`` the name of the argument by which another table's lookup names a row of this one; ``newest`` the column
    by which the newest row is taken where that argument is left out; ``order`` the default order (the key is appended
    unless it is unique without it). ``exposed`` False keeps a table out of the graph. Who may read it, ``access`` says;
    None: nobody. ``rules`` are what must hold of a row beyond what its columns say each by itself; whoever lets people
    write the table asks :mod:`schema.checking`.
    """

    kind: Kind
    label_th: str
    help_th: str
    plural: str
    natural_key: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    argument: str | None = None
    newest: str | None = None
    one_roster: str | None = None
    exposed: bool = True
    links: tuple[Link, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    access: Access | None = None
    rules: tuple[RowRule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a help that is not in Thai."""
        c.require_thai(self.help_th, f"the table {self.label_th} ({self.plural})")


class Row(SQLModel):
    """What every table has: a surrogate key and the moment of its last change."""

    about: ClassVar[About]
    __table__: ClassVar[Table]

    id: int | None = c.key()
    updated_at: datetime = c.updated_at()

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        """The class's name in snake case."""
        return table_name(cls.__name__)


def table_name(class_name: str) -> str:
    """The name of a class's table: the class's in snake case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", class_name).lower()


def tables() -> tuple[type[Row], ...]:
    """Every declared table, in the order of declaration."""
    return tuple(model for model in Row.__subclasses__() if hasattr(model, "__table__"))


def order_of(model: type[Row]) -> tuple[str, ...]:
    """The columns of a table's default order, which ends in its key unless it is unique without it."""
    own = model.about.order or ((YEAR,) if YEAR in model.__table__.columns else ())
    is_unique = any(set(columns) <= set(own) for columns in _unique_together(model))
    return own if is_unique else (*own, "id")


@event.listens_for(Mapper, "after_mapper_constructed")
def _complete(_mapper: Mapper[Any], model: type[Any]) -> None:
    if issubclass(model, Row):
        for column in [column for column in model.__table__.columns if c.info_of(column).thai]:
            model.__table__.append_column(c.sort_key(column))
        _add_indexes(model)


def _add_indexes(model: type[Row]) -> None:
    columns = model.__table__.columns
    wanted = dict.fromkeys(_access_paths(model))
    served = [*wanted, *_unique_together(model)]
    for path in wanted:
        others = [other for other in served if other != path or served.count(path) > 1]
        if not any(other[: len(path)] == path for other in others):
            Index(None, *(columns[name] for name in path))


def _unique_together(model: type[Row]) -> list[tuple[str, ...]]:
    """The columns of each unique constraint, in the order of the index that holds it."""
    constraints = [c for c in model.__table__.constraints if isinstance(c, UniqueConstraint)]
    return [tuple(column.name for column in constraint.columns) for constraint in constraints]


def _access_paths(model: type[Row]) -> Iterator[tuple[str, ...]]:
    order = order_of(model)
    if len(order) > 1:
        yield order
    yield ("updated_at", "id")
    for column in model.__table__.columns:
        if column.foreign_keys and c.info_of(column).many:
            yield tuple(dict.fromkeys((column.name, *order)))
        if c.info_of(column).sorts:
            yield (column.name, "id")
    for link in model.about.links:
        dated = (YEAR,) if link.years and YEAR in model.__table__.columns else ()
        yield tuple(dict.fromkeys((link.source, *dated, link.target, "id")))
