"""What is told of who asks."""

from typing import TYPE_CHECKING, Any

from tests.oracle.declared import exposed

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph


def told(graph: "Graph") -> dict[str, Any]:
    """The identity, the schools that it may read, and its teacher."""
    identity = graph.identity
    ends = identity.expires_at
    return {
        "name": identity.name,
        "role": identity.role.name,
        "purpose": identity.purpose,
        "expiresAt": ends and ends.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "only": sorted(identity.narrowing.only),
        "without": sorted(identity.narrowing.without),
        "schools": lambda **arguments: graph.connection("Query.schools", graph.all(exposed()["School"]), arguments),
        "teacher": graph.by_id(exposed()["Teacher"], identity.scope.teacher),
    }
