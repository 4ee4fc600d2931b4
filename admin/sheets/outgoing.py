"""The rows of a table on their way out: which, in which order, and what stands in each cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias

from sqlalchemy import Column

from admin.binding import bound
from admin.sheets.escaping import escape
from admin.sheets.facts import leaf_sql
from admin.sheets.layout import Layout
from admin.sheets.refused import SheetRefused
from schema.checking import Language, Refusal, label_of, text_of, value_of_stored, value_of_text, written_columns
from schema.compiler.reading import Dialect
from schema.tables.columns import info_of
from schema.tables.declaration import order_of

CellValue: TypeAlias = str | int | Decimal | date | None
"""What a cell of a workbook holds; a text is harmless."""

PAGE: Final = 500
"""Rows of one :func:`page_sql`."""
_OPERATORS: Final = {"e": "=", "eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_MATCHES: Final = {"contains": "%{}%", "starts": "{}%", "ends": "%{}", "exact": "{}"}
_MOST_VALUES: Final = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition over the table's row, called `source`, with its parameters."""

    condition: str = "1 = 1"
    parameters: tuple[Any, ...] = ()


def filter_of(layout: Layout, query: Iterable[tuple[str, str]], dialect: Dialect) -> Filter:
    """The rows that a list shows, by the list's own parameters.

    They are `name=thai`, `name__match=starts`, `credits__operator=gte`; a foreign key is a surrogate key, and one of
    several values may hold. What is empty, and names that are no column's, filter nothing.

    Raises SheetRefused for a value that no row can have.
    """
    told: dict[str, list[str]] = {}
    for name, value in query:
        if value.strip():
            told.setdefault(name, []).append(value)
    conditions: list[str] = []
    parameters: list[Any] = []
    for column in written_columns(layout.model):
        values = told.get(column.name, [])[:_MOST_VALUES]
        if values:
            ways = [_condition(column, value, told, parameters, dialect) for value in values]
            conditions.append(f"({' OR '.join(ways)})")
    return Filter(" AND ".join(conditions) or "1 = 1", tuple(parameters))


def keys_sql(layout: Layout, chosen: Filter) -> str:
    """The surrogate keys of the rows, in the table's order."""
    order = ", ".join(f"source.{name}" for name in order_of(layout.model))
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


def _condition(
    column: Column[Any], text: str, told: Mapping[str, list[str]], parameters: list[Any], dialect: Dialect
) -> str:
    value = value_of_text(column, text)
    if isinstance(value, Refusal):
        raise SheetRefused("BAD_FILTER", value.message, value.message_th)
    if isinstance(value, str) and ("\0" in value or not value.isprintable()):
        raise SheetRefused(
            "BAD_FILTER",
            f"The filter of the {label_of(column)} holds a character that cannot be seen. Type it again.",
            f"ตัวกรองของ{info_of(column).label_th}มีอักขระที่มองไม่เห็น กรุณาพิมพ์ใหม่",
        )
    name, place = f"source.{column.name}", f"${len(parameters) + 1}"
    if column.type.python_type is str and info_of(column).choices is None:
        pattern = _MATCHES.get(told.get(f"{column.name}__match", [""])[0], _MATCHES["contains"])
        plain = value.translate(str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"}))
        parameters.append(pattern.format(plain).translate(_LOWER))
        return f"lower({name}) LIKE {place} ESCAPE '\\'"
    parameters.append(bound(value, dialect))
    operator = _OPERATORS.get(told.get(f"{column.name}__operator", [""])[0], "=")
    return f"{name} {operator} {place}"


_LOWER: Final = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
"""ASCII case alone, as both engines fold it."""
