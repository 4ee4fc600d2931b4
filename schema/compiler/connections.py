"""How SQL says a connection: a subquery that reads a page of its level and aggregates it to the connection's object."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from schema.compiler.dialects import Json, concatenated
from schema.compiler.layout import nested, query
from schema.compiler.pages import PageWriter
from schema.compiler.parts import are_shallow, around, described, reads_page
from schema.compiler.plan import Aggregate, Connection, Count, Edges, Groups, Level, Nodes, PageInfo, Part
from schema.compiler.rows import Rows, Term
from schema.compiler.sums import write_aggregate, write_groups

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe


class ConnectionWriter:
    """Writes one connection into the statement of a scribe.

    The level's CTE gives each row the sort keys and a column for each object in ``nodes`` and ``edges``. Around it
    stands the page: ORDER BY, LIMIT, and where ``pageInfo`` is asked for, one row more and each row's place. Where an
    order is asked for, the page is taken of the keys alone, and the rows of the page are described afterwards.
    """

    def __init__(self, scribe: "Scribe", connection: Connection) -> None:
        """``scribe`` takes the level's CTE and the parameters."""
        self.scribe = scribe
        self.connection = connection
        self.rows = connection.rows
        self.parts = connection.parts
        self.found: str | None = None

    def write(self) -> Json:
        """The connection's object, as JSON text."""
        if not any(isinstance(part, Nodes | Edges | PageInfo) for _, part in self.parts):
            return Json(concatenated(around(self.parts, None, self._other, self._count)))
        content = self.connection.content
        keys = {f"key{number}": self.scribe.key(key) for number, key in enumerate(self.connection.page.keys, 1)}
        in_place = content is not None and are_shallow(self.parts)
        with self.scribe.knowing(self._known(keys) if in_place else {}):
            columns = described(self.scribe, self.parts)
        page = self._page(keys, columns if content is None else {"id": f"{content.source.table}.id"})
        pieces = concatenated(around(self.parts, page, self._other, self._count))
        if not reads_page(self.parts, page):
            # Without an aggregate it would be one object a row, and none where there is no row.
            return Json(f"({pieces})")
        if content is None or not columns:
            rows = page.rows(list(columns))
        else:
            rows = self._described(page, content, columns, in_place=in_place)
        return Json(nested(query((pieces,), (f"{nested(rows)} AS page",))))

    def _described(self, page: PageWriter, content: Level, columns: Mapping[str, str], *, in_place: bool) -> str:
        """The query of the page's rows, each described; in a CTE where lists beneath it would nest in one another."""
        table = content.source.table
        found = f"{nested(page.rows(['id']))} AS found"
        if in_place:
            shown = [f"{sql} AS {name}" for name, sql in columns.items()]
            joins = [f"JOIN {table} ON {table}.id = found.id", *self.scribe.joins(content.joins)]
        else:
            shown = list(columns)
            name = self.scribe.write_level(content, {"id": f"{table}.id", **columns})
            joins = [f"JOIN {name} AS described ON described.id = found.id"]
        return query((*page.shown(), *shown), (found, *joins), order=page.order())

    def _known(self, keys: Mapping[str, str]) -> dict[str, str]:
        """What was computed of each row to order it by, and need not be again to be shown."""
        row = self.rows.source.table
        return {
            sql: f"found.{name}"
            for (name, sql), key in zip(keys.items(), self.connection.page.keys, strict=True)
            if isinstance(key.value, Term) and key.value.row == row and not key.value.is_column
        }

    def _page(self, keys: Mapping[str, str], columns: Mapping[str, str]) -> PageWriter:
        # In the default order an index gives the first rows without the others.
        whole, once = self.connection.content is not None, self._is_found_once()
        name = self.scribe.write_level(self.rows, {**keys, **columns}, whole=whole, once=once)
        self.found = name if once else None
        placed = any(isinstance(part, PageInfo) for _, part in self.parts)
        conditions = self.scribe.of_parent(self.rows)
        return PageWriter(self.scribe, self.connection.page, list(keys), (name,), conditions, placed)

    def _is_found_once(self) -> bool:
        """Whether all rows that a filter leaves are found for the page, and for their number too: then once for both.

        Where an index may give the order, the page alone needs few of them.
        """
        if self.rows.where is None or self.rows.parent is not None or self.connection.content is None:
            return False
        computed = any(isinstance(key.value, Rows) or not key.value.is_column for key in self.connection.page.keys)
        return computed and any(isinstance(part, Count) for _, part in self.parts)

    def _other(self, part: Part) -> Json:
        if isinstance(part, Aggregate):
            return write_aggregate(self.scribe, part)
        if isinstance(part, Groups):
            return write_groups(self.scribe, part)
        msg = f"{part} is no part of a connection"
        raise TypeError(msg)

    def _count(self) -> Json:
        if self.found is not None:
            return Json(nested(query(("count(*)",), (self.found,))))
        level, source = self.rows, self.rows.source
        parent = [f"{self.scribe.parent_of(level)} = {level.parent}.{source.parent_key}"] if level.parent else []
        tables = source.tables(rows=level.where is not None)
        return Json(nested(query(("count(*)",), (tables,), [*parent, *self.scribe.conditions(level)])))
