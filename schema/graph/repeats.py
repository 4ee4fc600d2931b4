"""Operations asked before with the same variables: only their rows are read anew.

A dashboard asks the same few questions all day. What graphql-core and the compiler do for one (variables, defaults,
directives, cost, plan, binding) comes out the same each time for whoever sees by one schema, and takes longer than a
small statement. So what came of it is kept, and asked again nothing but the statements run.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson
from graphql import DocumentNode
from strawberry.types import ExecutionResult

from schema.compiler.prepared import Prepared
from schema.compiler.reading import Dialect
from schema.compiler.statement import LONGEST_KEPT
from schema.graph.context import GraphContext, Outcome

if TYPE_CHECKING:
    from schema.graph.documents import Known

_SIZE: Final = 64
_LONGEST_VARIABLES: Final = 4 * 1024
"""Bytes of JSON: longer ones seldom come twice."""
# Only what JSON itself holds: what else orjson writes could be coerced otherwise than the text it becomes.
_PLAIN: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS

_Key: TypeAlias = tuple[int, str | None, bytes, Dialect, bool]
"""A document by its identity, the operation's name, the variables, and what else a statement is written for."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """What came of an operation before its rows were read; ``fields`` in the answer's order.

    It holds the document, so that the document's identity stays its own.
    """

    document: DocumentNode
    operation: str | None
    cost: int
    fields: tuple[tuple[str, Prepared], ...]

    async def read(self, context: GraphContext) -> ExecutionResult | None:
        """The answer; None where a field came to an error, which `context.outcomes` then tells beside the others."""
        context.cost, context.operation = self.cost, self.operation
        outcomes: dict[str, Outcome] = {}
        has_failed = False
        for key, prepared in self.fields:
            try:
                outcomes[key] = await context.read(prepared)
            except Exception as error:  # noqa: BLE001 - graphql-core, which is told of it, knows what becomes of it
                outcomes[key] = error
                has_failed = True
        if has_failed:
            context.outcomes = outcomes
            return None
        return ExecutionResult(data=outcomes, errors=None, extensions={"cost": self.cost})


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation as it is asked for: the document's text, the operation's name, the variables' values."""

    query: str | None
    name: str | None
    variables: Mapping[str, Any] | None


@dataclass(slots=True)
class Repeats:
    """The last operations of one schema that were answered without an error; the least used go first.

    ``known`` are the schema's documents by their text.
    """

    known: "OrderedDict[str, Known]"
    _repeats: "OrderedDict[_Key, Repeat]" = field(default_factory=OrderedDict)

    def find(self, asked: Asked, context: GraphContext) -> Repeat | None:
        """What is kept of an operation asked before."""
        key = self._key(asked, context)
        if key is None or key not in self._repeats:
            return None
        self._repeats.move_to_end(key)
        self.known.move_to_end(asked.query or "")
        return self._repeats[key]

    def keep(self, asked: Asked, context: GraphContext, result: ExecutionResult) -> None:
        """Keep an operation whose answer has no error, if all of it came from the database."""
        key = self._key(asked, context)
        told = tuple(result.data or ())
        if key is None or result.errors or context.cost is None or not told or set(told) != set(context.prepared):
            return
        fields = tuple((name, context.prepared[name]) for name in told)
        if sum(len(prepared.sql) for _, prepared in fields) > LONGEST_KEPT:
            return
        document = self.known[asked.query or ""].document
        self._repeats[key] = Repeat(document, context.operation, context.cost, fields)
        if len(self._repeats) > _SIZE:
            self._repeats.popitem(last=False)

    def forget(self, document: DocumentNode) -> None:
        """Keep nothing of a document that is no longer known: its identity may become another's."""
        for key in [key for key in self._repeats if key[0] == id(document)]:
            del self._repeats[key]

    def _key(self, asked: Asked, context: GraphContext) -> _Key | None:
        """What tells operations apart; None of a document that is not known, and of variables that are not kept."""
        found = self.known.get(asked.query or "")
        if found is None:
            return None
        try:
            variables = orjson.dumps(asked.variables, option=_PLAIN)
        except TypeError:
            return None
        if len(variables) > _LONGEST_VARIABLES:
            return None
        return id(found.document), asked.name, variables, context.reader.dialect, context.recorder is not None
