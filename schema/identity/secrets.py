"""Secrets of tokens and sessions: 256 random bits, of which only a digest is kept; and what people write down.

A plain SHA-256 will do: nobody guesses what is random, so it need not be slow.
"""

import re
import secrets
import string
from hashlib import sha256
from typing import Final

TOKEN_PREFIX: Final = "hub_"  # noqa: S105 - what every token begins with, so that people and scanners know one
SESSION_PREFIX: Final = "hubs_"
PENDING_PREFIX: Final = "hubp_"
_BYTES: Final = 32
_SHOWN: Final = 10
_LETTERS: Final = string.ascii_lowercase.replace("l", "") + "23456789"
_GROUPS: Final = 5
_GROUP: Final = 4
_TOKEN: Final = re.compile(r"hub_[A-Za-z0-9_-]{43}")
_SESSION: Final = re.compile(r"hubs_[A-Za-z0-9_-]{43}")
_PENDING: Final = re.compile(r"hubp_[A-Za-z0-9_-]{43}")
_RECOVERY_GROUPS: Final = 4
_RECOVERY: Final = re.compile(rf"[{_LETTERS}]{{{_RECOVERY_GROUPS * _GROUP}}}")
_BETWEEN: Final = re.compile(r"[\s-]+")


def new_token() -> str:
    """A token's secret."""
    return TOKEN_PREFIX + secrets.token_urlsafe(_BYTES)


def new_session() -> str:
    """A session's secret."""
    return SESSION_PREFIX + secrets.token_urlsafe(_BYTES)


def new_pending() -> str:
    """The secret of a sign-in that waits for its second factor."""
    return PENDING_PREFIX + secrets.token_urlsafe(_BYTES)


def new_password() -> str:
    """A password of 98 random bits that can be read aloud: 20 letters and digits in groups of four."""
    return _in_groups(_GROUPS)


def new_recovery_code() -> str:
    """A code of 80 random bits, to be written down: 16 letters and digits in groups of four."""
    return _in_groups(_RECOVERY_GROUPS)


def as_recovery_code(text: str) -> str | None:
    """A recovery code as it was made, however it was typed; None for what is none."""
    letters = _BETWEEN.sub("", text.lower())
    if not _RECOVERY.fullmatch(letters):
        return None
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def is_token(text: str) -> bool:
    """Whether a text has a token's form."""
    return _TOKEN.fullmatch(text) is not None


def is_session(text: str) -> bool:
    """Whether a text has the form of a session's secret."""
    return _SESSION.fullmatch(text) is not None


def is_pending(text: str) -> bool:
    """Whether a text has the form of a secret of a sign-in that waits."""
    return _PENDING.fullmatch(text) is not None


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def beginning_of(secret: str) -> str:
    """What of a token is kept to know it by: 6 of 43 characters, which tell nothing of the others."""
    return secret[:_SHOWN]


def _in_groups(groups: int) -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(groups))
