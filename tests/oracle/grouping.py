"""`groups`: rows by what they have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.oracle import ordering, paging
from tests.oracle.cursor_values import Read, certain, number, reader
from tests.oracle.declared import Model, exposed, target_of
from tests.oracle.exact import comparable, exact
from tests.oracle.filtering import compare
from tests.oracle.ordering import Key
from tests.oracle.summing import Figures, Part, Summary

if TYPE_CHECKING:
    from tests.oracle.resolving import Graph, Record


@dataclass(frozen=True, slots=True)
class Group(Part):
    """Rows that have their keys in common; of related rows, the key is theirs."""

    model: Model
    keys: Mapping[str, Any]
    records: Sequence["Record"]

    def part(self, graph: "Graph", name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The keys, or a figure of the rows."""
        return GroupKey(self) if name == "key" else Summary(self.model, self.records).part(graph, name, arguments)


@dataclass(frozen=True, slots=True)
class GroupKey(Part):
    """What the rows of a group have in common."""

    group: Group

    def part(self, graph: "Graph", name: str, _: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A key, as any row of the group shows it."""
        assert name in self.group.keys
        return graph.member(self.group.records[0], name, {})


@dataclass(frozen=True, slots=True)
class GroupOrderKey:
    """One thing groups are ordered by: a key (no `function`), how many rows there are (no `path`), or a figure."""

    function: str | None
    path: tuple[str, ...]
    descending: bool
    key: Key | None = None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "GroupOrderKey":
        """The key that an object of an `orderBy` asks for."""
        ((name, inner),) = asked.items()
        if name == "count":
            return cls(name, (), inner == "DESC")
        key = Key.of(inner)
        return cls(None if name == "key" else name, key.path, key.descending, key if name == "key" else None)

    @property
    def name(self) -> str:
        """The key as a cursor names it."""
        if self.key is not None:
            return f"key.{self.key.name}"
        return f"{'.'.join((str(self.function), *self.path))}:{'DESC' if self.descending else 'ASC'}"

    def reader(self, model: Model) -> Read:
        """The reader of a cursor's values of this key, of groups of a table's rows."""
        if self.key is not None:
            return self.key.reader(model)
        if self.function in ("count", "countDistinct"):
            return certain
        return reader(model, self.path) if self.function in ("min", "max") else number

    def value(self, graph: "Graph", group: Group) -> Any:  # noqa: ANN401 - a value of any type
        """What a group is ordered by."""
        if self.key is not None:
            # A key that is a value stands by itself, words in Thai too.
            own = len(self.path) == 1 and not self.key.counts
            return group.keys[self.path[0]] if own else self.key.value(graph, group.records[0])
        if not self.path:
            return len(group.records)
        return Figures(str(self.function), group.model, group.records).at(graph, self.path)


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """The order of groups: what is asked for, then their keys; and of their cursors."""

    type_name: str
    by: tuple[str, ...]
    keys: tuple[GroupOrderKey, ...]

    @classmethod
    def of(cls, type_name: str, arguments: Mapping[str, Any]) -> "GroupOrder":
        """The order that the arguments of `groups` ask for."""
        asked = arguments.get("orderBy") or ()
        return cls(type_name, tuple(arguments["by"]), tuple(map(GroupOrderKey.of, asked)))

    @property
    def head(self) -> list[Any]:
        """What a cursor begins with."""
        years = [key.key.year for key in self.keys if key.key is not None and key.key.year is not None]
        return [f"{self.type_name}Groups:{','.join(self.by)}:{','.join(key.name for key in self.keys)}", *years]

    def position(self, graph: "Graph", group: Group) -> list[Any]:
        """Where a group stands."""
        return [*(key.value(graph, group) for key in self.keys), *group.keys.values()]

    def place(self, position: Sequence[Any]) -> Any:  # noqa: ANN401 - something to sort by
        """What compares as positions follow one another."""
        return ordering.place(position, [*(key.descending for key in self.keys), *(False for _ in self.by)])

    def write(self, graph: "Graph", group: Group) -> str:
        """The cursor of a group."""
        return ordering.write(self.head, self.position(graph, group))

    def read(self, cursor: str) -> list[Any] | None:
        """The position that a cursor stands for; None when it is no cursor of this order."""
        model = exposed()[self.type_name]
        keys = [reader(model, [member_of(one)]) for one in self.by]
        return ordering.read(self.head, cursor, [*(key.reader(model) for key in self.keys), *keys])


@dataclass(frozen=True, slots=True)
class GroupConnection(Part):
    """A page of groups."""

    order: GroupOrder
    groups: Sequence[Group]
    page: paging.Page[Group]

    @classmethod
    def of(
        cls, graph: "Graph", model: Model, records: Sequence["Record"], arguments: Mapping[str, Any]
    ) -> "GroupConnection":
        """The page of the rows' groups that is asked for."""
        order = GroupOrder.of(model.__name__, arguments)
        having = arguments.get("having") or {}
        groups = [group for group in group_by(graph, model, records, order.by) if _holds(graph, group, having)]
        groups.sort(key=lambda group: order.place(order.position(graph, group)))
        after = arguments.get("after")
        start = None if after is None else order.read(after)
        keys = [order.place(order.position(graph, group)) for group in groups]
        return cls(order, groups, paging.cut(groups, keys, arguments, start and order.place(start), None))

    def part(self, graph: "Graph", name: str, _: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The value of a field of the page."""
        rows = self.page.rows
        if name == "totalCount":
            return len(self.groups)
        if name == "nodes":
            return rows
        if name == "edges":
            return [{"cursor": self.order.write(graph, group), "node": group} for group in rows]
        return {
            "hasNextPage": self.page.has_next,
            "hasPreviousPage": self.page.has_previous,
            "startCursor": self.order.write(graph, rows[0]) if rows else None,
            "endCursor": self.order.write(graph, rows[-1]) if rows else None,
        }


def group_by(graph: "Graph", model: Model, records: Sequence["Record"], by: Sequence[str]) -> list[Group]:
    """The groups of rows, in no order; `by` are members as the enumeration writes them."""
    names = [member_of(one) for one in by]
    found: dict[tuple[Any, ...], list[Record]] = {}
    for record in records:
        found.setdefault(tuple(_key(graph, record, name) for name in names), []).append(record)
    return [Group(model, dict(zip(names, key, strict=True)), rows) for key, rows in found.items()]


def member_of(one: str) -> str:
    """The member that `FIRST_CODE` stands for."""
    first, *rest = one.lower().split("_")
    return first + "".join(word.title() for word in rest)


def _key(graph: "Graph", record: "Record", name: str) -> Any:  # noqa: ANN401
    if target_of(record.model, name) is None:
        return exact(graph, record, name)
    other = graph.member(record, name, {})
    return None if other is None else other.values["id"]


def _holds(graph: "Graph", group: Group, having: Mapping[str, Any]) -> bool:
    """Whether all that is said of a group's figures holds."""
    return all(_says(graph, group, name, asked) for name, asked in having.items())


def _says(graph: "Graph", group: Group, name: str, asked: Any) -> bool:  # noqa: ANN401
    if name in ("AND", "OR", "NOT"):
        found = [_holds(graph, group, part) for part in asked]
        return {"AND": all(found), "OR": any(found), "NOT": not any(found)}[name]
    if name == "count":
        return all(compare(len(group.records), operator, operand) for operator, operand in asked.items())
    return _figures_say(graph, Figures(name, group.model, group.records), asked)


def _figures_say(graph: "Graph", figures: Figures, asked: Mapping[str, Any]) -> bool:
    for name, inner in asked.items():
        target = target_of(figures.model, name)
        if target is not None and figures.function != "countDistinct":
            deeper = Figures(figures.function, target, figures.related(graph, name))
            if not _figures_say(graph, deeper, inner):
                return False
            continue
        figure = comparable(figures.model, name, figures.figure(graph, name))
        if not all(compare(figure, operator, operand) for operator, operand in inner.items()):
            return False
    return True
