"""Strawberry's schema as the graph needs it: what is asked again and again costs little."""

from collections.abc import Iterable
from typing import Any

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType

from schema.graph.context import GraphContext
from schema.graph.repeats import Asked, Repeats
from schema.graph.stages import StagesRunner


class GraphSchema(strawberry.Schema):
    """Strawberry's schema, whose extensions cost less for each request, and an operation asked again less still."""

    repeats: Repeats

    async def execute(  # noqa: PLR0913, PLR0917 - Strawberry's own signature
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,  # noqa: ANN401 - as above
        root_value: Any | None = None,  # noqa: ANN401 - as above
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Answer one operation. Nothing but queries is ever repeated, and they are allowed everywhere."""
        asked = Asked(query, operation_name, variable_values)
        context = context_value if isinstance(context_value, GraphContext) else None
        if context is not None:
            repeat = self.repeats.find(asked, context)
            answered = None if repeat is None else await repeat.read(context)
            if answered is not None:
                return answered
        result = await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed_operation_types,
            operation_extensions,
        )
        if context is not None:
            self.repeats.keep(asked, context, result)
        return result

    def create_extensions_runner(
        self, execution_context: ExecutionContext, extensions: list[SchemaExtension]
    ) -> StagesRunner:
        """What runs the extensions of one operation."""
        return StagesRunner(execution_context, extensions)
