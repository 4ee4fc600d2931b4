"""The hub's own graph as the service runs it. Importing this module is costly: only what asks the graph does."""

import strawberry

from hub.settings import Settings
from hub.web.admission import Admission
from schema.compiler.parameters import Limits
from schema.compiler.reading import Reader, Recorder
from schema.graph import GraphContext, Schemas, Sight
from schema.policy import Identity


class Graph:
    """The schemas that are served: one for each role, behind the limits of the settings. Once a process."""

    def __init__(self, settings: Settings) -> None:
        """Builds the whole graph, which takes seconds."""

        def admit(schema: strawberry.Schema) -> None:
            schema.extensions = (lambda: Admission(settings.token_limit), *schema.extensions)

        self._schemas = Schemas(settings.current_year, limits_of(settings), prepare=admit)

    def of(self, identity: Identity) -> strawberry.Schema:
        """Give the schema of what an identity may read."""
        return self._schemas.of(Sight.of(identity))

    @staticmethod
    def context(reader: Reader, identity: Identity, recorder: Recorder | None = None) -> GraphContext:
        """Give the context of one operation; the recorder takes down what is read of pupils."""
        return GraphContext(reader, scope=identity.scope, recorder=recorder, identity=identity)


def limits_of(settings: Settings) -> Limits:
    """Give what a request may ask for, by the settings."""
    return Limits(
        largest_cost=settings.cost_limit,
        most_fields=settings.field_limit,
        most_aliases=settings.alias_limit,
        most_directives=settings.directive_limit,
        deepest_selection=settings.depth_limit,
        most_pairs=settings.pair_limit,
    )
