"""How SQL says a connection: a subquery that reads a page of its level and aggregates it to the connection's object."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from schema.compiler.dialects import Json, concatenated, name_of_type
from schema.compiler.plan import Connection, Count, Cursor, Edges, Nodes, PageInfo, Part, TypeName

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

_CURSORS = ("startCursor", "endCursor")


class ConnectionWriter:
    """Writes one connection into the statement of a scribe.

    The level's CTE gives each row the sort keys and a column for each ``nodes`` and ``edges`` asked for. Around it
    stands the page: ORDER BY, LIMIT, and where ``pageInfo`` is asked for, one row more and each row's place.
    """

    def __init__(self, scribe: "Scribe", connection: Connection) -> None:
        """``scribe`` takes the level's CTE and the parameters."""
        self.scribe = scribe
        self.connection = connection
        self.level = connection.level
        self.page = connection.page
        self.keys = [f"key{number}" for number in range(1, len(self.level.source.order) + 1)]
        self.paged = any(isinstance(part, PageInfo) for _, part in connection.parts)

    def write(self) -> Json:
        """The connection's object, as JSON text."""
        listed = [number for number, (_, part) in enumerate(self.connection.parts) if isinstance(part, Nodes | Edges)]
        if not listed and not self.paged:
            return Json(concatenated(self._object({})))
        cursor = self.scribe.writer.cursor(self.level.signature, self.scribe.sort_keys(self.level))
        columns = {f"part{number}": self._row(self.connection.parts[number][1], cursor) for number in listed}
        if any(_shows_cursor(part) for _, part in self.connection.parts):
            columns["cursor"] = cursor
        name = self.scribe.write_level(self.level, columns)
        pieces = concatenated(self._object({number: self._aggregate(f"part{number}") for number in listed}, name))
        if not listed and not self._reads_page():
            # Without an aggregate it would be one object a row, and none where there is no row.
            return Json(f"({pieces})")
        return Json(f"(SELECT {pieces}\n    FROM ({self._rows(name, list(columns))}) AS page)")

    def _object(self, listed: Mapping[int, Json], name: str = "") -> list[str | Json]:
        pieces: list[str | Json] = []
        for number, (key, part) in enumerate(self.connection.parts):
            pieces.append(("," if number else "{") + f'"{key}":')
            if isinstance(part, TypeName):
                pieces.append(name_of_type(part.name))
            elif isinstance(part, Count):
                pieces.append(self._count())
            elif isinstance(part, PageInfo):
                pieces.append(self._page_info(part, name))
            else:
                pieces.append(listed[number])
        return [*pieces, "}" if pieces else "{}"]

    def _row(self, part: Part, cursor: str) -> str:
        """A row's JSON text in ``nodes`` or in ``edges``."""
        if isinstance(part, Nodes):
            return self.scribe.text(part.node).sql
        shown = Json(f"'\"' || {cursor} || '\"'")
        members = [
            (key, shown if isinstance(member, Cursor) else self.scribe.output(member))
            for key, member in (part.members if isinstance(part, Edges) else ())
        ]
        return self.scribe.writer.text(self.scribe.writer.object(members)).sql

    def _count(self) -> Json:
        level, source = self.level, self.level.source
        parent = [f"{self.scribe.parent_of(level)} = {level.parent}.{source.parent_key}"] if level.parent else []
        conditions = where([*parent, *self.scribe.conditions(level)])
        return Json(f"(SELECT count(*) FROM {source.tables(rows=level.where is not None)}{conditions})")

    def _aggregate(self, column: str) -> Json:
        only = f" FILTER (WHERE place <= {self._size()})" if self.paged else ""
        return Json(f"'[' || coalesce({self.scribe.writer.joined(column)}{only}, '') || ']'")

    def _size(self) -> str:
        return self.scribe.bind(self.page.size)

    def _rows(self, name: str, columns: Sequence[str]) -> str:
        forward, backward = ", ".join(self.keys), ", ".join(f"{key} DESC" for key in self.keys)
        order = backward if self.page.backward else forward
        outer = self.paged or self.page.backward
        selected = ", ".join((*(self.keys if outer else ()), *columns)) or "1"
        conditions = [*self.scribe.of_parent(self.level), *self._between()]
        limit = f"{self._size()} + 1" if self.paged else self._size()
        limit += f" OFFSET {self.scribe.bind(self.page.offset)}" if self.page.offset else ""
        rows = f"SELECT {selected} FROM {name}{where(conditions)} ORDER BY {order} LIMIT {limit}"
        if self.paged:
            places = (f"row_number() OVER (ORDER BY {order}) AS place", "count(*) OVER () AS fetched")
            descending = " DESC" if self.page.backward else ""
            return f"SELECT {', '.join((*places, *columns))} FROM ({rows}) AS taken ORDER BY place{descending}"
        if self.page.backward:
            return f"SELECT {', '.join(columns)} FROM ({rows}) AS taken ORDER BY {forward}"
        return rows

    def _between(self) -> list[str]:
        bounds = ((">", self.page.after), ("<", self.page.before))
        return [self._compare(sign, [self.scribe.bind(key) for key in bound]) for sign, bound in bounds if bound]

    def _compare(self, sign: str, values: Sequence[str]) -> str:
        return f"({', '.join(self.keys)}) {sign} ({', '.join(values)})"

    def _page_info(self, part: PageInfo, name: str) -> Json:
        pieces: list[str | Json] = []
        for number, (key, field) in enumerate(part.members):
            pieces += [("," if number else "{") + f'"{key}":', self._page_member(field, name)]
        return Json(concatenated([*pieces, "}" if pieces else "{}"]))

    def _page_member(self, field: str, name: str) -> Json:
        if field == "__typename":
            return name_of_type("PageInfo")
        if field not in self._of_page():
            return _boolean(self._beyond(name))
        size = self._size()
        if field in _CURSORS:
            first = (field == "startCursor") != self.page.backward
            last = f"CASE WHEN fetched > {size} THEN {size} ELSE fetched END"
            condition = f"place = 1 AND {size} > 0" if first else f"place = {last}"
            return _cursor_or_null(f"min(CASE WHEN {condition} THEN cursor END)")
        return _boolean(f"count(*) > {size}")

    def _of_page(self) -> tuple[str, ...]:
        """The fields of ``pageInfo`` that are aggregates of the page's rows."""
        return (*_CURSORS, "hasPreviousPage" if self.page.backward else "hasNextPage")

    def _reads_page(self) -> bool:
        shown = [name for _, part in self.connection.parts if isinstance(part, PageInfo) for _, name in part.members]
        return any(name in self._of_page() for name in shown)

    def _beyond(self, name: str) -> str:
        """Whether there are rows on the side that the page was not cut on."""
        of_parent = self.scribe.of_parent(self.level)
        found: list[str] = []
        bound, sign = (self.page.before, ">=") if self.page.backward else (self.page.after, "<=")
        if bound:
            condition = self._compare(sign, [self.scribe.bind(key) for key in bound])
            found.append(f"EXISTS (SELECT 1 FROM {name}{where([*of_parent, condition])})")
        if self.page.offset:
            exists = f"EXISTS (SELECT 1 FROM {name}{where(of_parent)})"
            found.append(f"({self.scribe.bind(self.page.offset)} > 0 AND {exists})")
        return " OR ".join(found) or "1 = 0"


def where(conditions: Sequence[str]) -> str:
    """A WHERE clause, or nothing."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _boolean(sql: str) -> Json:
    return Json(f"CASE WHEN {sql} THEN 'true' ELSE 'false' END")


def _cursor_or_null(sql: str) -> Json:
    return Json(f"coalesce('\"' || {sql} || '\"', 'null')")


def _shows_cursor(part: Part) -> bool:
    return isinstance(part, PageInfo) and any(name in _CURSORS for _, name in part.members)
