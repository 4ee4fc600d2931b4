"""What each operation is given."""

from dataclasses import dataclass

from schema.compiler.reading import Reader, Recorder
from schema.policy import Identity, Scope


@dataclass(slots=True)
class GraphContext:
    """``reader`` reads the database for this one operation; ``cost`` is written when it is known, before it runs.

    ``scope`` says which rows may be read; a schema that does not read all rows refuses to be asked without it.
    ``identity`` is who asks; without one nobody can be told who that is.
    ``recorder`` is told what is read of pupils; without one nothing is taken down. ``operation`` is the name of the
    operation that was chosen, written before it runs.
    """

    reader: Reader
    scope: Scope | None = None
    cost: int | None = None
    recorder: Recorder | None = None
    operation: str | None = None
    identity: Identity | None = None
