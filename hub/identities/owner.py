"""Whoever has the database's own key: a person at the command line, and the process itself where it starts."""

import getpass
from functools import cache
from typing import Final

from hub.database.writing import Acting
from schema.history import Face
from schema.history.tables import LONGEST_NAME
from schema.policy import Identity, Reach, Role, Scope

OWNER: Final = Identity("owner", "command line", Role.ADMIN, Scope(Reach.ALL), "administration")


def system_user() -> str:
    """The system's name of whoever runs this process."""
    try:
        return getpass.getuser()[:LONGEST_NAME]
    except (KeyError, OSError):  # a container's user may have no name
        return "-"


@cache
def command_line() -> Acting:
    """Who writes by a command."""
    return Acting("command line", f"command line ({system_user()})"[:LONGEST_NAME], Face.CLI)
