"""How SQL says which rows an identity may read: each table that a statement names stands for those rows alone.

A statement's first CTEs bear the names of tables, and a name means the CTE before it means the table. So the scope
holds at every level, in joins, counts, conditions and whatever is computed, and nobody who writes SQL can forget it.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from schema.compiler.dialects import WRITERS, Writer
from schema.compiler.layout import indented
from schema.compiler.parameters import SCOPE, Arguments, Parameter
from schema.compiler.reading import Dialect, Value
from schema.derived import kept_sets
from schema.derived.trigger import PREFIX
from schema.policy import NO_ROWS, SETS, Reach, Scope, sets_of
from schema.tables import tables
from schema.tables.declaration import Kind

_WORD = re.compile(r"\w+")
_IN_SET = re.compile(r"(\{row\}\.\w+) IN \(SELECT id FROM \{(\w+)\}\)")


def _schools(scope: Arguments) -> Value:
    return json.dumps(scope["schools"])


def _teacher(scope: Arguments) -> Value:
    return scope["teacher"]  # type: ignore[no-any-return]


_SCHOOLS: Final = Parameter(SCOPE, "schools", "json", _schools)
_TEACHER: Final = Parameter(SCOPE, "teacher", "bigint", _teacher)


class ScopeMissingError(Exception):
    """A statement is of another reach than the identity it is asked for; nothing is read."""


def values_of(scope: Scope | None, reach: Reach) -> Arguments:
    """What the parameters of a statement of this reach are read from; ScopeMissingError."""
    if reach is Reach.ALL:
        return {}
    if scope is None or scope.reach is not reach:
        msg = f"a statement for {reach} was asked with the scope {scope and scope.reach}"
        raise ScopeMissingError(msg)
    return {"schools": scope.schools, "teacher": scope.teacher}


@cache
def conditions(reach: Reach) -> Mapping[str, str]:
    """The condition of each table whose rows are not all read; of a table that declares nothing none is."""
    found: dict[str, str] = {}
    for model in tables():
        access = model.about.access
        condition = NO_ROWS if access is None else access.rows.of(reach)
        if condition is not None and reach is not Reach.ALL:
            found[model.__table__.name] = condition
    return found


@cache
def shown_in(reach: Reach) -> frozenset[str]:
    """The tables whose rows are shown wherever a row in scope refers to them: of limited ones the reference data."""
    kinds = {model.__table__.name: model.about.kind for model in tables()}
    return frozenset(name for name in conditions(reach) if kinds[name] is Kind.REFERENCE)


def own_set(name: str, teacher: str) -> str:
    """The query of a set of a teacher's keys on SQLite; ``teacher`` is the placeholder of the teacher's key."""
    inner = {one: f"({own_set(one, teacher)})" for one in SETS if f"{{{one}}}" in SETS[name]}
    return SETS[name].format(all=WRITERS[Dialect.SQLITE].real, teacher=teacher, **inner)


class ScopeWriter:
    """Writes the CTEs of one statement that stand for tables."""

    def __init__(self, writer: Writer, reach: Reach, parameters: list[Parameter]) -> None:
        """``parameters`` are those bound so far; what a scope binds is added."""
        self.writer = writer
        self.parameters = parameters
        self._conditions = conditions(reach)
        self._sets = sets_of(reach)
        self._ctes: dict[str, str] = {}

    def ctes(self, sql: str) -> list[str]:
        """The CTEs that a text needs, each after those it refers to."""
        for word in dict.fromkeys(_WORD.findall(sql)):
            if word in self._conditions:
                self._table(word)
            elif word in self._sets:
                self._set(word)
        return [f"{name} AS {self._kept(name)} (\n{indented(text)}\n)" for name, text in self._ctes.items()]

    def _kept(self, name: str) -> str:
        is_set = name in self._sets and self.writer.dialect is Dialect.POSTGRESQL
        return "MATERIALIZED" if is_set else "NOT MATERIALIZED"

    def _table(self, name: str) -> None:
        if name in self._ctes:
            return
        condition = self._conditions[name]
        for word in dict.fromkeys(_WORD.findall(condition)):
            if word in self._conditions and word != name:
                self._table(word)
        real = f"{self.writer.real}{name} AS {name}"
        told = self.writer.kept(self._filled(self._told_of_sets(condition), row=name))
        self._ctes[name] = f"SELECT {name}.* FROM {real}\nWHERE {told}"

    def _told_of_sets(self, condition: str) -> str:
        """A teacher's sets are not made anew for each statement: the connection keeps them until they change.

        On SQLite each is a temporary table; the connection takes the plus away where rows are better found by the set.
        """
        if self.writer.dialect is Dialect.SQLITE:
            return _IN_SET.sub(r"+\1 IN (SELECT id FROM temp.\2)", condition)
        if self._sets is SETS:
            return _IN_SET.sub(
                lambda found: kept_sets.among(found[1], found[2], "{teacher}", self.writer.real), condition
            )
        return condition

    def _filled(self, template: str, **names: str) -> str:
        """A template of the policy with its sets and parameters."""
        for name in self._sets:
            if f"{{{name}}}" in template:
                names[name] = self._set(name)
        if "{schools}" in template:
            names["schools"] = f"SELECT value FROM {self.writer.elements(self._bind(_SCHOOLS), 'bigint')} AS listed"
        if "{teacher}" in template:
            names["teacher"] = self._bind(_TEACHER)
        return template.format(all=self.writer.real, **names)

    def _set(self, name: str) -> str:
        if name not in self._ctes and self._sets is SETS and self.writer.dialect is Dialect.POSTGRESQL:
            # A function: the planner would count what reading the set costs for each row that is looked up.
            function = f"{self.writer.real}{PREFIX}{name}({self._bind(_TEACHER)})"
            self._ctes[name] = f"SELECT id FROM {function} AS keys(id)"
        elif name not in self._ctes:
            self._ctes[name] = self._filled(self._sets[name])
        return name

    def _bind(self, parameter: Parameter) -> str:
        if parameter not in self.parameters:
            self.parameters.append(parameter)
        return self.writer.placeholder(self.parameters.index(parameter) + 1, parameter.sql_type)
