"""Which arguments of `groups`, and which keys of a group, cannot be answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.oracle.grouping import GroupOrder, GroupOrderKey, member_of
from tests.oracle.ordering import MOST_KEYS
from tests.oracle.where_refusals import YEARS


def is_key_refused(owner: str, name: str, by: Sequence[str]) -> bool:
    """Whether a field is a key of a group that is not grouped `by` it."""
    return owner.endswith("GroupKey") and name not in map(member_of, by)


def is_refused(type_name: str, arguments: Mapping[str, Any]) -> bool:
    """Whether groups of a type cannot be asked for so; the size of the page and `having` are judged elsewhere."""
    by = arguments["by"]
    if not 1 <= len(by) <= MOST_KEYS or len(set(by)) < len(by):
        return True
    order = GroupOrder.of(type_name, arguments)
    if len(order.keys) > MOST_KEYS or any(_is_order_refused(key, by) for key in order.keys):
        return True
    after = arguments.get("after")
    return after is not None and order.read(after) is None


def _is_order_refused(ordered: GroupOrderKey, by: Sequence[str]) -> bool:
    if ordered.key is None:
        return False
    year = ordered.key.year
    return ordered.path[0] not in map(member_of, by) or (year is not None and year not in YEARS)
