"""Walks: a connection, or its groups, asked for page by page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.oracle.comparison import Engine, Engines
from tests.oracle.connections import ConnectionField
from tests.oracle.declared import exposed

if TYPE_CHECKING:
    from tests.oracle.listing import Connection

YEAR: Final = 2561


@dataclass(frozen=True, slots=True)
class Walk:
    """A connection of one parent, the one with most rows: its global id, None at the root."""

    field: ConnectionField
    parent: str | None

    @classmethod
    def fullest(cls, engine: Engine, connection: ConnectionField) -> "Walk":
        """The connection of the parent with most rows."""
        if connection.owner == "Query":
            return cls(connection, None)
        graph = engine.oracle.graph
        given = {"year": YEAR} if connection.takes_year else {}
        parents = [
            (graph.member(row, "id", {}), len(graph.related(row, connection.name, given)))
            for row in graph.all(exposed()[connection.owner])
        ]
        return cls(connection, max(parents, key=lambda pair: pair[1])[0])

    def whole(self, engine: Engine, arguments: Mapping[str, Any]) -> "Connection":
        """What the oracle says of the connection."""
        graph = engine.oracle.graph
        given = {"first": 1000, **({"year": YEAR} if self.field.takes_year else {}), **arguments}
        if self.parent is None:
            found: Connection = graph.root(self.field.name, given)
        else:
            found = graph.member(graph.node(self.parent), self.field.name, given)  # type: ignore[arg-type]
        return found

    def query(self, *, forward: bool, order: str | None = None) -> str:
        """A query for a page; `$size`, `$at` and `$order` are variables, so that the hub plans it once or twice."""
        arguments = ("first: $size, after: $at" if forward else "last: $size, before: $at", "orderBy: $order")
        shown = _shown("hasNextPage", "endCursor") if forward else _shown("hasPreviousPage", "startCursor")
        page = f"page: {self.field.name}({self._given(*arguments[: 1 if order is None else 2])}) {shown}"
        return self._asked("" if order is None else f", $order: [{order}!]", page)

    def of_groups(self, by: str, order: str) -> str:
        """A query for a page of groups; what they are `by` is a variable too."""
        given = self._given()
        groups = (
            f"page: groups(by: $by, orderBy: $order, first: $size, after: $at) {_shown('hasNextPage', 'endCursor')}"
        )
        rows = f"rows: {self.field.name}{f'({given})' if given else ''} {{ {groups} }}"
        return self._asked(f", $by: [{by}!]!, $order: [{order}!]", rows)

    def _given(self, *arguments: str) -> str:
        return ", ".join((*((f"year: {YEAR}",) if self.field.takes_year else ()), *arguments))

    def _asked(self, variables: str, field: str) -> str:
        if self.parent is not None:
            field = f'parent: node(id: "{self.parent}") {{ ... on {self.field.owner} {{ {field} }} }}'
        return f"query Q($size: Int!, $at: String{variables}) {{ {field} }}"


def _shown(more: str, end: str) -> str:
    return f"{{ edges {{ cursor }} pageInfo {{ more: {more} end: {end} }} }}"


def walk(engines: Engines, engine: Engine, query: str, variables: Mapping[str, Any]) -> Iterator[list[str]]:
    """The hub's cursors, page by page."""
    at: str | None = None
    while True:
        data = engines.show(engine, query, {**variables, "at": at})
        data = data.get("parent", data)
        page = data.get("rows", data)["page"]
        yield [edge["cursor"] for edge in page["edges"]]
        if not page["pageInfo"]["more"]:
            return
        at = page["pageInfo"]["end"]
