"""Origins of web pages, as browsers write them."""

import re
from typing import Final

_ORIGIN: Final = re.compile(r"https?://(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::[0-9]{1,5})?")


def read_origins(text: str) -> tuple[str, ...]:
    """Read origins, comma separated, as browsers write them. Raises ValueError, which says what to write instead."""
    origins = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for origin in origins:
        if origin == "*":
            raise ValueError(
                "* would let every web page that a reader opens read the pupils' records through the reader's browser; "
                "name each origin"
            )
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(
                f"{origin[:100]} is no origin; write scheme, host in lower case and port alone, as in "
                "https://dashboard.example.org or http://localhost:5173"
            )
    return origins
