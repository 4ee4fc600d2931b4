"""Documents asked before: parsed and validated once, and found again by their text."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphql import DocumentNode, GraphQLError, GraphQLSchema, validate
from graphql.validation import ASTValidationRule
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from schema.compiler import extent
from schema.compiler.parameters import Limits
from schema.graph.context import GraphContext

if TYPE_CHECKING:
    from collections import OrderedDict

_MOST_ERRORS = 10
"""Errors of one document: each looks for names like the one that is wrong, and ten say enough."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many documents are kept, and of how many characters together; one is kept however long it is.

    A character takes up to 280 bytes once parsed (five thousand tokens of one letter: 2.8 MB), and what is planned of a
    document holds its nodes.
    """

    documents: int = 64
    characters: int = 128 * 1024

    def is_exceeded_by(self, texts: Collection[str]) -> bool:
        """Whether some have to go."""
        return len(texts) > self.documents or (len(texts) > 1 and sum(map(len, texts)) > self.characters)


KEPT_OF_ROLE: Final = Kept()
KEPT_OF_NARROWED: Final = Kept(32, 32 * 1024)
"""Of a token's own schema, of which there may be many."""


@dataclass(slots=True)
class Known:
    """A document, and the errors of its validation."""

    document: DocumentNode
    errors: list[GraphQLError]


class Documents(SchemaExtension):
    """Remembers the last documents of one schema, and shows what an operation costs in `extensions.cost`.

    Strawberry's own two caches would hash the whole document for each request, to find it validated; and each extension
    more costs every request again. So this is one, and finds a document by its text.
    """

    def __init__(
        self, known: "OrderedDict[str, Known]", kept: Kept, limits: Limits, forget: Callable[[DocumentNode], None]
    ) -> None:
        """``known`` is the schema's own and holds what is ``kept``; the least used go first, as ``forget`` is told."""
        super().__init__()
        self._limits = limits
        self._known = known
        self._kept = kept
        self._forget = forget

    def on_parse(self) -> Iterator[None]:
        """Find the document, or keep it when it has been parsed; Strawberry validates only what has no errors set."""
        context = self.execution_context
        text = context.query or ""
        found = self._known.get(text)
        if found is not None:
            self._known.move_to_end(text)
            context.graphql_document = found.document
            context.pre_execution_errors = found.errors
            yield
            return
        yield
        document = context.graphql_document
        if document is not None:
            schema = context.schema._schema  # noqa: SLF001 - Strawberry has no public way to it
            errors = context.pre_execution_errors = self._errors(schema, document, context.validation_rules)
            self._known[text] = Known(document, errors)
            while self._kept.is_exceeded_by(self._known):
                _, gone = self._known.popitem(last=False)
                self._forget(gone.document)

    def _errors(
        self, schema: GraphQLSchema, document: DocumentNode, rules: tuple[type[ASTValidationRule], ...]
    ) -> list[GraphQLError]:
        """What is wrong with a document; one that extends too far is not validated at all."""
        try:
            extent.check(document, self._limits)
        except GraphQLError as error:
            return [error]
        # Strawberry's own rules are those it adds itself, where it validates.
        rules = (*rules, MaybeNullValidationRule, OneOfInputValidationRule)
        return validate(schema, document, rules, max_errors=_MOST_ERRORS)

    def get_results(self) -> dict[str, Any]:
        """The objects the operation could return, where it was measured."""
        context = self.execution_context.context
        return {"cost": context.cost} if isinstance(context, GraphContext) and context.cost is not None else {}
