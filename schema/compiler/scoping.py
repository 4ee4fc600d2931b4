"""How SQL says which rows an identity may read: each table that a statement names stands for those rows alone.

A statement's first CTEs bear the names of tables, and a name means the CTE before it means the table. So the scope
holds at every level, in joins, counts, conditions and whatever is computed, and nobody who writes SQL can forget it.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from schema.compiler.dialects import Writer
from schema.compiler.layout import indented
from schema.compiler.parameters import SCOPE, Arguments, Parameter
from schema.compiler.reading import Dialect, Value
from schema.policy import NO_ROWS, SETS, Reach, Scope
from schema.tables import tables

_REAL: Final = {Dialect.SQLITE: "main.", Dialect.POSTGRESQL: "public."}
"""What stands before the name of a table, so that it means the table and nothing else."""

_WORD = re.compile(r"[a-z_]+")


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


class ScopeWriter:
    """Writes the CTEs of one statement that stand for tables."""

    def __init__(self, writer: Writer, reach: Reach, parameters: list[Parameter]) -> None:
        """``parameters`` are those bound so far; what a scope binds is added."""
        self.writer = writer
        self.parameters = parameters
        self._conditions = conditions(reach)
        self._ctes: dict[str, str] = {}

    def ctes(self, sql: str) -> list[str]:
        """The CTEs that a text needs, each after those it refers to."""
        for word in dict.fromkeys(_WORD.findall(sql)):
            if word in self._conditions:
                self._table(word)
        return [f"{name} AS NOT MATERIALIZED (\n{indented(text)}\n)" for name, text in self._ctes.items()]

    def _table(self, name: str) -> None:
        if name in self._ctes:
            return
        condition = self._conditions[name]
        for word in dict.fromkeys(_WORD.findall(condition)):
            if word in self._conditions and word != name:
                self._table(word)
        real = f"{_REAL[self.writer.dialect]}{name} AS {name}"
        self._ctes[name] = f"SELECT {name}.* FROM {real}\nWHERE {self._filled(condition, row=name)}"

    def _filled(self, template: str, **names: str) -> str:
        """A template of the policy with its sets and parameters."""
        for name, text in SETS.items():
            if f"{{{name}}}" in template:
                names[name] = name
                if name not in self._ctes:
                    self._ctes[name] = self._filled(text)
        if "{schools}" in template:
            names["schools"] = f"SELECT value FROM {self.writer.elements(self._bind(_SCHOOLS), 'bigint')} AS listed"
        if "{teacher}" in template:
            names["teacher"] = self._bind(_TEACHER)
        return template.format(all=_REAL[self.writer.dialect], **names)

    def _bind(self, parameter: Parameter) -> str:
        if parameter not in self.parameters:
            self.parameters.append(parameter)
        return self.writer.placeholder(self.parameters.index(parameter) + 1, parameter.sql_type)
