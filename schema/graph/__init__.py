"""The GraphQL face: Strawberry types made from the model, and the root fields that the compiler answers."""

from schema.graph.context import GraphContext
from schema.graph.roles import Sight, narrowed_by
from schema.graph.schema import Schemas, build_model, build_schema

__all__ = ["GraphContext", "Schemas", "Sight", "build_model", "build_schema", "narrowed_by"]
