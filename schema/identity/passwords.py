"""Passwords: argon2id, by OWASP's parameters of 2025, and what a password must be.

A hash costs 19 MiB and tens of milliseconds, by intent: whoever serves requests runs these in a thread, few at a time.
"""

import unicodedata
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB: Final = 19_456
"""What one hash takes."""
SHORTEST: Final = 12
LONGEST: Final = 256
_FEWEST_DIFFERENT: Final = 5

# OWASP Password Storage Cheat Sheet: argon2id with m=19456, t=2, p=1.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=MEMORY_KIB, parallelism=1, hash_len=32, salt_len=16)


def weakness(password: str, username: str) -> str | None:
    """What is wrong with a password, as an order that says what to do; None when it will do."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return f"Choose a password of at least {SHORTEST} characters: several words do well."
    if len(plain) > LONGEST:
        return f"Choose a password of at most {LONGEST} characters."
    if len(set(plain)) < _FEWEST_DIFFERENT:
        return "Choose a password of more different characters."
    if username.lower() in plain.lower():
        return "Choose a password without the user's name in it."
    return None


def hash_password(password: str) -> str:
    """The hash to keep, with its parameters and salt in it."""
    return _HASHER.hash(_normal(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether a password is the one whose hash is kept; as slow where none is, so that nobody learns who there is."""
    try:
        _HASHER.verify(kept or _nobody(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made by other parameters than today's, so that it is made anew at the next sign-in."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


def _normal(password: str) -> str:
    # The same letters typed on another keyboard may come as other code points.
    return unicodedata.normalize("NFKC", password)
