"""One entry of the log of reads."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final

from schema.policy import Identity
from schema.privacy.tables import LONGEST_FIELDS, LONGEST_KEY, LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REQUEST

_LITERALS: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|(?<![\w$])-?[0-9][0-9.eE+-]*', re.ASCII | re.DOTALL
)
_LONG_NUMBER: Final = re.compile(r"[0-9]{5,}", re.ASCII)
"""Digits in a name that a client chose, which may be an identifier."""

_LONGEST_KEPT: Final = 8_192  # characters

_ROLE: Final = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation that read of pupils; ``document`` is :func:`digest_of` what was sent."""

    identity: Identity
    at: datetime
    operation: str | None
    document: str
    personal: frozenset[str]
    pupils: frozenset[int]
    request_id: str

    def columns(self) -> dict[str, str | int | None]:
        """What `read_log` keeps of it but the time, each cut to what its column holds.

        No entry is ever refused by the database: one that were would hold up all that come after it.
        """
        return {
            "identity": self.identity.key[:LONGEST_KEY] or "-",
            "name": self.identity.name[:LONGEST_NAME] or "-",
            "role": str(self.identity.role)[:_ROLE],
            "purpose": self.identity.purpose[:LONGEST_PURPOSE] or None,
            "operation": _LONG_NUMBER.sub("0", self.operation or "")[:LONGEST_NAME] or None,
            "document": self.document,
            "fields": " ".join(sorted(self.personal))[:LONGEST_FIELDS] or None,
            "pupils": len(self.pupils),
            "request_id": self.request_id[:LONGEST_REQUEST] or "-",
        }


def digest_of(document: str) -> str:
    """:func:`digest`, remembered of the documents that come again and again."""
    return _remembered(document) if len(document) <= _LONGEST_KEPT else digest(document)


def digest(document: str) -> str:
    """The SHA-256 of a document, its strings and numbers made empty and its comments left out, in hexadecimal.

    With its literals a digest could be guessed: there are few national ids. Without them it still tells which of a
    client's operations it was. A document without literals and comments has the digest of its own text.
    """
    return sha256(_LITERALS.sub(_emptied, document).encode(errors="surrogatepass")).hexdigest()


_remembered = lru_cache(256)(digest)


def _emptied(literal: re.Match[str]) -> str:
    first = literal[0][0]
    return '""' if first == '"' else "" if first == "#" else "0"
