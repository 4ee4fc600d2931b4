"""Whoever has the database's own key: a person at the command line, and the process itself where it starts."""

from typing import Final

from schema.policy import Identity, Reach, Role, Scope

OWNER: Final = Identity("owner", "command line", Role.ADMIN, Scope(Reach.ALL), "administration")
