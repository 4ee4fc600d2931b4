"""What must hold of a row beyond its single columns: pure functions, of which each table declares its own.

They read a row by the names of its columns, and know no database.
"""

from schema.rules.rows.candidate import Candidate, Refusal, RowRule, Values

__all__ = ["Candidate", "Refusal", "RowRule", "Values"]
