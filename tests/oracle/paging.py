"""Pages: which rows of a list in order, and what is said of the rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

DEFAULT_PAGE = 50
LARGEST_PAGE = 1000
LARGEST_OFFSET = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of a page, and whether rows follow and precede it."""

    rows: Sequence[T]
    has_next: bool
    has_previous: bool


def cut(rows: Sequence[T], keys: Sequence[Any], arguments: Mapping[str, Any], after: Any, before: Any) -> Page[T]:  # noqa: ANN401
    """The page asked for; `keys` are the rows' sort keys, ascending, and `after` and `before` sort keys or None."""
    window = [
        row
        for row, key in zip(rows, keys, strict=True)
        if (after is None or key > after) and (before is None or key < before)
    ]
    if arguments.get("last") is not None:
        size = arguments["last"]
        page = window[-size:] if size else []
        return Page(page, before is not None and any(key >= before for key in keys), len(window) > size)
    size = DEFAULT_PAGE if arguments.get("first") is None else arguments["first"]
    offset = arguments.get("offset") or 0
    left = window[offset:]
    preceded = after is not None and any(key <= after for key in keys)
    return Page(left[:size], len(left) > size, preceded or (offset > 0 and bool(rows)))


def is_refused(arguments: Mapping[str, Any]) -> bool:
    """Whether a page cannot be asked for so; cursors are judged elsewhere."""
    first, last, offset = (arguments.get(name) for name in ("first", "last", "offset"))
    if last is not None and (first is not None or offset is not None):
        return True
    limits = ((first, LARGEST_PAGE), (last, LARGEST_PAGE), (offset, LARGEST_OFFSET))
    return any(value is not None and not 0 <= value <= most for value, most in limits)
