"""The order of Thai text, as a key that plain code point order sorts like a dictionary.

Thai writes เ แ โ ใ ไ before the consonant they follow in speech, and dictionaries file them behind it; tone and
silencing marks matter only between words that are otherwise alike (Royal Institute Dictionary).
"""

import re
import string
from typing import Final

LEADING_VOWEL: Final = "[เแโใไ]"
CONSONANT: Final = "[ก-ฮ]"
MARKS: Final = "็่้๊๋์"
SPLIT_AM: Final = "\u0e4d\u0e32"
"""The vowel ำ written as two characters."""
AM: Final = "\u0e33"
THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
SEPARATOR: Final = "\x01"
"""Below every printable character, so a word stands before the words it begins."""

_SWAPPED = re.compile(f"({LEADING_VOWEL})({CONSONANT})")
_UNMARKED = str.maketrans("", "", MARKS)
_ALIKE = str.maketrans(THAI_DIGITS + string.ascii_uppercase, string.digits + string.ascii_lowercase)


def make_sort_key(text: str) -> str:
    """The key to store beside a text and to sort by code point (`COLLATE "C"` on PostgreSQL, `BINARY` on SQLite).

    Letters come first, ASCII case and the script of digits aside; the text itself follows to settle what is left.
    """
    letters = text.translate(_UNMARKED).replace(SPLIT_AM, AM)
    return _SWAPPED.sub(r"\2\1", letters).translate(_ALIKE) + SEPARATOR + text
