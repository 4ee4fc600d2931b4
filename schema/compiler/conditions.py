"""How SQL says a predicate."""

from typing import TYPE_CHECKING

from schema.compiler.layout import nested, query
from schema.compiler.predicates import AllOf, AnyOf, Compared, Counted, Not, Predicate, Related, Some
from schema.compiler.rows import Rows
from schema.model.operators import LISTS

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

_SIGNS = {"equals": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_TRUE, _FALSE = "1 = 1", "1 = 0"


class ConditionWriter:
    """Writes predicates into the statement of a scribe; each is SQL that can stand beside AND.

    What related rows must be is asked in two ways: by EXISTS, of one row after another, best where the first few rows
    will do; or by IN, of all related rows at once, best where all rows are asked of anyway. SQLite does as it is told.
    PostgreSQL makes a join of either; where it cannot, as inside OR and CASE, it would go through all that IN lists
    for each row if they are too many for its memory, so there IN lists reference data alone.
    """

    def __init__(self, scribe: "Scribe", *, whole: bool) -> None:
        """``scribe`` takes the parameters; ``whole``: all rows are asked of."""
        self.scribe = scribe
        self.at_once = whole and scribe.writer.asks_at_once

    def write(self, predicate: Predicate) -> str:
        """The condition; where it is neither true nor false, it counts as false."""
        if isinstance(predicate, AllOf):
            return " AND ".join(self.write_all(predicate)) or _TRUE
        if isinstance(predicate, AnyOf):
            parts = [self.write(part) for part in predicate.parts]
            return f"({' OR '.join(parts)})" if parts else _FALSE
        if isinstance(predicate, Not):
            return f"({self.write(predicate.part)}) IS NOT TRUE"
        if isinstance(predicate, Related):
            return self._related(predicate)
        if isinstance(predicate, Some):
            return self._some(predicate)
        return self._compare(self._value(predicate), predicate)

    def _value(self, compared: Compared | Counted) -> str:
        """The side of a comparison that the row gives."""
        if isinstance(compared, Counted):
            return self.count(compared.rows, compared.inner)
        self.scribe.need(compared.needs)
        return self.scribe.fill_absent(compared.sql, compared.row)

    def write_all(self, predicate: Predicate) -> list[str]:
        """The conditions that hold all together; none where it always holds."""
        parts = predicate.parts if isinstance(predicate, AllOf) else (predicate,)
        told = [self.write_all(part) if isinstance(part, AllOf) else [self.write(part)] for part in parts]
        return [part for parts in told for part in parts]

    def _compare(self, sql: str, compared: Compared | Counted) -> str:
        operator, writer = compared.operator, self.scribe.writer
        if compared.parameter is None:
            return f"{sql} IS {'NULL' if operator == 'isNull' else 'NOT NULL'}"
        placeholder = self.scribe.bind(compared.parameter)
        if operator in _SIGNS:
            return f"{sql} {_SIGNS[operator]} {placeholder}"
        if operator in LISTS:
            sql_type = compared.parameter.sql_type.removeprefix("json of ")
            values = writer.elements(placeholder, sql_type)
            if operator == "in":
                return f"{sql} IN {values}"
            # To SQL even a null is not in an empty list.
            unless = f" AND {sql} IS NOT NULL" if isinstance(compared, Compared) and compared.nullable else ""
            return f"({sql} NOT IN {values}{unless})"
        return writer.matches(operator, sql, placeholder)

    def _related(self, related: Related) -> str:
        first, *rest = related.joins
        tables = (self.scribe.named(first), *map(self.scribe.join, rest))
        inner = self.write_all(related.inner)
        if related.few or self.at_once:
            # An index on the key can be entered by them.
            return f"{self.scribe.key_of(first)} IN {nested(query((f'{first.alias}.id',), tables, inner))}"
        return f"EXISTS {nested(query(('1',), tables, [self.scribe.on(first), *inner]))}"

    def _some(self, some: Some) -> str:
        rows = some.rows
        parent, key = self._parent(rows), f"{rows.parent}.{rows.source.parent_key}"
        if self.at_once and not some.likely:
            return f"{key} IN {self._rows(rows, parent, some.inner, [])}"
        return f"EXISTS {self._rows(rows, '1', some.inner, [f'{parent} = {key}'])}"

    def count(self, rows: Rows, inner: Predicate | None) -> str:
        """How many rows belong to a row, of those for which ``inner`` holds."""
        condition = f"{self._parent(rows)} = {rows.parent}.{rows.source.parent_key}"
        return self._rows(rows, "count(*)", inner, [condition])

    def _parent(self, rows: Rows) -> str:
        return self.scribe.fill(rows.source.parent or "", **rows.source.aliases(rows.prefix))

    def _rows(self, rows: Rows, selected: str, inner: Predicate | None, conditions: list[str]) -> str:
        source, names = rows.source, rows.source.aliases(rows.prefix)
        fill = self.scribe.fill
        if rows.year and source.year:
            conditions.append(f"{fill(source.year, **names)} = {self.scribe.year(rows.year)}")
        if source.condition:
            conditions.append(fill(source.condition, **names))
        if inner is not None:
            conditions += self.write_all(inner)
        return nested(query((selected,), (source.tables(rows.prefix, rows=inner is not None),), conditions))
