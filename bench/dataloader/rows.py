"""Reading for DataLoaders: one statement a batch, through SQLAlchemy's connections."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from schema.tables.places import AcademicYear

AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


async def fetch(engine: AsyncEngine, statement: AnySelect) -> Sequence[AnyRow]:
    """Run a statement on a connection of the pool; all its rows."""
    async with engine.connect() as connection:
        rows: Sequence[AnyRow] = (await connection.execute(statement)).all()
        return rows


def year_key(be_year: int) -> ColumnElement[int]:
    """The key of a school year."""
    year = AcademicYear.__table__
    return select(year.c.id).where(year.c.be_year == be_year).scalar_subquery()


def windowed(statement: AnySelect, parent: ColumnElement[Any], order: Sequence[Any], first: int) -> AnySelect:
    """The first rows of each parent, in order: what LIMIT cannot say for many parents at once."""
    place = func.row_number().over(partition_by=parent, order_by=order).label("place")
    numbered = statement.add_columns(place).subquery("numbered")
    return select(numbered).where(numbered.c.place <= first).order_by(numbered.c.place)


def grouped(keys: Sequence[_K], rows: Iterable[AnyRow], make: Callable[[AnyRow], tuple[_K, _V]]) -> list[list[_V]]:
    """The values of each key, in the order of the keys."""
    found: dict[_K, list[_V]] = defaultdict(list)
    for row in rows:
        key, value = make(row)
        found[key].append(value)
    return [found[key] for key in keys]
