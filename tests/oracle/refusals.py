"""Which root fields of an operation are refused, and with what code: a root field is whole or an error."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
    get_named_type,
)
from graphql.execution.values import VariableValues

from tests.oracle import cursors, group_refusals, paging
from tests.oracle.ordering import Order
from tests.oracle.rows import Rows
from tests.oracle.where_refusals import YEARS, cannot_be_asked, is_global_id, is_text

BAD_USER_INPUT, NOT_FOUND = "BAD_USER_INPUT", "NOT_FOUND"
LONGEST_LIST = 1000


class Refusals:
    """Judges the arguments of an operation's fields, whether any row reaches them or not."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        rows: Rows,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._nodes = {found.name for found in schema.get_possible_types(schema.type_map["Node"])}  # type: ignore[arg-type]
        self._calendar = {year["be_year"] for year in rows["academic_year"]}

    def of_root(self, selections: SelectionSetNode) -> dict[str, str]:
        """The codes of the refused root fields, by response key."""
        query = self._schema.query_type
        assert query is not None
        codes: dict[str, str] = {}
        for node in self._fields(query, selections):
            key = node.alias.value if node.alias else node.name.value
            # What can be refused without a look at the data is.
            found = {*self._codes(query, node), *([codes[key]] if key in codes else [])}
            if found:
                codes[key] = min(found)
        return codes

    def _codes(self, owner: GraphQLObjectType, node: FieldNode, by: Sequence[str] = ()) -> Iterator[str]:
        """The codes of a field and of what is selected of it; of a group's keys, those it is grouped `by` are good."""
        definition = owner.fields.get(node.name.value)
        if definition is None:  # __typename
            return
        arguments = get_argument_values(definition, node, self._variables)
        if owner.name == "Query" and node.name.value in ("indicators", "destinations"):
            yield from self._of_years(arguments.get("years"))
        elif is_refused(
            owner.name, node.name.value, definition, arguments, self._nodes
        ) or group_refusals.is_key_refused(owner.name, node.name.value, by):
            yield BAD_USER_INPUT
            return
        if node.selection_set is None:
            return
        for target in self._targets(get_named_type(definition.type).name, arguments):
            for inner in self._fields(target, node.selection_set):
                yield from self._codes(target, inner, arguments.get("by", by))

    def _targets(self, name: str, arguments: Mapping[str, Any]) -> list[GraphQLObjectType]:
        """The types of the objects that a field can give; of nodes, those that the ids name."""
        ids = arguments.get("ids", [arguments.get("id")])
        names = {global_id.partition(":")[0] for global_id in ids} if name == "Node" else {name}
        types = [self._schema.type_map[name] for name in sorted(names)]
        return [found for found in types if isinstance(found, GraphQLObjectType)]

    def _fields(self, owner: GraphQLObjectType, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """The fields that are selected of an object, as directives and type conditions have it."""
        for selection in selections.selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                yield selection
                continue
            fragment: FragmentDefinitionNode | InlineFragmentNode
            if isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
            else:
                assert isinstance(selection, InlineFragmentNode)
                fragment = selection
            condition = fragment.type_condition
            names = {owner.name, *(interface.name for interface in owner.interfaces)}
            if condition is None or condition.name.value in names:
                yield from self._fields(owner, fragment.selection_set)

    def _is_included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self._variables) or {"if": False}
        include = get_directive_values(GraphQLIncludeDirective, node, self._variables) or {"if": True}
        return bool(include["if"]) and not skip["if"]

    def _of_years(self, years: list[int] | None) -> Iterator[str]:
        if years is None:
            return
        if len(years) > LONGEST_LIST or any(year not in YEARS for year in years):
            yield BAD_USER_INPUT
        elif not set(years) <= self._calendar:
            yield NOT_FOUND


def is_refused(
    owner: str, name: str, definition: GraphQLField, arguments: Mapping[str, Any], nodes: Collection[str]
) -> bool:
    """Whether a field's arguments cannot be answered; `nodes` are the types whose ids are known."""
    kind = get_named_type(definition.type).name
    if "by" in definition.args:
        refused = group_refusals.is_refused(kind.removesuffix("GroupConnection"), arguments)
    else:
        refused = _is_order_refused(f"{owner}.{name}", kind.removesuffix("Connection"), arguments)
    if refused or paging.is_refused(arguments) or _is_filter_refused(definition, arguments, nodes):
        return True
    years = [arguments[name] for name in ("year", "since") if arguments.get(name) is not None]
    if owner != "Query" and any(year not in YEARS for year in years):
        return True
    if len(arguments.get("ids", ())) > LONGEST_LIST:
        return True
    ids = [*arguments.get("ids", ()), *([arguments["id"]] if "id" in arguments else [])]
    if not all(is_global_id(global_id, nodes) for global_id in ids):
        return True
    return not all(is_text(value) for value in arguments.values() if isinstance(value, str))


def _is_filter_refused(definition: GraphQLField, arguments: Mapping[str, Any], nodes: Collection[str]) -> bool:
    return any(
        arguments.get(name) is not None and cannot_be_asked(arguments[name], definition.args[name].type, nodes)
        for name in ("where", "having")
    )


def _is_order_refused(connection: str, type_name: str, arguments: Mapping[str, Any]) -> bool:
    order = Order.of(type_name, arguments.get("orderBy"))
    # The schools of who asks are those of the root.
    read = partial(cursors.read, connection.replace("Me.", "Query.")) if order is None else order.read
    sides = [arguments[side] for side in ("after", "before") if arguments.get(side) is not None]
    return (order is not None and order.is_refused) or any(read(cursor) is None for cursor in sides)
