"""The seam through which the database's JSON reaches the client without becoming Python objects."""

from typing import Any, ClassVar

from graphql import ExecutionResult
from orjson import Fragment
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.compiler.compiler import Compiler
from schema.compiler.cost import CostExceededError
from schema.graph.context import GraphContext


class FragmentExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor, which runs nothing that costs too much, and takes JSON from the database as complete.

    Everything else (parsing, validation, variables, directives on root fields, errors) stays graphql-core's own.
    """

    compiler: ClassVar[Compiler]

    def execute_operation(self, serially: bool | None = None) -> Any:  # noqa: ANN401, FBT001 - graphql-core's signature
        """Measure the operation, then execute it."""
        variables = self.variable_values.coerced
        try:
            cost = self.compiler.cost(self.schema, self.operation, self.fragment_definitions, variables)
        except CostExceededError as error:
            return ExecutionResult(None, [error])
        if isinstance(self.context_value, GraphContext):
            self.context_value.cost = cost.objects
        return super().execute_operation(serially)

    def complete_value(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - graphql-core's own signature
        """Pass a fragment on as it is; the result is the fifth positional argument."""
        result = arguments[4]
        return result if type(result) is Fragment else super().complete_value(*arguments, **options)


def executor_of(compiler: Compiler) -> type[FragmentExecutor]:
    """The executor that measures by a compiler's model and limits."""
    return type("CompilerExecutor", (FragmentExecutor,), {"compiler": compiler})
