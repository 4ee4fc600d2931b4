"""What a query could cost, known before it runs: the objects it could return, and the fields it asks for.

Objects are counted by products of page sizes. What is selected of a type by the same nodes costs the same wherever it
stands, so each such selection is measured once, however often fragments repeat it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graphql import FieldNode, VariableNode, get_named_type, is_leaf_type
from graphql.execution.values import get_argument_values

from schema.compiler import global_ids
from schema.compiler.errors import BadUserInputError, CostExceededError
from schema.compiler.introspected import Introspected, most_values
from schema.compiler.parameters import Arguments, Limits, given
from schema.compiler.selection import Selected, Selection
from schema.model.entities import Model

_PLAIN = 10
"""Rows that a plain list is taken to have: years, or schools of a year."""

_ASKING = frozenset({"where", "orderBy", "having"})
"""Arguments that ask for many things at once."""

_SCHEMA_TYPES = {"__schema": "__Schema", "__type": "__Type"}

_INTROSPECTIONS = 4
"""Times that one query may ask for the schema, which graphql-core answers object by object."""


@dataclass(frozen=True, slots=True)
class Cost:
    """``objects`` that could be returned, ``fields`` and ``lists`` asked for, and the path that costs most."""

    objects: int
    fields: int
    path: tuple[str, ...] = ()
    lists: int = 0


@dataclass(slots=True)
class Meter:
    """Measures one operation."""

    model: Model
    limits: Limits
    selection: Selection
    _known: dict[tuple[str, tuple[int, ...]], Cost] = field(default_factory=dict)
    _things_of_variables: dict[str, int] = field(default_factory=dict)

    def measure(self) -> Cost:
        """The cost of the operation; CostExceededError when it is over a limit."""
        cost = self._inside("Query", self.selection.root)
        if cost.fields > self.limits.most_fields:
            raise CostExceededError(
                f"The query asks for {cost.fields} fields and filters, fragments counted where they stand; the most is"
                f" {self.limits.most_fields}. Ask for less at once."
            )
        if cost.lists > self.limits.most_lists:
            raise CostExceededError(
                f"The query asks for {cost.lists} lists, fragments counted where they stand; the most is"
                f" {self.limits.most_lists}. Ask for less at once."
            )
        self._check_introspections()
        if cost.objects > self.limits.largest_cost:
            raise CostExceededError(
                f"The query could return {cost.objects} objects; the most is {self.limits.largest_cost}. Most of them"
                f" would come from {'.'.join(cost.path)}: ask for smaller pages there."
            )
        return cost

    def _check_introspections(self) -> None:
        fields = self.selection.fields("Query", self.selection.root)
        count = sum(selected.name in ("__schema", "__type") for selected in fields)
        if not count:
            return
        if count > _INTROSPECTIONS:
            raise CostExceededError(
                f"The query asks for the schema {count} times; the most is {_INTROSPECTIONS}. Ask in fewer parts."
            )
        schema = self.selection.schema
        introspected = Introspected(schema, self.selection)
        values = sum(
            introspected.values(name, selected.nodes)
            for selected in fields
            if (name := _SCHEMA_TYPES.get(selected.name)) is not None
        )
        if values > (most := most_values(schema)):
            raise CostExceededError(
                f"The query asks for {values} values of the schema; the most is {most}, a quarter more than the"
                " standard introspection query. Ask for less of it at once."
            )

    def _inside(self, type_name: str, nodes: Sequence[FieldNode]) -> Cost:
        """The cost of what is selected of one object."""
        known = (type_name, tuple(map(id, nodes)))
        if known not in self._known:
            self._known[known] = _sum(
                (selected.key, self._field(selected)) for selected in self.selection.fields(type_name, nodes)
            )
        return self._known[known]

    def _field(self, selected: Selected) -> Cost:
        if selected.definition is None or is_leaf_type(get_named_type(selected.definition.type)):
            return Cost(0, 1 + self._asked(selected))
        target = get_named_type(selected.definition.type).name
        if target == "Node":
            return self._nodes(selected)
        if target.startswith("__"):
            return Cost(0, 1)
        entity, _, connection = target.rpartition("Connection")
        if entity and not connection:
            return self._connection(entity, selected)
        listed = "years" in selected.definition.args or str(selected.definition.type).startswith("[")
        return _times(self._listed(selected) if listed else 1, _object(self._inside(target, selected.nodes)))

    def _connection(self, entity: str, selected: Selected) -> Cost:
        """The cost of a connection, or of groups: of its pages' rows, and of what stands beside them."""
        parts = self.selection.fields(f"{entity}Connection", selected.nodes)
        beside = [(part.key, self._field(part)) for part in parts if part.name == "groups"]
        # Each sum reads all rows, and is a part of the statement like a list.
        sums = [(part.key, self._field(part)) for part in parts if part.name == "aggregate"]
        beside += [(key, replace(cost, lists=cost.lists + 1)) for key, cost in sums]
        cost = _sum([("", _times(self._size(selected), self._page(entity, parts))), *beside])
        path = cost.path[1:] if cost.path[:1] == ("",) else cost.path
        return Cost(cost.objects, cost.fields + self._asked(selected), path, cost.lists + 1)

    def _asked(self, selected: Selected) -> int:
        """How many things a field's filters and orders ask for."""
        if selected.definition is None or not _ASKING.intersection(selected.definition.args):
            return 0
        arguments = self._arguments(selected)
        variables = {
            argument.name.value: argument.value.name.value
            for argument in selected.node.arguments or ()
            if isinstance(argument.value, VariableNode)
        }
        return sum(self._things(arguments.get(name), variables.get(name)) for name in _ASKING)

    def _things(self, value: object, variable: str | None) -> int:
        if variable is None:
            return _things(value)
        # One long variable may stand in many fields: it is counted once.
        if variable not in self._things_of_variables:
            self._things_of_variables[variable] = _things(value)
        return self._things_of_variables[variable]

    def _page(self, entity: str, parts: Sequence[Selected]) -> Cost:
        """The cost of one row of a connection, in `nodes` and in `edges`."""
        costs: list[tuple[str, Cost]] = []
        for part in parts:
            if part.name == "nodes":
                costs.append((part.key, _object(self._inside(entity, part.nodes))))
            elif part.name == "edges":
                inner = [
                    (one.key, _object(self._inside(entity, one.nodes)) if one.name == "node" else Cost(0, 1))
                    for one in self.selection.fields(f"{entity}Edge", part.nodes)
                ]
                costs.append((part.key, _sum(inner)))
            elif part.name not in ("aggregate", "groups"):
                costs.append((part.key, Cost(0, 1)))
        return _sum(costs)

    def _size(self, selected: Selected) -> int:
        arguments = self._arguments(selected)
        size = given(arguments, "last") if given(arguments, "first") is None else given(arguments, "first")
        # What is out of bounds is refused when its turn comes.
        return self.limits.default_page if size is None else min(max(size, 0), self.limits.largest_page)

    def _listed(self, selected: Selected) -> int:
        years = given(self._arguments(selected), "years")
        return _PLAIN if years is None else len(years)

    def _nodes(self, selected: Selected) -> Cost:
        arguments = self._arguments(selected)
        ids = arguments["ids"] if "ids" in arguments else [arguments["id"]]
        costs: list[tuple[str, Cost]] = []
        for global_id in ids[: self.limits.longest_list]:
            try:
                type_name, _ = global_ids.parse(selected.key, global_id, self.model)
            except BadUserInputError:
                continue
            costs.append((selected.key, _object(self._inside(type_name, selected.nodes))))
        fields = max((cost.fields for _, cost in costs), default=1)
        lists = max((cost.lists for _, cost in costs), default=0)
        return Cost(sum(cost.objects for _, cost in costs), fields, lists=lists)

    def _arguments(self, selected: Selected) -> Arguments:
        if selected.definition is None:
            return {}
        return get_argument_values(selected.definition, selected.node, self.selection.variables)


def _things(where: object) -> int:
    """How many things a filter or an order asks for."""
    if isinstance(where, Mapping):
        return 1 + sum(map(_things, where.values()))
    if isinstance(where, list):
        return sum(_things(part) for part in where if isinstance(part, Mapping))
    return 0


def _object(inside: Cost) -> Cost:
    return Cost(inside.objects + 1, inside.fields + 1, inside.path, inside.lists)


def _times(count: int, cost: Cost) -> Cost:
    return Cost(count * cost.objects, cost.fields, cost.path, cost.lists)


def _sum(costs: Iterable[tuple[str, Cost]]) -> Cost:
    listed = list(costs)
    key, most = max(listed, key=lambda one: one[1].objects, default=("", Cost(0, 0)))
    path = (key, *most.path) if most.objects else ()
    objects, fields, lists = (sum(getattr(cost, name) for _, cost in listed) for name in ("objects", "fields", "lists"))
    return Cost(objects, fields, path, lists)
