"""Global ids: ``Type:surrogateKey``, opaque by contract."""

import json
import re
from collections.abc import Callable

from schema.compiler.errors import BadUserInputError
from schema.compiler.parameters import Arguments, Limits, given
from schema.compiler.reading import Value
from schema.model.entities import Model

_SHAPE = re.compile(r"([A-Za-z]{1,64}):([1-9][0-9]{0,18})", re.ASCII)
_LARGEST = 2**63 - 1
_LONGEST = 64 + 1 + 19


def parse(argument: str, global_id: str, model: Model) -> tuple[str, int]:
    """The type's name and the key; BadUserInputError when the text is no global id of this graph."""
    match = _SHAPE.fullmatch(global_id)
    entity = model.entities.get(match[1]) if match else None
    if match is None or entity is None or not entity.is_node or int(match[2]) > _LARGEST:
        raise BadUserInputError(argument, "is not a global id; use an `id` that the hub gave.")
    return entity.name, int(match[2])


def type_named(text: str) -> str:
    """The type's name in a global id; of any other text the same word, whatever it says."""
    match = _SHAPE.fullmatch(text) if len(text) <= _LONGEST else None
    return match[1] if match else ""


def read_key(path: str, type_name: str, model: Model) -> Callable[[Arguments], Value]:
    """Read the key out of the argument ``id``; None, which no row has, for an id of another type."""

    def read(arguments: Arguments) -> Value:
        found, key = parse(f"{path}(id:)", given(arguments, "id"), model)
        return key if found == type_name else None

    return read


def parse_list(path: str, arguments: Arguments, model: Model, limits: Limits) -> list[tuple[str, int]]:
    """The types and keys in the argument ``ids``."""
    ids = given(arguments, "ids")
    if len(ids) > limits.longest_list:
        raise BadUserInputError(f"{path}(ids:)", f"lists {len(ids)} ids; the most is {limits.longest_list}.")
    return [parse(f"{path}(ids:)", global_id, model) for global_id in ids]


def read_list(path: str, model: Model, limits: Limits) -> Callable[[Arguments], Value]:
    """Read the argument ``ids`` as a JSON list of pairs."""
    return lambda arguments: json.dumps(parse_list(path, arguments, model, limits))
