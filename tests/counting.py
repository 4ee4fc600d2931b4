"""How much work a function is: its calls, which are the same on every machine, unlike its time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TypeVar

_T = TypeVar("_T")


@dataclass
class Calls:
    """Calls of Python's functions and of C's, in this thread."""

    count: int = 0


@contextmanager
def counting() -> Iterator[Calls]:
    """Count the calls inside the block."""
    calls = Calls()

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            calls.count += 1

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def calls_of(work: Callable[[], _T]) -> tuple[_T, int]:
    """What a function gives, and the calls it took."""
    with counting() as calls:
        found = work()
    return found, calls.count
