"""A connection's page and its edges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.oracle import cursors, paging
from tests.oracle.declared import Model
from tests.oracle.grouping import GroupConnection
from tests.oracle.ordering import Order
from tests.oracle.summing import Part, Summary

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record


@dataclass(frozen=True, slots=True)
class Connection(Part):
    """A page of a connection, named as `School.students`; `order` is None where it is the default one."""

    name: str
    model: Model
    order: Order | None
    records: Sequence["Record"]
    page: paging.Page["Record"]

    def part(self, graph: "Graph", name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The value of a field: of the page, or of all rows."""
        rows = self.page.rows
        if name == "pageInfo":
            return {
                "hasNextPage": self.page.has_next,
                "hasPreviousPage": self.page.has_previous,
                "startCursor": self.cursor(graph, rows[0]) if rows else None,
                "endCursor": self.cursor(graph, rows[-1]) if rows else None,
            }
        if name == "aggregate":
            return Summary(self.model, self.records)
        if name == "groups":
            return GroupConnection.of(graph, self.model, self.records, arguments)
        edges = [Edge(self, record) for record in rows]
        return {"totalCount": len(self.records), "nodes": rows, "edges": edges}[name]

    def cursor(self, graph: "Graph", record: "Record") -> str:
        """The cursor of a row."""
        if self.order is not None:
            return self.order.write(graph, record)
        return cursors.write(self.name, record.values["id"])


@dataclass(frozen=True, slots=True)
class Edge(Part):
    """A row of a connection."""

    connection: Connection
    record: "Record"

    def part(self, graph: "Graph", name: str, _: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The row, or its cursor."""
        return self.record if name == "node" else self.connection.cursor(graph, self.record)
