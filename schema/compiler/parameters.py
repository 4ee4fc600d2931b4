"""Bind parameters: how each is read from a request's arguments, so that a plan made once serves every request."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from graphql import FieldNode, GraphQLField, Undefined, VariableNode
from graphql.execution.values import VariableValues, get_argument_values

from schema.compiler.errors import BadUserInputError
from schema.compiler.reading import Value
from schema.rules import calendar

FIRST_YEAR, LAST_YEAR = calendar.FIRST_YEAR, calendar.LAST_YEAR
"""The years of the Buddhist Era that a request may name."""

Arguments = Mapping[str, Any]
"""A field's coerced arguments, by GraphQL name; those left out are absent."""

SCOPE = -1
"""The slot of what no field asks for: the scope of the identity, and the identity itself by the name of `ASKER`."""

ASKER = "identity"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may ask for: page sizes, lengths of lists, the size and depth of a `where`, objects and fields.

    ``most_lists`` are those asked for with fragments expanded: each is a part of the statement that engines parse.
    ``deepest_relations`` are those to many, one inside another in a `where`: deeper ones overflow SQLite's parser.
    A filter's depth is that of its keys: ``{students: {some: {sex: {equals: MALE}}}}`` is five deep, `where` included.
    By ``most_keys`` rows can be ordered, or grouped.
    ``most_aliases``, ``most_directives``, ``deepest_selection`` (fields, one inside another) and ``most_pairs`` (fields
    or fragments that validation has to compare) are of a document, with fragments counted where they stand.
    """

    default_page: int = 50
    largest_page: int = 1000
    longest_list: int = 1000
    longest_filter_list: int = 10_000
    largest_filter: int = 500
    deepest_filter: int = 20
    largest_cost: int = 500_000
    most_fields: int = 5_000
    most_lists: int = 200
    most_parameters: int = 10_000
    deepest_relations: int = 3
    most_keys: int = 8
    most_aliases: int = 1_000
    most_directives: int = 100
    deepest_selection: int = 50
    most_pairs: int = 5_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """One bind parameter: the field it belongs to (``slot``) and how its value is read from that field's arguments.

    ``name`` tells parameters of one field apart; ``sql_type`` is what PostgreSQL is told of it.
    """

    slot: int
    name: str
    sql_type: str
    read: Callable[[Arguments], Value]

    @property
    def identity(self) -> tuple[int, str]:
        """What makes two parameters one."""
        return self.slot, self.name


@dataclass(frozen=True, slots=True)
class Slot:
    """A field with arguments: its definition and where it stands.

    ``constant`` are the arguments that are the same for every request, ``varying`` those that are a variable, each with
    the variable's name; both are None where a variable stands inside a list or an object.
    """

    definition: GraphQLField
    node: FieldNode
    constant: Arguments | None
    varying: tuple[tuple[str, str], ...] | None

    @classmethod
    def of(cls, definition: GraphQLField, node: FieldNode, variables: VariableValues) -> "Slot":
        """A slot; what is the same for every request is read once."""
        varying: list[tuple[str, str]] = []
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                name = argument.name.value
                varying.append((definition.args[name].out_name or name, argument.value.name.value))
            elif _has_variable(argument.value):
                return cls(definition, node, None, None)
        names = {name for name, _ in varying}
        values = get_argument_values(definition, node, variables)
        constant = {name: value for name, value in values.items() if name not in names}
        return cls(definition, node, constant, tuple(varying))

    def arguments(self, variables: VariableValues) -> Arguments:
        """The field's arguments in a request."""
        if self.constant is None or self.varying is None:
            return get_argument_values(self.definition, self.node, variables)
        if not self.varying:
            return self.constant
        values = dict(self.constant)
        for name, variable in self.varying:
            value = variables.coerced.get(variable)
            if value is None:  # left out or null: graphql-core knows what that means for this argument
                return get_argument_values(self.definition, self.node, variables)
            values[name] = value
        return values


def _has_variable(node: Any) -> bool:  # noqa: ANN401 - a value node of any kind
    if isinstance(node, VariableNode):
        return True
    children = (*(getattr(node, "values", None) or ()), *(f.value for f in getattr(node, "fields", None) or ()))
    return any(_has_variable(child) for child in children)


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a statement's parameters in one operation; those of the scope are read when it is known."""

    known: tuple[Value, ...]
    owned: tuple[tuple[int, Parameter], ...]
    unused: tuple[Parameter, ...]

    def of(self, scope: Arguments) -> list[Value]:
        """All values, for an identity of this scope, once the unused ones are checked."""
        for parameter in self.unused:
            parameter.read(scope)
        values = list(self.known)
        for place, parameter in self.owned:
            values[place] = parameter.read(scope)
        return values


def bind(
    slots: Sequence[Slot], parameters: Sequence[Parameter], unused: Sequence[Parameter], variables: VariableValues
) -> Values:
    """The values of the parameters in a request, once the unused ones are checked; BadUserInputError."""
    arguments = [slot.arguments(variables) for slot in slots]
    for parameter in unused:
        if parameter.slot != SCOPE:
            parameter.read(arguments[parameter.slot])
    return Values(
        tuple(None if one.slot == SCOPE else one.read(arguments[one.slot]) for one in parameters),
        tuple((place, one) for place, one in enumerate(parameters) if one.slot == SCOPE),
        tuple(one for one in unused if one.slot == SCOPE),
    )


def given(arguments: Arguments, name: str) -> Any:  # noqa: ANN401 - an argument of any type
    """An argument's value; None where it is null or left out."""
    value = arguments.get(name)
    return None if value is Undefined else value


def text(path: str, name: str) -> Callable[[Arguments], Value]:
    """Text as both engines can hold it; an enumeration's value, a date in ISO 8601."""

    def read(arguments: Arguments) -> Value:
        value = given(arguments, name)
        if isinstance(value, Enum):
            value = value.value
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, str):
            check_text(f"{path}({name}:)", value)
        return value  # type: ignore[no-any-return]

    return read


def check_text(argument: str, value: str) -> None:
    """Refuse what PostgreSQL cannot hold and UTF-8 cannot write."""
    if "\0" in value:
        raise BadUserInputError(argument, "holds a NUL character; remove it.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadUserInputError(argument, "holds half a surrogate pair; send valid Unicode.") from None


def whole(path: str, name: str, default: int | None, least: int, most: int) -> Callable[[Arguments], Value]:
    """A whole number between limits."""

    def read(arguments: Arguments) -> Value:
        value = given(arguments, name)
        if value is None:
            return default
        if not least <= value <= most:
            raise BadUserInputError(f"{path}({name}:)", f"must be from {least} to {most}; it is {value}.")
        return int(value)

    return read


def listed(path: str, name: str, limits: Limits, least: int, most: int) -> Callable[[Arguments], Value]:
    """A list of whole numbers, as JSON; None where it is left out."""

    def read(arguments: Arguments) -> Value:
        values = given(arguments, name)
        if values is None:
            return None
        if len(values) > limits.longest_list:
            raise BadUserInputError(
                f"{path}({name}:)", f"lists {len(values)} values; the most is {limits.longest_list}."
            )
        for value in values:
            if value is None or not least <= value <= most:
                raise BadUserInputError(
                    f"{path}({name}:)", f"must hold numbers from {least} to {most}; one is {value}."
                )
        return json.dumps(values)

    return read
