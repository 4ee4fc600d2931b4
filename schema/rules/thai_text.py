"""The order of Thai text, as a key that plain code point order sorts like a dictionary.

Thai writes เ แ โ ใ ไ before the consonant they follow in speech, and dictionaries file them behind it; tone and
silencing marks matter only between words that are otherwise alike (Royal Institute Dictionary).
"""

import re
import string

_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])")
_MARKS = re.compile("[็่้๊๋์]")
_SPLIT_AM = "\u0e4d\u0e32"
_AM = "\u0e33"
_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_ALIKE = _THAI_DIGITS | str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_SEPARATOR = "\x01"
"""Below every printable character, so a word stands before the words it begins."""


def make_sort_key(text: str) -> str:
    """The key to store beside a text and to sort by code point (`COLLATE "C"` on PostgreSQL, `BINARY` on SQLite).

    Letters come first, ASCII case and the script of digits aside; the text itself follows to settle what is left.
    """
    letters = _MARKS.sub("", text).replace(_SPLIT_AM, _AM)
    return _LEADING_VOWEL.sub(r"\2\1", letters).translate(_ALIKE) + _SEPARATOR + text
