"""A file that is made to be sent once."""

import os
import tempfile
from pathlib import Path


def temporary_file(ending: str) -> Path:
    """An empty file that nobody else may read; whoever sends it deletes it."""
    handle, name = tempfile.mkstemp(ending, "hub-sheet-")
    os.close(handle)
    return Path(name)
