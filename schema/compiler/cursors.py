"""Keyset cursors: opaque text that carries the order it belongs to and the sort keys of its row.

The text is hexadecimal, because both engines can write it: the UTF-8 of a JSON list ``[type and order, key, key …]``.
"""

import json
from collections.abc import Callable

from schema.compiler.errors import BadUserInputError
from schema.compiler.parameters import Arguments, check_text, given
from schema.compiler.reading import Value

_LONGEST = 4096
_LARGEST_KEY = 2**63 - 1


def signature(type_name: str, order: tuple[str, ...]) -> str:
    """What a cursor says of its order: the type, and the sort keys' columns."""
    return f"{type_name}:{','.join(column_of(key) for key in order)}"


def column_of(key: str) -> str:
    """The column of a sort key's template."""
    return key.partition("}.")[2].partition(",")[0]


def read_key(path: str, name: str, expected: str, place: int, kinds: tuple[type, ...]) -> Callable[[Arguments], Value]:
    """Read one sort key out of the cursor argument ``name``; ``kinds`` are the Python types of all keys."""

    def read(arguments: Arguments) -> Value:
        return _decode(f"{path}({name}:)", given(arguments, name), expected, kinds)[place]

    return read


def _decode(argument: str, cursor: str, expected: str, kinds: tuple[type, ...]) -> list[Value]:
    hint = "is not a cursor of this connection; use one from its own edges or pageInfo."
    if len(cursor) > _LONGEST:
        raise BadUserInputError(argument, hint)
    try:
        found = json.loads(bytes.fromhex(cursor).decode())
    except (ValueError, RecursionError):
        raise BadUserInputError(argument, hint) from None
    if not isinstance(found, list) or len(found) != len(kinds) + 1 or found[0] != expected:
        raise BadUserInputError(argument, hint)
    keys: list[Value] = found[1:]
    for key, kind in zip(keys, kinds, strict=True):
        if type(key) is not kind or (isinstance(key, int) and abs(key) > _LARGEST_KEY):
            raise BadUserInputError(argument, hint)
        if isinstance(key, str):
            check_text(argument, key)
    return keys
