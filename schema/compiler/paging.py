"""From the arguments of a page to the page."""

from schema.compiler import cursors, parameters
from schema.compiler.errors import BadUserInputError
from schema.compiler.operands import SQL_TYPES
from schema.compiler.parameters import Parameter, given
from schema.compiler.plan import Page, Signature, SortKey
from schema.compiler.request import Request
from schema.model.entities import Scalar

_KEY_TYPES = {**SQL_TYPES, Scalar.BOOLEAN: "integer"}


def read(request: Request, path: str, slot: int, keys: tuple[SortKey, ...], signature: Signature) -> Page:
    """The page that the field of a slot asks for, in the order of ``keys``; BadUserInputError."""
    arguments = request.now(slot)
    backward = given(arguments, "last") is not None
    if backward and given(arguments, "first") is not None:
        raise BadUserInputError(f"{path}(first:, last:)", "cannot stand together; ask for one of them.")
    if backward and given(arguments, "offset") is not None:
        raise BadUserInputError(f"{path}(last:, offset:)", "cannot stand together; count the offset from the front.")
    size = "last" if backward else "first"
    whole = parameters.whole(path, size, request.limits.default_page, 0, request.limits.largest_page)
    offset = None
    if given(arguments, "offset") is not None:
        offset = request.parameter(slot, "offset", "bigint", parameters.whole(path, "offset", 0, 0, 2**31 - 1))
    return Page(
        keys,
        signature,
        request.parameter(slot, size, "bigint", whole),
        backward,
        offset,
        _bound(request, path, slot, "after", keys, signature),
        _bound(request, path, slot, "before", keys, signature),
    )


def _bound(  # noqa: PLR0913, PLR0917 - a cursor argument and the order it belongs to
    request: Request, path: str, slot: int, name: str, keys: tuple[SortKey, ...], signature: Signature
) -> tuple[Parameter, ...]:
    if given(request.now(slot), name) is None:
        return ()
    return tuple(
        request.parameter(
            slot,
            f"{name}.{place}",
            _KEY_TYPES[key.scalar],
            cursors.read_key(path, name, signature, keys, place),
        )
        for place, key in enumerate(keys)
    )
