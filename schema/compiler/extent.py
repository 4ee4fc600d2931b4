"""How far a document extends once its fragments stand where they are spread, known before anything else looks at it.

Each selection set is read once and each fragment is summed once, so the work is linear in the document's size whatever
fragments spread what. Only a document whose sum is within the limits is then walked as it stands, to find how many of
its fields have to be compared with one another: that is what makes graphql-core's validation quadratic.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from schema.compiler.errors import CostExceededError
from schema.compiler.parameters import Limits

_DIRECTIVES_AT_ONCE: Final = 4
"""Directives at one place: a query has two, and neither may be repeated."""


class FragmentCycleError(GraphQLError):
    """A fragment spreads itself, at once or through others."""

    def __init__(self, names: Sequence[str]) -> None:
        shown = " -> ".join(name[:100] for name in [*names[:5], names[0]])
        super().__init__(
            f"The fragment {names[0][:100]} spreads itself ({shown}); take one of the spreads out.",
            extensions={"code": "BAD_USER_INPUT"},
        )


@dataclass(slots=True)
class Extent:
    """What a selection set holds: ``selections`` are its fields, spreads and inline fragments, ``depth`` is fields'."""

    selections: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0

    def add(self, other: "Extent", depth: int) -> None:
        """Take in what stands ``depth`` fields deep."""
        self.selections += other.selections
        self.aliases += other.aliases
        self.directives += other.directives
        self.depth = max(self.depth, depth + other.depth if other.depth else 0)


@dataclass(slots=True)
class _Part:
    """A definition as it is written: its own extent, and the fragments it spreads, each with the depth it stands at."""

    own: Extent = field(default_factory=Extent)
    spreads: list[tuple[str, int]] = field(default_factory=list)
    most_directives: int = 0


def check(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document that extends too far: CostExceededError with the number and the limit; FragmentCycleError."""
    # Like graphql-core, of fragments with one name the last.
    fragments = {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
    parts = {id(one): _read(one) for one in _definitions(document)}
    whole = _sum({name: parts[id(one)] for name, one in fragments.items()})
    spread = {name for part in parts.values() for name, _ in part.spreads}
    # What others spread is counted where it stands.
    heads = [
        one
        for one in _definitions(document)
        if not (
            isinstance(one, FragmentDefinitionNode) and one.name.value in spread and fragments[one.name.value] is one
        )
    ]
    total = Extent()
    for head in heads:
        total.add(_expanded(parts[id(head)], whole), 0)
    crowded = max((part.most_directives for part in parts.values()), default=0)
    _refuse("directives at one place", crowded, _DIRECTIVES_AT_ONCE)
    for what, found, most in (
        ("fields and fragments", total.selections, limits.most_fields),
        ("aliases", total.aliases, limits.most_aliases),
        ("directives", total.directives, limits.most_directives),
        ("levels of fields, one inside another", total.depth, limits.deepest_selection),
    ):
        _refuse(what, found, most)
    _refuse("pairs of fields or fragments that could stand for one answer", _pairs(heads, fragments), limits.most_pairs)


def _refuse(what: str, found: int, most: int) -> None:
    if found > most:
        raise CostExceededError(
            f"The document has {found} {what}, fragments counted where they stand; the most is {most}."
            " Ask for less at once."
        )


def _definitions(document: DocumentNode) -> Iterator[OperationDefinitionNode | FragmentDefinitionNode]:
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            yield definition


def _read(definition: OperationDefinitionNode | FragmentDefinitionNode) -> _Part:
    """Read each node of a definition once; by a stack of its own, since documents nest deeper than Python calls."""
    part = _Part()
    _count_directives(part, definition.directives)
    for variable in definition.variable_definitions or ():
        _count_directives(part, variable.directives)
    waiting: list[tuple[SelectionSetNode, int]] = [(definition.selection_set, 0)]
    while waiting:
        selection_set, depth = waiting.pop()
        for selection in selection_set.selections:
            part.own.selections += 1
            _count_directives(part, selection.directives)
            if isinstance(selection, FragmentSpreadNode):
                part.spreads.append((selection.name.value, depth))
            elif isinstance(selection, FieldNode):
                part.own.aliases += selection.alias is not None
                part.own.depth = max(part.own.depth, depth + 1)
                if selection.selection_set:
                    waiting.append((selection.selection_set, depth + 1))
            elif isinstance(selection, InlineFragmentNode):
                waiting.append((selection.selection_set, depth))
    return part


def _count_directives(part: _Part, directives: Sequence[DirectiveNode] | None) -> None:
    count = len(directives or ())
    part.own.directives += count
    part.most_directives = max(part.most_directives, count)


def _expanded(part: _Part, whole: Mapping[str, Extent]) -> Extent:
    total = Extent()
    total.add(part.own, 0)
    for name, depth in part.spreads:
        if name in whole:  # that a fragment is missing, validation says
            total.add(whole[name], depth)
    return total


def _sum(parts: Mapping[str, _Part]) -> Mapping[str, Extent]:
    """The extent of each fragment, those first that others spread."""
    whole: dict[str, Extent] = {}
    for first in parts:
        path = {first: iter(parts[first].spreads)} if first not in whole else {}
        while path:
            name = next(reversed(path))
            following = next((to for to, _ in path[name] if to in parts and to not in whole), None)
            if following is None:
                whole[name] = _expanded(parts[name], whole)
                del path[name]
            elif following in path:
                names = list(path)
                raise FragmentCycleError(names[names.index(following) :])
            else:
                path[following] = iter(parts[following].spreads)
    return whole


def _pairs(
    heads: Sequence[OperationDefinitionNode | FragmentDefinitionNode],
    fragments: Mapping[str, FragmentDefinitionNode],
) -> int:
    """How many pairs validation has to compare: of fields with one response key, and of fragments in one place."""
    pairs = 0
    waiting = [[head.selection_set] for head in heads]
    while waiting:
        keys: defaultdict[str, list[FieldNode]] = defaultdict(list)
        spreads = 0
        for selection in _in_one_place(waiting.pop(), fragments):
            if isinstance(selection, FieldNode):
                keys[(selection.alias or selection.name).value].append(selection)
            else:
                spreads += 1
        pairs += _pairs_of(spreads)
        for nodes in keys.values():
            # Arguments are compared by their text.
            pairs += _pairs_of(len(nodes)) * (1 + max(len(node.arguments or ()) for node in nodes))
            below = [node.selection_set for node in nodes if node.selection_set]
            if below:
                waiting.append(below)
    return pairs


def _in_one_place(
    sets: list[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Iterator[SelectionNode]:
    """The fields and spreads of these sets, those inside their fragments too."""
    while sets:
        for selection in sets.pop().selections:
            if isinstance(selection, InlineFragmentNode):
                sets.append(selection.selection_set)
                continue
            if isinstance(selection, FragmentSpreadNode) and selection.name.value in fragments:
                sets.append(fragments[selection.name.value].selection_set)
            yield selection


def _pairs_of(count: int) -> int:
    return count * (count - 1) // 2
