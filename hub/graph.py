"""The hub's own graph as the service runs it. Importing this module is costly: only what asks the graph does."""

import strawberry

from hub.settings import Settings
from hub.web.admission import Admission
from schema.compiler.parameters import Limits
from schema.graph import GraphContext, build_schema

make_context = GraphContext
"""Gives an operation's context from its Reader."""


def build_graph(settings: Settings) -> strawberry.Schema:
    """Build the schema that is served: the hub's types, behind the limits of the settings. Once a process."""
    schema = build_schema(settings.current_year, Limits(largest_cost=settings.cost_limit))
    schema.extensions = (lambda: Admission(settings.token_limit), *schema.extensions)
    return schema
