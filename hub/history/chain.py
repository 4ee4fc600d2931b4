"""The chain: what a change's digest and link are made of. No database, no clock.

A digest is of the payload, salted, so that nobody who sees it can find out by trying what it was made of. A link is of
the link before, of what the change was besides its payload, and of the digest: so a payload can be erased, and all else
still be checked.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, Self

from hub.database import moment

FIRST: Final = "0" * 64
"""What stands for the link before the first."""

COLUMNS: Final = (
    "id",
    "table_name",
    "row_id",
    "student_id",
    "former_student_id",
    "operation",
    "at",
    "actor_key",
    "actor_name",
    "face",
    "key",
    "before",
    "after",
)
_FACTS: Final = COLUMNS.index("key")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change as the database has it: `facts` are its columns but the payload, `payload` is key, before and after."""

    id: int
    facts: tuple[str | int | None, ...]
    payload: tuple[str | None, ...]

    @classmethod
    def of(cls, row: Sequence[Any]) -> Self:
        """A row of COLUMNS."""
        facts = [_shown(value) if name == "at" else value for name, value in zip(COLUMNS, row[:_FACTS], strict=False)]
        return cls(int(row[0]), tuple(facts), tuple(row[_FACTS:]))


@dataclass(frozen=True, slots=True)
class Link:
    """A change sealed."""

    change: int
    salt: str | None
    digest: str
    chain: str


def seal(change: Recorded, before: str) -> Link:
    """The link of a change after the link `before`, with a salt of its own."""
    salt = secrets.token_hex(16)
    digest = digest_of(change, salt)
    return Link(change.id, salt, digest, link_of(change, digest, before))


def digest_of(change: Recorded, salt: str) -> str:
    """The salted digest of a change's payload."""
    return _hash([salt, *change.payload])


def link_of(change: Recorded, digest: str, before: str) -> str:
    """The link of a change whose payload has that digest."""
    return _hash([before, *change.facts, digest])


def _hash(values: Sequence[object]) -> str:
    # As JSON, so that no two lists are one text.
    return sha256(
        json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
    ).hexdigest()


def _shown(value: object) -> str:
    at: datetime = moment(value)
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
