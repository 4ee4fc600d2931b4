"""From a `where` to a predicate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schema.compiler import operands
from schema.compiler.errors import BadUserInputError
from schema.compiler.operands import SQL_TYPES, Path, shown
from schema.compiler.parameters import Parameter, given
from schema.compiler.predicates import AllOf, AnyOf, Compared, Counted, Not, Predicate, Related, Some
from schema.compiler.request import Request
from schema.compiler.rows import Join, Rows, Year
from schema.model.entities import Embedded, Entity, Listing, Scalar, ToMany, ToOne, Value
from schema.model.operators import IS_NULL, LISTS, TEXT


@dataclass(slots=True)
class Filters:
    """Reads the `where` of one field; ``path`` and ``slot`` are the field's."""

    request: Request
    path: str
    slot: int
    asked: int = 0
    inside: int = 0

    def read(self, entity: Entity, row: str) -> Predicate | None:
        """The predicate on the row ``row``; None where nothing is asked."""
        value = given(self.request.now(self.slot), "where")
        return None if value is None else self._entity(entity, row, value, ("where",))

    def by_key(self, entity: Entity, row: str) -> dict[str, Predicate]:
        """The predicates on the row ``row``, all of which must hold, by the keys that ask for them."""
        value = given(self.request.now(self.slot), "where") or {}
        return {name: self._key(entity, row, name, inner, ("where", name)) for name, inner in value.items()}

    def _entity(self, entity: Entity, row: str, value: Mapping[str, Any], keys: Path) -> Predicate:
        self.check_size(keys)
        return AllOf(tuple(self._key(entity, row, name, inner, (*keys, name)) for name, inner in value.items()))

    def check_size(self, keys: Path) -> None:
        """Count one thing more that is asked; BadUserInputError when it is too many, or too deep."""
        limits = self.request.limits
        self.asked += 1
        if self.asked > limits.largest_filter:
            raise BadUserInputError(shown(self.path, keys[:1]), f"asks for more than {limits.largest_filter} things.")
        if len(keys) > limits.deepest_filter:
            raise BadUserInputError(shown(self.path, keys), f"is nested deeper than {limits.deepest_filter} levels.")

    def _key(self, entity: Entity, row: str, name: str, value: Any, keys: Path) -> Predicate:  # noqa: ANN401 - a key and its value
        self.check_given(value, keys)
        if name in ("AND", "OR", "NOT"):
            return combined(name, [self._entity(entity, row, part, (*keys, n)) for n, part in enumerate(value)])
        member = entity.by_name[name]
        self.request.note(entity, member)
        if isinstance(member, Value):
            return self.compared(member, entity, row, value, keys)
        if isinstance(member, ToOne):
            return self._related(member, row, value, keys)
        if isinstance(member, Embedded | Listing):
            msg = f"{entity.name}.{name} cannot be asked for in a where"
            raise TypeError(msg)
        return self._listed(member, row, value, keys)

    def check_given(self, value: object, keys: Path) -> None:
        """BadUserInputError where a key has null."""
        if value is None:
            raise BadUserInputError(shown(self.path, keys), "must not be null; leave it out, or ask by `isNull`.")

    def compared(self, member: Value, entity: Entity, row: str, value: Mapping[str, Any], keys: Path) -> Predicate:
        """All that is said of a value of the row ``row``."""
        return AllOf(tuple(self._compared(member, entity, row, op, value[op], (*keys, op)) for op in value))

    def _compared(  # noqa: PLR0913, PLR0917 - both sides of a comparison
        self, member: Value, entity: Entity, row: str, operator: str, value: object, keys: Path
    ) -> Predicate:
        self.check_size(keys)
        if value is None:
            raise BadUserInputError(shown(self.path, keys), "must not be null; ask for nulls by `isNull: true`.")
        sql = "{row}.id" if member.scalar is Scalar.ID else member.sql
        if operator == IS_NULL:
            return Compared(sql, row, "isNull" if value else "isNotNull", None, member.needs)
        operand = self._operand(member.scalar, entity, operator, keys)
        return Compared(sql, row, operator, operand, member.needs, member.nullable)

    def _operand(self, scalar: Scalar, entity: Entity, operator: str, keys: Path) -> Parameter:
        model = self.request.model
        if operator in LISTS:
            longest = self.request.limits.longest_filter_list
            read = operands.read_list(self.path, keys, scalar, entity, model, longest)
        elif operator in TEXT:
            read = operands.read_part(self.path, keys)
        else:
            read = operands.read_one(self.path, keys, scalar, entity, model)
        sql_type = f"json of {SQL_TYPES[scalar]}" if operator in LISTS else SQL_TYPES[scalar]
        return self.request.parameter(self.slot, ".".join(map(str, keys)), sql_type, read)

    def _prefix(self) -> str:
        return f"w{self.asked}_"

    def _related(self, member: ToOne, row: str, value: Mapping[str, Any], keys: Path) -> Predicate:
        prefix, origin = self._prefix(), row
        joins: list[Join] = []
        for step in member.steps:
            join = Join(prefix + step.name, step.table, step.key, origin, outer=False, year=Year.default(member.years))
            joins.append(join)
            origin = join.alias
        target = self.request.model.entities[member.target]
        few = {entity.table for entity in self.request.model.entities.values() if entity.is_few}
        return Related(
            tuple(joins), self._entity(target, origin, value, keys), few=few.issuperset(j.table for j in joins)
        )

    def _listed(self, member: ToMany, row: str, value: Mapping[str, Any], keys: Path) -> Predicate:
        self.check_size(keys)
        if self.inside == self.request.limits.deepest_relations:
            raise BadUserInputError(
                shown(self.path, keys), f"is the {self.inside + 1}th list in lists; the most is {self.inside}."
            )
        self.inside += 1
        predicate = self._all_listed(member, row, value, keys)
        self.inside -= 1
        return predicate

    def _all_listed(self, member: ToMany, row: str, value: Mapping[str, Any], keys: Path) -> Predicate:
        entity = self.request.model.entities[member.target]
        year = self.request.year_in(self.slot, self.path, keys, value, member.years)
        parts: list[Predicate] = []
        if value.keys() <= {"year", "where"}:
            # Nothing is asked, but what is said must be sound all the same.
            self._asked_of(entity, member.source.table, value, (*keys, "where"))
        for name, inner in value.items():
            if name in ("year", "where"):
                continue
            own = (*keys, name)
            if inner is None:
                raise BadUserInputError(shown(self.path, own), "must not be null; leave it out.")
            rows = Rows(member.source, self._prefix(), row, year)
            alias = member.source.aliases(rows.prefix)["row"]
            asked_of = self._asked_of(entity, alias, value, (*keys, "where"))
            if name == "count":
                parts += [self._counted(rows, asked_of, entity, inner[op], (*own, op)) for op in inner]
            else:
                asked = self._entity(entity, alias, inner, own)
                asked = Not(asked) if name == "every" else asked
                together = asked if asked_of is None else AllOf((asked_of, asked))
                found = Some(rows, together, likely=name == "every")
                parts.append(found if name == "some" else Not(found))
        return AllOf(tuple(parts))

    def _asked_of(self, entity: Entity, row: str, value: Mapping[str, Any], keys: Path) -> Predicate | None:
        """What the rows are that a list filter asks of; None: all."""
        if "where" not in value:
            return None
        self.check_given(value["where"], keys)
        return self._entity(entity, row, value["where"], keys)

    def _counted(self, rows: Rows, inner: Predicate | None, entity: Entity, value: object, keys: Path) -> Predicate:
        operator = str(keys[-1])
        self.check_size(keys)
        if value is None:
            raise BadUserInputError(shown(self.path, keys), "must not be null; a count never is.")
        if operator == IS_NULL:
            # A count is never null.
            return AnyOf(()) if value else AllOf(())
        return Counted(rows, operator, self._operand(Scalar.INT, entity, operator, keys), inner)


def combined(name: str, parts: Sequence[Predicate]) -> Predicate:
    """What AND, OR and NOT make of their parts."""
    if name == "OR":
        return AnyOf(tuple(parts))
    return AllOf(tuple(parts if name == "AND" else map(Not, parts)))
