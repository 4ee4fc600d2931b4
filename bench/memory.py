"""The resident memory of a service and of the processes that it begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

_SAMPLE_SECONDS: Final = 0.05


class Memory:
    """The resident memory of a process and of those that it began, looked at many times a second."""

    def __init__(self, pid: int) -> None:
        """What is resident now is what it grows from."""
        self._pid = pid
        self._before = self._resident()
        self._most = self._before

    def look(self) -> None:
        """Look at it once more."""
        self._most = max(self._most, self._resident())

    @property
    def grown(self) -> int | None:
        """By how many bytes it grew at most; None where the system does not say."""
        return self._most - self._before if self._before else None

    def _resident(self) -> int:
        return sum(_resident(pid) for pid in (self._pid, *_children(self._pid)))


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look at a process's memory until the block is left."""
    memory = Memory(pid)
    over = Event()

    def watch() -> None:
        while not over.wait(_SAMPLE_SECONDS):
            memory.look()

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield memory
    finally:
        over.set()
        watcher.join()


def _resident(pid: int) -> int:
    """In bytes; 0 for what has ended, and where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0)


def _children(pid: int) -> Iterator[int]:
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _children(child)
