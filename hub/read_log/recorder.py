"""What one request reads of pupils, on its way into the log."""

from collections.abc import Collection
from datetime import UTC, datetime

from hub.read_log.entry import Entry, digest_of
from hub.read_log.log import ReadLog
from schema.policy import Identity


class ReadRecorder:
    """The `schema.compiler.reading.Recorder` of one request; `finish` hands what it took down to the log."""

    def __init__(self, log: ReadLog, identity: Identity, request_id: str) -> None:
        """``request_id`` is the one in the service's own log."""
        self._log = log
        self._identity = identity
        self._request_id = request_id
        self._pupils: frozenset[int] = frozenset()
        self._personal: frozenset[str] = frozenset()
        self._has_read = False

    def admit(self) -> None:
        """Raise ReadLogStuckError where what is read now could not be written soon."""
        self._log.check()

    def record(self, pupils: Collection[int], personal: frozenset[str]) -> None:
        """Take down what a root field read; a read that names nobody counts too where it asked by personal data."""
        self._has_read = self._has_read or bool(pupils or personal)
        self._pupils |= frozenset(pupils)
        self._personal |= personal

    def finish(self, document: str, operation: str | None) -> None:
        """Hand one entry to the log, if anything was read; before the answer leaves, and whatever became of it."""
        if not self._has_read:
            return
        self._has_read = False
        self._log.add(
            Entry(
                self._identity,
                datetime.now(UTC),
                operation,
                digest_of(document),
                self._personal,
                self._pupils,
                self._request_id,
            )
        )
