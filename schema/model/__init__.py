"""The graph as plain values, derived from the tables: what can be asked, and where in the database it lies."""

from schema.model.derivation import derive
from schema.model.entities import Entity, Model

__all__ = ["Entity", "Model", "derive"]
