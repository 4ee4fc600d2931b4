"""The rows of a table on their way out: which, in which order, and what stands in each cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from sqlalchemy import Column

from admin.filters import MATCHES, OF_NULL, OPERATORS, Comparison, Condition, UnreadableFilterError, ordered
from admin.sheets.escaping import escape
from admin.sheets.facts import leaf_sql
from admin.sheets.layout import Layout
from admin.sheets.refused import SheetRefused
from admin.shown import shown_columns
from schema.checking import Language, text_of, value_of_stored
from schema.compiler.reading import Dialect
from schema.tables.declaration import order_of

CellValue: TypeAlias = str | int | Decimal | date | None
"""What a cell of a workbook holds; a text is harmless."""

PAGE: Final = 500
"""Rows of one :func:`page_sql`."""
_MOST_VALUES: Final = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition over the table's row, called `source`, with its parameters, and what comes first in the order."""

    condition: str = "1 = 1"
    parameters: tuple[Any, ...] = ()
    order: tuple[str, ...] = ()


def filter_of(layout: Layout, query: Iterable[tuple[str, str]], dialect: Dialect) -> Filter:
    """The rows that a list shows and their order, by the list's own parameters; see :mod:`admin.filters`.

    One of several values of a column may hold. What is empty filters nothing.

    Raises SheetRefused for a value that no row can have, and for a parameter that there is not: an export that is wider
    than was asked for would not be seen to be.
    """
    told: dict[str, list[str]] = {}
    for name, value in query:
        if value.strip():
            told.setdefault(name, []).append(value)
    columns = {column.name: column for column in shown_columns(layout.model)}
    _require_known(told, columns)
    parts: list[Condition] = []
    for name, column in columns.items():
        comparison = _comparison(name, told)
        values: list[str | None] = [*told.get(name, ())][:_MOST_VALUES]
        if not values and comparison.operator in OF_NULL:
            values = [None]
        try:
            ways = [comparison.condition(column, "source", value, dialect) for value in values]
        except UnreadableFilterError as error:
            raise SheetRefused("BAD_FILTER", error.refusal.message, error.refusal.message_th) from error
        if ways:
            asked = f"({' OR '.join(way.sql for way in ways)})"
            parts.append(Condition(asked, tuple(value for way in ways for value in way.parameters)))
    parameters = tuple(value for part in parts for value in part.parameters)
    places = (f"${place}" for place in range(1, len(parameters) + 1))
    sql = " AND ".join(part.sql for part in parts).format(*places) or "1 = 1"
    return Filter(sql, parameters, tuple(_order(columns, told.get("__order", [""])[0])))


def keys_sql(layout: Layout, chosen: Filter) -> str:
    """The surrogate keys of the rows, in the order that was asked for, else in the table's."""
    # Rows that are alike come as in the list.
    last = "source.id DESC" if chosen.order and chosen.order[-1].endswith(" DESC") else "source.id"
    asked = (*chosen.order, last) if chosen.order else (f"source.{name}" for name in order_of(layout.model))
    order = ", ".join(asked)
    return f"SELECT source.id FROM {layout.name} AS source WHERE {chosen.condition} ORDER BY {order}"


def page_sql(layout: Layout, count: int) -> str:
    """The rows of so many surrogate keys `$1`, `$2` ...: the key, then a value for each column of the sheet."""
    leaves = ", ".join(leaf_sql(layout.model, "source", column.path) for column in layout.columns)
    places = ", ".join(f"${place}" for place in range(1, count + 1))
    return f"SELECT source.id, {leaves} FROM {layout.name} AS source WHERE source.id IN ({places})"


def cells_of(layout: Layout, keys: Sequence[int], rows: Iterable[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    """The values of each row of :func:`page_sql`, in the order of the keys; a row that is gone is left out."""
    leaves = [column.leaf for column in layout.columns]
    found: Mapping[int, tuple[Any, ...]] = {row[0]: tuple(map(value_of_stored, leaves, row[1:])) for row in rows}
    return (found[key] for key in keys if key in found)


def texts_of(layout: Layout, values: Sequence[Any], language: Language) -> list[str]:
    """What stands in the cells of a CSV file."""
    return [escape(text_of(column.leaf, value, language)) for column, value in zip(layout.columns, values, strict=True)]


def cell_of(column: Column[Any], value: Any, language: Language) -> CellValue:  # noqa: ANN401 - a column's value
    """What stands in a cell of a workbook: numbers and days as such, all else as text that is no formula."""
    if value is None or (isinstance(value, (int, Decimal, date)) and not isinstance(value, bool)):
        return value
    return escape(text_of(column, value, language))


def _require_known(told: Iterable[str], columns: Mapping[str, Column[Any]]) -> None:
    for name in told:
        column, _, about = name.rpartition("__")
        if not (name in columns or name in _BESIDES or (column in columns and about in ("operator", "match"))):
            shown = name[:100]
            raise SheetRefused(
                "BAD_FILTER", f"There is no filter {shown!r}. Leave it out.", f"ไม่มีตัวกรอง {shown!r} กรุณาตัดออก"
            )


def _comparison(name: str, told: Mapping[str, Sequence[str]]) -> Comparison:
    operator, match = (told.get(f"{name}__{about}", [""])[0] for about in ("operator", "match"))
    for given, known in ((operator, {*OPERATORS, *OF_NULL}), (match, {*MATCHES})):
        if given and given not in known:
            shown = given[:100]
            raise SheetRefused(
                "BAD_FILTER",
                f"There is no way {shown!r} to compare. Use one of {', '.join(sorted(known))}.",
                f"ไม่มีวิธีเปรียบเทียบ {shown!r} กรุณาใช้ {', '.join(sorted(known))}",
            )
    return Comparison(operator or "e", match or "contains")


def _order(columns: Mapping[str, Column[Any]], asked: str) -> Iterator[str]:
    for name in filter(None, asked.split(",")):
        column = columns.get(name.removeprefix("-"))
        # As the list itself: it may still name a column of the table that was shown before.
        if column is not None:
            yield f"{ordered(column, 'source')} {'DESC' if name.startswith('-') else 'ASC'}"


_BESIDES: Final = frozenset({"table", "lang", "__order", "__page", "__page_size", "__readable", "__visible_fields"})
"""Parameters that come along and choose no rows."""
