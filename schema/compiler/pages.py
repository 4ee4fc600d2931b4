"""How SQL says a page: rows between cursors, in order, so many of them, and where the page stands among all rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schema.compiler.dialects import Json, boolean, concatenated, name_of_type
from schema.compiler.layout import nested, query
from schema.compiler.parameters import Parameter
from schema.compiler.plan import Page, PageInfo, Part, SortKey

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

CURSORS = ("startCursor", "endCursor")


@dataclass(slots=True)
class PageWriter:
    """Writes one page into the statement of a scribe.

    ``keys`` are the SQL of the page's sort keys, ``base`` a table and what is joined to it, ``conditions`` what holds
    of its rows. ``placed``: each row comes with its ``place`` on the page, and one row more is fetched than the page
    holds.
    """

    scribe: "Scribe"
    page: Page
    keys: Sequence[str]
    base: Sequence[str]
    conditions: Sequence[str]
    placed: bool
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Name the keys as the page's own columns."""
        self.names = [f"key{number}" for number in range(1, len(self.keys) + 1)]

    def rows(self, columns: Sequence[str]) -> str:
        """The query of the page's rows in order, with their keys, and these columns of the base."""
        backward = self.page.backward
        limit = f"{self.size()} + 1" if self.placed else self.size()
        limit += f" OFFSET {self.scribe.bind(self.page.offset)}" if self.page.offset else ""
        rows = query(
            (*self._named_keys(), *columns),
            self.base,
            [*self.conditions, *self._between()],
            order=self._order(self.keys, backward=backward),
            limit=limit,
        )
        shown = (*self.names, *columns)
        if self.placed:
            order = self._order(self.names, backward=backward)
            places = (f"row_number() OVER (ORDER BY {order}) AS place", "count(*) OVER () AS fetched")
            return query((*places, *shown), (f"{nested(rows)} AS taken",), order="place DESC" if backward else "place")
        if backward:
            return query(shown, (f"{nested(rows)} AS taken",), order=self.order())
        return rows

    def shown(self) -> list[str]:
        """The columns of the page's rows that are the page's own."""
        return [*(("place", "fetched") if self.placed else ()), *self.names]

    def order(self) -> str:
        """The order of the page's rows, by the names of their keys."""
        return self._order(self.names, backward=False)

    def size(self) -> str:
        """How many rows the page may hold."""
        return self.scribe.bind(self.page.size)

    def cursor(self) -> str:
        """The cursor of a row of the page, as text."""
        signature = self.page.signature
        years = [self.scribe.bind(year) for year in signature.years]
        keys = [(name, key.scalar, key.nullable) for name, key in zip(self.names, self.page.keys, strict=True)]
        return self.scribe.writer.cursor(signature.text, years, keys)

    def joined(self, column: str) -> Json:
        """The JSON list of a column of the page's rows."""
        only = f" FILTER (WHERE place <= {self.size()})" if self.placed else ""
        return Json(f"'[' || coalesce({self.scribe.writer.joined(column)}{only}, '') || ']'")

    def info(self, part: PageInfo) -> Json:
        """The object of ``pageInfo``."""
        pieces: list[str | Json] = []
        for number, (key, name) in enumerate(part.members):
            pieces += [("," if number else "{") + f'"{key}":', self._member(name)]
        return Json(concatenated([*pieces, "}" if pieces else "{}"]))

    def reads(self, part: Part) -> bool:
        """Whether a part of the answer is an aggregate of the page's rows."""
        return isinstance(part, PageInfo) and any(name in self._of_page() for _, name in part.members)

    def _named_keys(self) -> list[str]:
        return [key if key == name else f"{key} AS {name}" for key, name in zip(self.keys, self.names, strict=True)]

    def _order(self, keys: Sequence[str], *, backward: bool) -> str:
        return ", ".join(
            key + _direction(one, backward=backward) for key, one in zip(keys, self.page.keys, strict=True)
        )

    def _between(self) -> list[str]:
        found = []
        if self.page.after:
            found.append(self._beyond(self.page.after, forward=True))
        if self.page.before:
            found.append(self._beyond(self.page.before, forward=False))
        return found

    def _beyond(self, bound: Sequence[Parameter], *, forward: bool) -> str:
        """What holds of the rows beyond a cursor, in the page's direction or against it."""
        values = [self.scribe.bind(value) for value in bound]
        signs = {_sign(key, forward=forward) for key in self.page.keys}
        if len(signs) == 1 and not any(key.nullable for key in self.page.keys):
            return f"({', '.join(self.keys)}) {signs.pop()} ({', '.join(values)})"
        # Side by side, not one in another: SQLite's parser has a stack of 100.
        alternatives: list[str] = []
        same: list[str] = []
        for sql, value, key in zip(self.keys, values, self.page.keys, strict=True):
            alternatives.append(" AND ".join((*same, _further(sql, value, key, forward=forward))))
            same.append(_same(sql, value, key))
        condition = f"({' OR '.join(alternatives)})"
        first = self.page.keys[0]
        if first.nullable:
            return condition
        # It follows from the rest, but an index can be entered by it.
        return f"{self.keys[0]} {_sign(first, forward=forward)}= {values[0]} AND {condition}"

    def _member(self, name: str) -> Json:
        if name == "__typename":
            return name_of_type("PageInfo")
        if name not in self._of_page():
            return boolean(self._others())
        size = self.size()
        if name in CURSORS:
            first = (name == "startCursor") != self.page.backward
            last = f"CASE WHEN fetched > {size} THEN {size} ELSE fetched END"
            condition = f"place = 1 AND {size} > 0" if first else f"place = {last}"
            return Json(f"coalesce('\"' || min(CASE WHEN {condition} THEN {self.cursor()} END) || '\"', 'null')")
        return boolean(f"count(*) > {size}")

    def _of_page(self) -> tuple[str, ...]:
        return (*CURSORS, "hasPreviousPage" if self.page.backward else "hasNextPage")

    def _others(self) -> str:
        """Whether there are rows on the side that the page was not cut on."""
        found: list[str] = []
        bound = self.page.before if self.page.backward else self.page.after
        if bound:
            beyond = f"({self._beyond(bound, forward=not self.page.backward)}) IS NOT TRUE"
            found.append(f"EXISTS {nested(query(('1',), self.base, [*self.conditions, beyond]))}")
        if self.page.offset:
            exists = f"EXISTS {nested(query(('1',), self.base, self.conditions))}"
            found.append(f"({self.scribe.bind(self.page.offset)} > 0 AND {exists})")
        return " OR ".join(found) or "1 = 0"


def _direction(key: SortKey, *, backward: bool) -> str:
    direction = " DESC" if key.descending != backward else ""
    if not key.nullable:
        return direction
    return f"{direction or ' ASC'} NULLS {'FIRST' if backward else 'LAST'}"


def _sign(key: SortKey, *, forward: bool) -> str:
    return "<" if key.descending == forward else ">"


def _further(sql: str, value: str, key: SortKey, *, forward: bool) -> str:
    """What holds of the rows that this key places beyond a cursor."""
    further = f"{sql} {_sign(key, forward=forward)} {value}"
    if not key.nullable:
        return further
    nulls = f"{sql} IS NULL AND {value} IS NOT NULL" if forward else f"{sql} IS NOT NULL AND {value} IS NULL"
    return f"({further} OR {nulls})"


def _same(sql: str, value: str, key: SortKey) -> str:
    return f"{sql} IS NOT DISTINCT FROM {value}" if key.nullable else f"{sql} = {value}"
