"""What each operation is given."""

from dataclasses import dataclass

from schema.compiler.reading import Reader


@dataclass(slots=True)
class GraphContext:
    """``reader`` reads the database for this one operation; ``cost`` is written when it is known, before it runs."""

    reader: Reader
    cost: int | None = None
