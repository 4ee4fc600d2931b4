"""Piccolo's reading of one table, and its writing, in the request's transaction.

Of Piccolo's own endpoints those that read are used, behind `admin.queries`, which lets through no parameter that they
would stumble over. Those that write would check little and know no version; so rows are written by its tables directly.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from piccolo.columns.combination import WhereRaw
from piccolo_api.crud.endpoints import OPERATOR_MAP, OrderBy, Params, PiccoloCRUD
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from admin.columns import sort_column
from admin.filters import Comparison
from admin.forms import settings_of
from admin.searching import Search
from admin.tables import ConsoleTable
from schema.compiler.reading import Dialect
from schema.tables.columns import sorted_by
from schema.tables.declaration import Row

PAGE_SIZE: Final = 30
_KEYS: Final = "__keys"
"""A filter of our own, which no request can name: keys of rows."""
_SHOWING: Final = ("__order", "__page_size", "__readable", "__visible_fields")
_OPERATORS: Final = {operator: name for name, operator in OPERATOR_MAP.items()}


class Rows(PiccoloCRUD):
    """The rows of a table."""

    def __init__(self, table: ConsoleTable, dialect: Dialect, known: Mapping[str, type[Row]]) -> None:
        """`table` is one of the console's, which are `known` by their names."""
        super().__init__(table.table, read_only=True, page_size=PAGE_SIZE, schema_extra=settings_of(table))
        self._declared = table.model.__table__
        self._dialect = dialect
        self._key = table.table._meta.primary_key  # noqa: SLF001 - Piccolo's own code reads it so
        self._search = Search(table.model, known, dialect, self._ask)
        columns = self._declared.columns
        self._sort_columns = {
            column.name: sort_column(table.table, name) for column in columns if (name := sorted_by(column))
        }

    def _split_params(self, params: dict[str, Any]) -> Params:
        """Read the parameters; what is ordered by words in Thai is ordered as the dictionary does.

        Rows that are alike come in the order of their keys, on no two pages the same one; downwards where the rest goes
        so, for an index is read in one direction.
        """
        read = super()._split_params(params)
        order = [*map(self._by_dictionary, read.order_by or ())]
        read.order_by = [*order, OrderBy(self._key, ascending=order[-1].ascending if order else True)]
        return read

    async def get_all(self, request: Request, params: dict[str, Any] | None = None) -> Response:
        """Answer a page of rows: first its keys are found, then what they refer to is told, of them alone.

        At once, it would be told of every row that is passed over too.
        """
        given = self._clean_data(params or {})
        read = self._split_params(given)
        size = read.page_size or self.page_size
        query = self._apply_filters(self.table.select(self._key), read)
        for order in read.order_by or ():
            query = query.order_by(order.column, ascending=order.ascending)
        found = await query.limit(size).offset(size * (read.page - 1)).run()
        shown = {name: value for name, value in given.items() if name in _SHOWING}
        answer: Response = await super().get_all(request, {**shown, _KEYS: [row["id"] for row in found]})
        return answer

    def _apply_filters(self, query: Any, params: Params) -> Any:  # noqa: ANN401 - one of four kinds of Piccolo's
        """Have a query give what the parameters ask for, as :mod:`admin.filters` reads them for exports too."""
        keys = params.fields.get(_KEYS)
        if keys is not None:
            return query.where(self._key.is_in(keys) if keys else WhereRaw("1 = 0"))
        for name, text in params.fields.items():
            comparison = Comparison(_OPERATORS[params.operators[name]], params.match_types[name])
            column, row = self._declared.columns[name], f'"{self._declared.name}"'
            condition = comparison.condition(column, row, text, self._dialect)
            query = query.where(WhereRaw(condition.sql, *condition.parameters))
        return query

    def _by_dictionary(self, order: OrderBy) -> OrderBy:
        column = self._sort_columns.get(order.column._meta.name)  # noqa: SLF001 - Piccolo's own code reads it so
        return order if column is None else OrderBy(column, ascending=order.ascending)

    async def get_ids(self, request: Request) -> Response:
        """Answer keys, and what the rows are known by: those in which each word of `search` is."""
        asked = request.query_params
        keys = await self._search.keys(asked.get("search", ""), int(asked["limit"]), int(asked.get("offset", 0)))
        query = self.table.select(self._key, self.table.get_readable())
        rows = await query.where(self._key.is_in(keys)).run() if keys else []
        known = {row["id"]: row["readable"] for row in rows}
        return JSONResponse({str(found): known[found] for found in keys})

    async def _ask(self, sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = await self.table.raw(sql, *parameters).run()
        return rows

    async def insert(self, values: Mapping[str, Any]) -> int:
        """Write a new row; its key."""
        row = self.table(**values)
        (made,) = await self.table.insert(row).returning(self._key).run()
        return int(made["id"])

    async def update(self, key: int, values: Mapping[str, Any]) -> None:
        """Change a row."""
        if values:
            await self.table.update(dict[Any, Any](values)).where(self._key == key).run()

    async def delete(self, key: int) -> None:
        """Delete a row."""
        await self.table.delete().where(self._key == key).run()
