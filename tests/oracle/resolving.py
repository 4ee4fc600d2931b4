"""Resolvers of graphql-core's ordinary executor: each filters, sorts and slices lists of rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLResolveInfo

from schema.policy import Identity
from schema.tables.columns import Years
from schema.tables.declaration import YEAR, Kind, Shortcut
from tests.oracle import (
    asker,
    averages,
    cursors,
    destinations,
    distribution,
    indicators,
    lookups,
    paging,
    policy,
    risk,
    values,
)
from tests.oracle.declared import (
    Linked,
    Model,
    Reference,
    Reverse,
    ShortcutReverse,
    Stored,
    camel,
    exposed,
    fields_of,
    has_year,
    order_of,
    table_of,
)
from tests.oracle.filtering import Filtering
from tests.oracle.listing import Connection
from tests.oracle.ordering import Order
from tests.oracle.rows import Rows, Values
from tests.oracle.summing import Part

_REFERENCES = {
    "school": "School",
    "code": "GradeCode",
    "gradeLevel": "GradeLevel",
    "occupation": "Occupation",
}
"""The types of the rows that figures are of, by the field that names them; their keys stand among the figures."""


_OF_YEARS = {
    "indicators": (indicators.years_with_pupils, indicators.of_years),
    "destinations": (destinations.years_with_graduates, destinations.of_years),
}
"""Root fields of figures: the years they are of where none is asked for, and the figures of years."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row and its table."""

    model: Model
    values: Values

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """What the row is ordered by; null stands before every value."""
        values = (self.values[name] for name in order_of(self.model))
        return tuple((value is not None, 0 if value is None else value) for value in values)


class Graph:
    """The graph over those of one database's rows that an identity may read; `whole` are all of them."""

    def __init__(self, rows: Rows, identity: Identity) -> None:
        self.whole = rows
        self.identity = identity
        self.sights = policy.sights(rows, identity.scope)
        self.rows = self.sights.rows
        self._referring: dict[tuple[str, str], dict[int | None, list[Record]]] = {}
        self._computed: dict[tuple[str, int, Any], Any] = {}
        self._by_key = {table: {row["id"]: row for row in found} for table, found in self.rows.items()}
        self._whole_by_key = {table: {row["id"]: row for row in found} for table, found in rows.items()}

    # graphql-core's two resolvers

    def resolve(self, source: Any, info: GraphQLResolveInfo[Any], /, **arguments: Any) -> Any:  # noqa: ANN401
        """The value of a field."""
        name = info.field_name
        if source is None:
            return self.root(name, arguments)
        if isinstance(source, Record):
            return self.member(source, name, arguments)
        if isinstance(source, Part):
            return source.part(self, name, arguments)
        value = source[name](**arguments) if callable(source[name]) else source[name]
        return self.by_id(exposed()[_REFERENCES[name]], value) if name in _REFERENCES else value

    def type_of(self, source: Any, *_: object) -> str:  # noqa: ANN401
        """The type of a node."""
        return str(source.model.__name__)

    # Root fields

    def root(self, name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401, PLR0911
        """The value of a root field."""
        if name == "node":
            return self.node(arguments["id"])
        if name == "nodes":
            return [self.node(global_id) for global_id in arguments["ids"]]
        if name == "me":
            return asker.told(self)
        if name in _OF_YEARS:
            years_with_data, of_years = _OF_YEARS[name]
            years = arguments.get("years")
            return of_years(self.sights, years_with_data(self.sights) if years is None else years)
        for model in exposed().values():
            if name == model.about.plural:
                return self.connection(f"Query.{name}", self.all(model), arguments)
        model, by_id = lookups.named(name)
        if by_id:
            found = self.node(arguments["id"])
            return found if found is not None and found.model is model else None
        row = lookups.find(self.rows, model, arguments)
        return None if row is None else Record(model, row)

    def node(self, global_id: str) -> Record | None:
        """The row of a global id."""
        name, _, key = global_id.partition(":")
        return self.by_id(exposed()[name], int(key))

    def all(self, model: Model) -> list[Record]:
        """Every row of a table."""
        return [Record(model, row) for row in self.rows[table_of(model)]]

    def by_id(self, model: Model, key: int | None) -> Record | None:
        """The row of a key, if it may be read."""
        row = self._by_key[table_of(model)].get(key)
        return None if row is None else Record(model, row)

    def referred(self, model: Model, key: int | None) -> Record | None:
        """The row that another refers to: of reference data whichever it is, of records one that may be read."""
        known = self._whole_by_key if model.about.kind is Kind.REFERENCE else self._by_key
        row = known[table_of(model)].get(key)
        return None if row is None else Record(model, row)

    # Members of a row

    def member(self, record: Record, name: str, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401, PLR0911
        """The value of a row's field."""
        if name == "id":
            return f"{record.model.__name__}:{record.values['id']}"
        if name in ("gpax", "gpa", "nationalId"):
            return self.computed(record, name, arguments.get("stage"))
        if name == "risk":
            year = arguments.get("year")
            return risk.of_student(self.sights, record.values, self.current_year() if year is None else year)
        if name == "actor":
            return {"username": record.values["actor_name"] or record.values["actor_key"]}
        if name == "distribution":
            return distribution.of_grades(self.rows, [g.values for g in self.related(record, "grades", arguments)])
        declared = fields_of(record.model)[name]
        if isinstance(declared, Stored):
            return values.show(declared.column, record.values[declared.column.name])
        if isinstance(declared, Reference):
            return self.referred(declared.target, record.values[declared.column])
        if isinstance(declared, Shortcut):
            return self.follow(record, declared.path)
        if isinstance(declared, Linked) and not declared.link.many:
            return self.latest(record, declared, arguments)
        return self.connection(f"{record.model.__name__}.{name}", self.related(record, name, arguments), arguments)

    def computed(self, record: Record, name: str, stage: str | None) -> Any:  # noqa: ANN401
        """What no column holds; computed once."""
        place = (name, record.values["id"], stage)
        if place not in self._computed:
            if name == "gpax":
                self._computed[place] = averages.gpax(self.sights, record.values, stage)
            elif name == "gpa":
                self._computed[place] = averages.gpa(self.whole, record.values)
            else:
                self._computed[place] = averages.national_id(self.rows, record.values)
        return self._computed[place]

    def follow(self, record: Record | None, path: Iterable[str]) -> Record | None:
        """The row at the end of to-one relations."""
        for name in path:
            record = None if record is None else self.member(record, camel(name), {})
        return record

    def related(self, record: Record, name: str, arguments: Mapping[str, Any]) -> list[Record]:
        """The rows of a to-many relation, of the year asked for, in no order."""
        declared = fields_of(record.model)[name]
        if isinstance(declared, Reverse):
            return self.reverse(record, declared, arguments)
        if isinstance(declared, Linked):
            return self.linked(record, declared, arguments)
        assert isinstance(declared, ShortcutReverse)
        shortcut = declared.shortcut
        found = [
            other
            for other in self.all(declared.source)
            if self.follow(other, shortcut.path) == record and self._is_read(self.follow(other, shortcut.path[:1]))
        ]
        return self.of_year(found, shortcut.years, arguments)

    def _is_read(self, record: Record | None) -> bool:
        return record is not None and self.by_id(record.model, record.values["id"]) is not None

    def reverse(self, record: Record, declared: Reverse, arguments: Mapping[str, Any]) -> list[Record]:
        """The rows that refer to this one, of the year asked for."""
        found = self.referring(declared.source, declared.column, record)
        return self.of_year(found, declared.years, arguments)

    def referring(self, model: Model, column: str, record: Record) -> list[Record]:
        """The rows of a table whose column holds the row's key."""
        place = (table_of(model), column)
        if place not in self._referring:
            found = self._referring[place] = {}
            for other in self.all(model):
                found.setdefault(other.values[column], []).append(other)
        return self._referring[place].get(record.values["id"], [])

    def linked(self, record: Record, declared: Linked, arguments: Mapping[str, Any]) -> list[Record]:
        """The rows that this one is linked to, each once, of the year asked for."""
        link = declared.link
        links = self.referring(declared.through, link.source, record)
        if has_year(declared.through):
            links = self.of_year(links, link.years, arguments)
        keys = {row.values[link.target] for row in links}
        found = [other for key in keys if (other := self.by_id(declared.target, key)) is not None]
        return found if has_year(declared.through) else self.of_year(found, link.years, arguments)

    def latest(self, record: Record, declared: Linked, arguments: Mapping[str, Any]) -> Record | None:
        """The row that this one was last linked to in the year."""
        link = declared.link
        links = self.referring(declared.through, link.source, record)
        links = self.of_year(links, link.years, arguments)
        if not links:
            return None
        last = max(links, key=lambda row: (row.values["entry_on"], row.values["id"]))
        return self.by_id(declared.target, last.values[link.target])

    def of_year(self, records: list[Record], years: Years | None, arguments: Mapping[str, Any]) -> list[Record]:
        """The rows of the year asked for; without one, of the current year or of all, as declared."""
        be_year = arguments.get("year")
        if years is None or (be_year is None and years is Years.ALL):
            return records
        if be_year is None:
            be_year = self.current_year()
        asked = {year["id"] for year in self.rows["academic_year"] if year["be_year"] == be_year}
        return [record for record in records if record.values[YEAR] in asked]

    def current_year(self) -> int | None:
        """The latest year with enrollments, whoever may read them."""
        enrolled = {stay[YEAR] for stay in self.whole["school_enrollment"]}
        return max((year["be_year"] for year in self.rows["academic_year"] if year["id"] in enrolled), default=None)

    # Connections

    def connection(self, name: str, records: list[Record], arguments: Mapping[str, Any]) -> Connection:
        """A page of the rows for which `where` holds, in the default order of their table."""
        where = arguments.get("where")
        if where is not None:
            filtering = Filtering(self)
            records = [record for record in records if filtering.holds(record, where)]
        model = self.target(name)
        order = Order.of(model.__name__, arguments.get("orderBy"))
        keys = {record.values["id"]: self.place(order, record) for record in records}
        records = sorted(records, key=lambda record: keys[record.values["id"]])
        after, before = (self.position(name, order, arguments.get(side)) for side in ("after", "before"))
        page = paging.cut(records, [keys[record.values["id"]] for record in records], arguments, after, before)
        return Connection(name, model, order, records, page)

    def place(self, order: Order | None, record: Record) -> Any:  # noqa: ANN401 - something to sort by
        """What a row is sorted by."""
        return record.sort_key if order is None else order.place(order.position(self, record))

    def position(self, name: str, order: Order | None, cursor: str | None) -> Any:  # noqa: ANN401 - as `place`
        """What the row that a cursor stands for is sorted by; it need not be in the list."""
        if cursor is None:
            return None
        if order is not None:
            position = order.read(cursor)
            assert position is not None, f"{cursor} is not of this order"
            return order.place(position)
        key = cursors.read(name, cursor)
        model = self.target(name)
        # Perhaps one of those that another identity was shown.
        return Record(model, self._whole_by_key[table_of(model)][key]).sort_key

    def target(self, connection: str) -> Model:
        """The table whose rows a connection lists."""
        owner, _, name = connection.partition(".")
        if owner == "Query":
            return next(model for model in exposed().values() if model.about.plural == name)
        declared = fields_of(exposed()[owner])[name]
        if isinstance(declared, Reverse | ShortcutReverse):
            return declared.source
        assert isinstance(declared, Linked)
        return declared.target
