"""Random valid operations over the graph, drawn from its SDL.

`hypothesis-graphql` draws neither variables, directives, named fragments nor cursors, and cannot hold back the size of
an answer; so these are our own. Pages are small, so that an answer is, however deep the operation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphql import (
    GraphQLBoolean,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from tests.oracle.arguments import Given, draw_arguments
from tests.oracle.connections import is_connection
from tests.oracle.declared import exposed
from tests.oracle.grouping import member_of
from tests.oracle.groups import draw_having
from tests.oracle.literals import has_parts, write
from tests.oracle.orders import draw_order, flipped
from tests.oracle.vocabulary import Vocabulary
from tests.oracle.wheres import DEPTH as WHERE_DEPTH
from tests.oracle.wheres import draw_where

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]

DEPTH = 5
LARGEST_ANSWER = 120
_WRAPPERS = ("Connection", "Edge", "Group")
"""What the names of types end with that stand between a list and its rows."""

_DEFAULT_SIZE = 20
"""What a page without a size is taken to hold; there are no more rows of most kinds."""

# Names that the statement uses itself, tables, names alike but for case, one longer than PostgreSQL keeps.
_ALIASES = ("x", "X", "select", "parent", "key1", "page", "academic_year", "grade_code", "current_year", "long_" * 20)


@dataclass(frozen=True, slots=True)
class Operation:
    """A document of one operation, its variables, and perhaps others to ask it with afterwards."""

    query: str
    variables: Mapping[str, Any]
    others: Mapping[str, Any] | None = None

    def requests(self) -> list[Mapping[str, Any]]:
        """The variables of each request, in order; the first comes again at the end, when its plan is known."""
        return [self.variables] if self.others is None else [self.variables, self.others, self.variables]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A named fragment, the number of objects it was drawn to stand in, and what those are grouped by."""

    name: str
    on: str
    outer: int
    by: Sequence[str]
    text: str


@st.composite
def operations(draw: Draw[Any], vocabulary: Vocabulary) -> Operation:
    """An operation of one to three root fields."""
    drawing = _Drawing(draw, vocabulary)
    query = vocabulary.schema.query_type
    assert query is not None
    selections = drawing.selections(query, DEPTH, 1, most=3)
    definitions = f"({', '.join(drawing.definitions)})" if drawing.definitions else ""
    head = "" if not definitions and drawing.chance(2) else f"query Q{definitions} "
    query_text = "\n".join((head + selections, *(f.text for f in drawing.fragments)))
    return Operation(query_text, drawing.variables, drawing.other_variables())


@dataclass(slots=True)
class _Drawing:
    """One operation in the making; `by` is what the groups are grouped by that a selection stands in, if any.

    `outer` is how many objects a selection is likely to stand in, at most; `kinds` are the types of the variables that
    a later request may have other values of.
    """

    draw: Draw[Any]
    vocabulary: Vocabulary
    definitions: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[Fragment] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    by: Sequence[str] = ()
    keys: set[str] = field(default_factory=set)
    bare: dict[tuple[str, str], str] = field(default_factory=dict)

    def one_of(self, values: Sequence[T]) -> T:
        chosen: T = self.draw(st.sampled_from(values))
        return chosen

    def chance(self, of: int) -> bool:
        """True once in so many; the simplest operation is one where it never was."""
        return bool(self.draw(st.integers(0, of - 1)) == of - 1)

    # Selections

    def selections(  # noqa: PLR0913
        self, parent: GraphQLObjectType, depth: int, outer: int, *, most: int = 4, nest: int = 2, alias: bool = False
    ) -> str:
        """A selection set of an object type; `alias` where other types' fields stand beside it."""
        count = self.draw(st.integers(1, min(most, max(2, depth - 1))))
        parts = [self.selection(parent, depth, outer, nest=nest, alias=alias) for _ in range(count)]
        if parent.name.endswith("Group") and not self.chance(4):
            # Without their keys groups look alike.
            parts.insert(0, self.named(parent, "key", depth, outer, nest=nest, alias=alias))
        return f"{{ {' '.join(parts)} }}"

    def selection(self, parent: GraphQLObjectType, depth: int, outer: int, *, nest: int, alias: bool) -> str:
        if nest and self.chance(8):
            on = self.one_of([f" on {parent.name}", "", *(f" on {i.name}" for i in parent.interfaces)])
            if on == " on Node":
                return f"...{on}{self.directive()} {{ {self.one_of(['id', '__typename', 'id __typename'])} }}"
            inner = self.selections(parent, depth, outer, most=2, nest=nest - 1, alias=alias)
            return f"...{on}{self.directive()} {inner}"
        if nest and not alias and self.chance(8):
            return f"...{self.fragment(parent, depth, outer, nest)}{self.directive()}"
        return self.field(parent, depth, outer, nest=nest, alias=alias)

    def fragment(self, parent: GraphQLObjectType, depth: int, outer: int, nest: int) -> str:
        known = [f.name for f in self.fragments if f.on == parent.name and outer <= f.outer and f.by == self.by]
        if known and self.chance(2):
            return self.one_of(known)
        inner = self.selections(parent, depth, outer, most=2, nest=nest - 1)
        name = f"F{len(self.fragments)}"
        self.fragments.append(Fragment(name, parent.name, outer, self.by, f"fragment {name} on {parent.name} {inner}"))
        return name

    def directive(self) -> str:
        if not self.chance(8):
            return ""
        value = self.draw(st.booleans())
        condition = Given("if", GraphQLNonNull(GraphQLBoolean), value)
        return f" @{self.one_of(['include', 'skip'])}({self.given(condition)})"

    # Fields

    def field(self, parent: GraphQLObjectType, depth: int, outer: int, *, nest: int, alias: bool) -> str:
        leaves = [name for name, f in parent.fields.items() if is_leaf_type(get_named_type(f.type))]
        nested = [name for name in parent.fields if name not in leaves]
        deeper = depth > 0 and outer <= LARGEST_ANSWER
        # Wrappers of a page do not count as a level: without them nothing of a page could be asked.
        wrapper = parent.name.endswith(_WRAPPERS)
        names = nested if nested and (deeper or wrapper) and (not leaves or not self.chance(3)) else leaves
        if names is nested and not wrapper and self.chance(2):
            # Chains of to-one relations are joins of one level; a connection between them would start another.
            names = [name for name in nested if not is_connection(parent.fields[name])] or nested
        if parent.name.endswith("GroupKey") and not self.chance(40):
            names = [name for name in parent.fields if name in self.by]
        name = self.one_of(names) if names and not self.chance(20) else "__typename"
        return self.named(parent, name, depth, outer, nest=nest, alias=alias)

    def named(  # noqa: PLR0913
        self, parent: GraphQLObjectType, name: str, depth: int, outer: int, *, nest: int, alias: bool
    ) -> str:
        """A field of that name."""
        if name == "__typename":
            return f"{self.aliased(parent.name, name, '', alias=alias)}{self.directive()}"
        definition = parent.fields[name]
        given = draw_arguments(self.draw, self.vocabulary, (parent.name, name), definition, outer)
        text = ", ".join(self.given(argument) for argument in given)
        head = f"{self.aliased(parent.name, name, f'({text})' if text else '', alias=alias)}{self.directive()}"
        target = get_named_type(definition.type)
        if isinstance(target, GraphQLInterfaceType):
            return f"{head} {self.of_node(given, depth - 1, outer)}"
        if not isinstance(target, GraphQLObjectType):
            return head
        size = page_size(given) if is_connection(definition) else 1
        around, self.by = self.by, next(([*map(member_of, a.value)] for a in given if a.name == "by"), self.by)
        inner = self.selections(target, depth - (not parent.name.endswith(_WRAPPERS)), outer * size, nest=nest)
        self.by = around
        return f"{head} {inner}"

    def of_node(self, given: Sequence[Given], depth: int, outer: int) -> str:
        """What is asked of nodes: of their interface, and of some types."""
        parts = [self.one_of(["id", "__typename", "id __typename"])]
        ids = next((a.value if isinstance(a.value, list) else [a.value] for a in given), [])
        types = [name for name in dict.fromkeys(i.partition(":")[0] for i in ids) if name in self.types()]
        for name in [*types, self.one_of(self.types())]:
            if self.chance(3):
                continue
            target = self.vocabulary.schema.type_map[name]
            assert isinstance(target, GraphQLObjectType)
            inner = self.selections(target, depth, outer, nest=1, alias=True)
            parts.append(f"... on {name}{self.directive()} {inner}")
        return f"{{ {' '.join(parts)} }}"

    def types(self) -> list[str]:
        """The types that are nodes."""
        node = self.vocabulary.schema.type_map["Node"]
        assert isinstance(node, GraphQLInterfaceType)
        return sorted(found.name for found in self.vocabulary.schema.get_possible_types(node))

    def aliased(self, parent: str, name: str, arguments: str, *, alias: bool) -> str:
        """A field with an alias of its own; without one only where it merges with all others of its name."""
        same = self.bare.setdefault((parent, name), arguments) == arguments
        if same and not alias and not self.chance(4):
            return f"{name}{arguments}"
        key = self.one_of(_ALIASES)
        while key in self.keys:
            key += "_"
        self.keys.add(key)
        return f"{key}: {name}{arguments}"

    def given(self, argument: Given) -> str:
        """An argument as it is written: a literal, or a variable."""
        if self.chance(3):
            return f"{argument.name}: {self.variable(argument.declared, argument.value)}"
        lift = self.lifted if has_parts(argument.declared) else None
        return f"{argument.name}: {write(argument.value, argument.declared, lift)}"

    def lifted(self, declared: GraphQLInputType, value: Any) -> str | None:  # noqa: ANN401
        """A variable in place of a part of a `where`, sometimes."""
        if not self.chance(8):
            return None
        self.parts.add(f"v{len(self.definitions)}")
        return self.variable(declared, value)

    def variable(self, declared: GraphQLInputType, value: Any) -> str:  # noqa: ANN401
        """A new variable that holds the value, or has it for its default."""
        name = f"v{len(self.definitions)}"
        told = str(declared)
        if value is not None and self.chance(2):
            told = told.removesuffix("!") + "!"
        default = ""
        if not told.endswith("!") and self.chance(2):
            # Left out, so that its default counts.
            default = f" = {write(value, declared)}"
        else:
            self.variables[name] = value
            self.kinds[name] = told
        self.definitions.append(f"${name}: {told}{default}")
        return f"${name}"

    def other_variables(self) -> Mapping[str, Any] | None:
        """The variables with other filters and orders in them; None where none holds one."""
        # What stands in a filter asks of no list more: only so many may stand in one another.
        others = {
            name: self.other(kind, self.variables[name], 0 if name in self.parts else WHERE_DEPTH)
            for name, kind in self.kinds.items()
        }
        return {**self.variables, **others} if others != {name: self.variables[name] for name in others} else None

    def other(self, kind: str, value: Any, depth: int) -> Any:  # noqa: ANN401 - a variable
        """Another value of a type that is a filter, an order or what to group by; of any other, the same."""
        named = kind.strip("[]!")
        if isinstance(value, Mapping) and named.endswith("Where"):
            return draw_where(self.draw, self.vocabulary, named.removesuffix("Where"), depth)
        if isinstance(value, Mapping) and named.endswith("Having"):
            return draw_having(self.draw, self.vocabulary, named)
        if isinstance(value, list) and named.endswith("GroupBy"):
            return value[::-1]
        if isinstance(value, list) and named.removesuffix("Order") in exposed() and self.chance(2):
            return draw_order(self.draw, self.vocabulary, named)
        return flipped(value) if named.endswith(("Order", "Direction")) else value


def page_size(given: Sequence[Given]) -> int:
    """How many rows a page is likely to hold at most."""
    sizes: list[int] = [a.value for a in given if a.name in ("first", "last") and a.value is not None]
    return max(1, min([_DEFAULT_SIZE, *sizes]))
