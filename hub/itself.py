"""The hub as one who asks: what a process reads for itself, and what a person at its command line asks."""

from typing import Final

from schema.policy import Identity, Reach, Role, Scope

ITSELF: Final = Identity("hub", "The hub itself", Role.OFFICER, Scope(Reach.ALL), "to run")
"""Reads every school, and no national id."""
