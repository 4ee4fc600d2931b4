"""Write the next revision: the difference between the last one and the declarations."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Connection

from hub import migration


def write_revision(message: str) -> None:
    """Write a revision into `migrations/versions`, compared against a new SQLite file at the last one."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'head.db'}"
        migration.upgrade(url)
        migration.run(url, lambda connection: _write(connection, message))


def _write(connection: Connection, message: str) -> None:
    number = len(migration.history()) + 1
    command.revision(migration.alembic_config(connection), message, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and its one argument
        sys.exit('Say what changed: python -m migrations "Add a table of ..."')
    write_revision(sys.argv[1])
