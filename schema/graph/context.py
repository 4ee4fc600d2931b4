"""What each operation is given."""

from dataclasses import dataclass

from schema.compiler.reading import Reader


@dataclass(frozen=True, slots=True)
class GraphContext:
    """``reader`` reads the database for this one operation."""

    reader: Reader
