"""What the law asks of personal data: whose a row is, who read it, and what was erased.

The tables live in the metadata and the migrations of all others, but they are no :class:`schema.tables.Row`: the graph,
the console and the seeds know nothing of them, and the service only ever adds to them.
"""

from schema.privacy.pupils import Pupil, conditions_of, pupils_of
from schema.privacy.tables import Erasure, ReadLog, ReadLogPupil

__all__ = ["Erasure", "Pupil", "ReadLog", "ReadLogPupil", "conditions_of", "pupils_of"]
