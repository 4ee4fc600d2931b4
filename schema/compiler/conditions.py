"""How SQL says a predicate."""

from typing import TYPE_CHECKING

from schema.compiler.plan import Rows
from schema.compiler.predicates import AllOf, AnyOf, Compared, Counted, Not, Predicate, Related, Some

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

_SIGNS = {"equals": "=", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
_TRUE, _FALSE = "1 = 1", "1 = 0"


class ConditionWriter:
    """Writes predicates into the statement of a scribe; each is SQL that can stand beside AND."""

    def __init__(self, scribe: "Scribe") -> None:
        """``scribe`` takes the parameters."""
        self.scribe = scribe

    def write(self, predicate: Predicate) -> str:
        """The condition; where it is neither true nor false, it counts as false."""
        if isinstance(predicate, AllOf):
            return self._all(predicate)
        if isinstance(predicate, AnyOf):
            parts = [self.write(part) for part in predicate.parts]
            return f"({' OR '.join(parts)})" if parts else _FALSE
        if isinstance(predicate, Not):
            return f"({self.write(predicate.part)}) IS NOT TRUE"
        if isinstance(predicate, Related):
            return self._related(predicate)
        if isinstance(predicate, Some):
            return f"EXISTS (SELECT 1 {self.related(predicate.rows, predicate.inner)})"
        return self._compare(self._value(predicate), predicate)

    def _value(self, compared: Compared | Counted) -> str:
        """The side of a comparison that the row gives."""
        if isinstance(compared, Counted):
            return f"(SELECT count(*) {self.related(compared.rows, None)})"
        self.scribe.need(compared.needs)
        return self.scribe.fill_absent(compared.sql, compared.row)

    def _all(self, predicate: AllOf) -> str:
        parts = [self.write(part) for part in predicate.parts]
        told = [part for part in parts if part != _TRUE]
        return " AND ".join(told) or _TRUE

    def _compare(self, sql: str, compared: Compared | Counted) -> str:
        operator, writer = compared.operator, self.scribe.writer
        if compared.parameter is None:
            return f"{sql} IS {'NULL' if operator == 'isNull' else 'NOT NULL'}"
        placeholder = self.scribe.bind(compared.parameter)
        if operator in _SIGNS:
            return f"{sql} {_SIGNS[operator]} {placeholder}"
        if operator in ("in", "notIn"):
            sql_type = compared.parameter.sql_type.removeprefix("json of ")
            return f"{sql} {'IN' if operator == 'in' else 'NOT IN'} {writer.elements(placeholder, sql_type)}"
        return writer.matches(operator, sql, placeholder)

    def _related(self, related: Related) -> str:
        first, *rest = related.joins
        tables = " ".join((f"{first.table} AS {first.alias}", *map(self.scribe.join, rest)))
        inner = self.write(related.inner)
        conditions = [self.scribe.on(first), *([inner] if inner != _TRUE else [])]
        return f"EXISTS (SELECT 1 FROM {tables} WHERE {' AND '.join(conditions)})"

    def related(self, rows: Rows, inner: Predicate | None) -> str:
        """What follows SELECT: the rows that belong to a row, of which ``inner`` holds."""
        source, names = rows.source, rows.source.aliases(rows.prefix)
        fill = self.scribe.fill
        conditions = [f"{fill(source.parent or '', **names)} = {rows.parent}.{source.parent_key}"]
        if rows.year and source.year:
            conditions.append(f"{fill(source.year, **names)} = {self.scribe.year(rows.year)}")
        if source.condition:
            conditions.append(fill(source.condition, **names))
        if inner is not None and (told := self.write(inner)) != _TRUE:
            conditions.append(told)
        return f"FROM {source.tables(rows.prefix, rows=inner is not None)} WHERE {' AND '.join(conditions)}"
