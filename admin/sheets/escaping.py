"""Cells that a spreadsheet would run as formulas, made harmless on the way out and themselves again on the way in."""

from typing import Final

_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a formula begins with, as OWASP lists it; and the mark itself, so that every text comes back as it was."""


def escape(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one with a mark before it, if it could be one."""
    return f"'{text}" if text.startswith(_STARTS) else text


def unescape(text: str) -> str:
    """The text that :func:`escape` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text
