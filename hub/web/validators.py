"""Validators of answers: a client that has an answer already is told so, and is not sent it again."""

import hashlib
from typing import Final

_ETAG_BYTES: Final = 16


def etag_of(body: bytes, media: str) -> str:
    """Give the tag of an answer: weak, for the same answer may be sent compressed or plain.

    2.3 MB take 4 ms, so only answers to GET, which alone can be asked conditionally, have one.
    """
    return f'W/"{hashlib.blake2b(body, digest_size=_ETAG_BYTES, person=media[:16].encode()).hexdigest()}"'


def names(if_none_match: str, etag: str) -> bool:
    """Tell whether a request's If-None-Match names the tag; weak and strong are alike to it."""
    wanted = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in wanted or etag.removeprefix("W/") in wanted
