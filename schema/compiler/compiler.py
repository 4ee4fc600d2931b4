"""The compiler: prepares a root field as one statement, made once for each shape of a request."""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode

from schema.compiler import global_ids
from schema.compiler.builder import Builder
from schema.compiler.cost import Cost, Meter
from schema.compiler.errors import CostExceededError
from schema.compiler.parameters import Limits, Parameter, Slot, bind
from schema.compiler.prepared import Prepared
from schema.compiler.reading import Dialect
from schema.compiler.roots import Root, selected_root
from schema.compiler.selection import Info, Selection
from schema.compiler.statement import LONGEST_KEPT, Statement, write
from schema.model.entities import Model
from schema.model.summaries import Direction, GroupBy
from schema.policy import Reach


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement ready to be bound, and the parameters it does not need but that must be sound all the same.

    It holds the operation, so that the operation's identity stays its own.
    """

    operation: OperationDefinitionNode
    statement: Statement
    slots: tuple[Slot, ...]
    unused: tuple[Parameter, ...]
    personal: frozenset[str] = frozenset()


@dataclass(slots=True)
class Compiler:
    """Plans and prepares root fields of one model, for identities of one ``reach``.

    ``size`` plans are kept, the least used go first.
    """

    model: Model
    limits: Limits = field(default_factory=Limits)
    size: int = 128
    reach: Reach = Reach.ALL
    _plans: "OrderedDict[tuple[Hashable, ...], Compiled]" = field(default_factory=OrderedDict)
    _costs: "OrderedDict[tuple[Hashable, ...], tuple[OperationDefinitionNode, Cost]]" = field(
        default_factory=OrderedDict
    )

    def cost(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, Any],
    ) -> Cost:
        """What an operation could cost, measured or remembered; CostExceededError when it is over a limit."""
        key = (id(operation), tuple((name, _size(value)) for name, value in variables.items()))
        found = self._costs.get(key)
        if found is None:
            measured = Meter(self.model, self.limits, Selection(schema, operation, fragments, variables)).measure()
            found = self._costs[key] = (operation, measured)
            if len(self._costs) > self.size:
                self._costs.popitem(last=False)
        else:
            self._costs.move_to_end(key)
        return found[1]

    def forget(self, document: DocumentNode) -> None:
        """Keep nothing of a document that will not be asked by again: what is kept of it holds all its nodes."""
        gone = {id(one) for one in document.definitions}
        for known in (self._plans, self._costs):
            for key in [key for key in known if key[0] in gone]:
                del known[key]

    def prepare(self, root: Root, info: Info, dialect: Dialect, *, marks: bool = False) -> Prepared:
        """A root field as it is asked for, ready to be read; BadUserInputError, CostExceededError.

        ``marks``: its answer is marked with pupils, for a recorder.
        """
        selection = Selection.of(info)
        compiled = self.compiled(root, info, selection, dialect, marks=marks)
        statement = compiled.statement
        return Prepared(
            statement.sql,
            bind(compiled.slots, statement.parameters, compiled.unused, selection.variables),
            self.reach,
            is_marked=statement.is_marked,
            personal=compiled.personal,
            alone=_is_alone(info.operation),
            missing=root.missing,
        )

    def compiled(
        self, root: Root, info: Info, selection: Selection, dialect: Dialect, *, marks: bool = False
    ) -> Compiled:
        """The statement for a request of this shape, from the cache or made now; ``marks``: its answer is marked."""
        selected = selected_root(info)
        shape = root.shape(Builder(self.model, selection, self.limits), selected)
        variables = tuple((name, _shape(value)) for name, value in selection.variables.coerced.items())
        key = (id(info.operation), selected.key, dialect, marks, variables, shape)
        found = self._plans.get(key)
        if found is None:
            plan = root.plan(Builder(self.model, selection, self.limits), selected)
            statement = write(plan, self.model, dialect, self.reach, marks=marks)
            if len(statement.parameters) > self.limits.most_parameters:
                raise CostExceededError(
                    f"{selected.key} asks for {len(statement.parameters)} values to be compared; the most is"
                    f" {self.limits.most_parameters}. Ask for less at once."
                )
            bound = {parameter.identity for parameter in statement.parameters}
            unused = tuple(parameter for parameter in plan.parameters if parameter.identity not in bound)
            found = Compiled(info.operation, statement, plan.slots, unused, plan.personal)
            if len(statement.sql) <= LONGEST_KEPT:
                self._plans[key] = found
            if len(self._plans) > self.size:
                self._plans.popitem(last=False)
        else:
            self._plans.move_to_end(key)
        return found


def _size(value: object) -> Hashable:
    """What of a variable's value can change the cost.

    That is a size, a Boolean in a directive, the types in ids and how many of each, the keys of a filter or an order.
    """
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(one, Mapping) for one in value)):
        return _keys(value)
    if isinstance(value, list):
        return frozenset(Counter(_size(inner) if isinstance(inner, str) else "value" for inner in value).items())
    if isinstance(value, str):
        return global_ids.type_named(value)
    return value if value is None or isinstance(value, bool | int) else "value"


def _keys(value: object) -> Hashable:
    """The keys in a filter or an order, whatever its values."""
    if isinstance(value, Mapping):
        return tuple((key, _keys(inner)) for key, inner in value.items())
    return tuple(_keys(inner) for inner in value if isinstance(inner, Mapping)) if isinstance(value, list) else "value"


def _shape(value: object) -> Hashable:
    """What of a value can shape a plan: its keys, its nulls, directions, what is grouped by, and its Booleans.

    A Boolean may stand in a directive.
    """
    if isinstance(value, Mapping):
        return tuple((key, _shape(inner)) for key, inner in value.items())
    if isinstance(value, list) and any(isinstance(inner, Mapping | GroupBy) for inner in value):
        return tuple(map(_shape, value))
    return value if value is None or isinstance(value, bool | Direction | GroupBy) else "value"


def _is_alone(operation: OperationDefinitionNode) -> bool:
    selections = operation.selection_set.selections
    return len(selections) == 1 and isinstance(selections[0], FieldNode)
