"""What the declarations and the rules refuse of a row, once for whoever lets people write: the console and its imports.

Pure: whoever asks reads the database, and says what it found.
"""

from schema.checking.declared import Declared, defaults_of, label_of, refusal_of_value, written_columns
from schema.checking.rows import references_needed, refusals_of, siblings_needed
from schema.checking.stored import value_of_stored
from schema.checking.texts import Language, text_of, value_of_text
from schema.rules.rows import Refusal, Values

__all__ = [
    "Declared",
    "Language",
    "Refusal",
    "Values",
    "defaults_of",
    "label_of",
    "references_needed",
    "refusal_of_value",
    "refusals_of",
    "siblings_needed",
    "text_of",
    "value_of_stored",
    "value_of_text",
    "written_columns",
]
