"""The GraphQL face: Strawberry types made from the model, and the root fields that the compiler answers."""

from schema.graph.context import GraphContext
from schema.graph.schema import build_model, build_schema

__all__ = ["GraphContext", "build_model", "build_schema"]
