"""The rule for changing the graph: what clients rely on goes only after it was deprecated for a year, with dates.

The rule in words is in docs/schema-changes.md.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from graphql import (
    REMOVE,
    DirectiveNode,
    DocumentNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    InputValueDefinitionNode,
    Node,
    StringValueNode,
    Visitor,
    build_ast_schema,
    find_breaking_changes,
    is_interface_type,
    parse,
    print_ast,
    visit,
)

from hub.errors import BadInputError

_DATES: Final = re.compile(r"\S.* Since (\d{4}-\d\d-\d\d); goes after (\d{4}-\d\d-\d\d)\.")
_LEAST_DAYS: Final = 365


class UnreadableSchemaError(BadInputError):
    """The text is no GraphQL schema."""


@dataclass(frozen=True)
class Deprecation:
    """Since when a thing is deprecated, and the last day on which it must be there."""

    since: date
    until: date

    @classmethod
    def read(cls, reason: str) -> Self | None:
        """Read the reason of a `@deprecated`; None when it does not give both dates as the rule asks, a year apart."""
        found = _DATES.fullmatch(reason)
        if found is None:
            return None
        try:
            made = cls(*map(date.fromisoformat, found.groups()))
        except ValueError:
            return None
        return made if (made.until - made.since).days >= _LEAST_DAYS else None


def plain(sdl: str) -> str:
    """Give a schema without its descriptions: what clients can rely on, and no more."""
    return print_ast(visit(_parsed(sdl), _Plain())) + "\n"


def complaints(released: str, now: str, today: date) -> list[str]:
    """Give what clients of the released schema no longer find in that of now, and deprecations against the rule."""
    before = visit(_parsed(released), _Expired(today))
    schema = build_ast_schema(_parsed(now))
    broken = [change.description for change in find_breaking_changes(_reachable(build_ast_schema(before)), schema)]
    return [*broken, *_bad_deprecations(_parsed(now))]


def _parsed(sdl: str) -> DocumentNode:
    try:
        return parse(sdl, no_location=True)
    except GraphQLError as error:
        raise UnreadableSchemaError(f"This is no GraphQL schema: {error.message}") from error


def _reachable(schema: GraphQLSchema) -> GraphQLSchema:
    # A type goes with the last field that gave it.
    implementing = [
        made
        for named in schema.type_map.values()
        if is_interface_type(named)
        for made in schema.get_implementations(named).objects
    ]
    return GraphQLSchema(query=schema.query_type, mutation=schema.mutation_type, types=implementing)


def _bad_deprecations(document: DocumentNode) -> list[str]:
    found = _Deprecated()
    visit(document, found)
    return [
        f'{name} is deprecated for the reason "{reason}"; write what to use instead and, a year apart, '
        '"Since YYYY-MM-DD; goes after YYYY-MM-DD."'
        for name, reason in found.reasons
        if Deprecation.read(reason) is None
    ]


def _reason(directives: "tuple[DirectiveNode, ...] | None") -> str | None:
    """Give the reason of a `@deprecated`, empty when it has none; None when there is no such directive."""
    for directive in directives or ():
        if directive.name.value == "deprecated":
            values = [argument.value for argument in directive.arguments or ()]
            return next((value.value for value in values if isinstance(value, StringValueNode)), "")
    return None


_Deprecable = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode


class _Plain(Visitor):
    def leave(self, node: Node, *_: Any) -> Node | None:  # noqa: ANN401 -- graphql-core's signature
        if getattr(node, "description", None) is None:
            return None
        return type(node)(**{key: getattr(node, key) for key in node.keys if key != "description"})


class _Expired(Visitor):
    """Takes away what may be gone today."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today

    def enter(self, node: Node, *_: Any) -> Any:  # noqa: ANN401 -- graphql-core's signature
        if isinstance(node, _Deprecable):
            deprecation = Deprecation.read(_reason(node.directives) or "")
            if deprecation is not None and deprecation.until < self._today:
                return REMOVE
        return None


class _Deprecated(Visitor):
    """Collects the reasons."""

    def __init__(self) -> None:
        super().__init__()
        self.reasons: list[tuple[str, str]] = []

    def enter(self, node: Node, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:  # noqa: ANN401 -- graphql-core's signature
        if isinstance(node, _Deprecable):
            reason = _reason(node.directives)
            if reason is not None:
                above = [one.name.value for one in ancestors if getattr(one, "name", None) is not None]
                self.reasons.append((".".join([*above, node.name.value]), reason))
