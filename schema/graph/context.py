"""What each operation is given."""

from dataclasses import dataclass, field
from typing import TypeAlias

from orjson import Fragment

from schema.compiler.prepared import Prepared
from schema.compiler.reading import Reader, Recorder
from schema.policy import Identity, Scope


@dataclass(slots=True)
class GraphContext:
    """``reader`` reads the database for this one operation; ``cost`` is written when it is known, before it runs.

    ``scope`` says which rows may be read; a schema that does not read all rows refuses to be asked without it.
    ``identity`` is who asks; without one nobody can be told who that is.
    ``recorder`` is told what is read of pupils; without one nothing is taken down. ``operation`` is the name of the
    operation that was chosen, written before it runs. ``prepared`` are its root fields, by their keys in the answer,
    written as they run; ``outcomes`` what has become of those that were read before it runs.
    """

    reader: Reader
    scope: Scope | None = None
    cost: int | None = None
    recorder: Recorder | None = None
    operation: str | None = None
    identity: Identity | None = None
    prepared: dict[str, Prepared] = field(default_factory=dict)
    outcomes: "dict[str, Outcome]" = field(default_factory=dict)

    async def read(self, prepared: Prepared) -> Fragment | None:
        """Read a root field for who asks."""
        return await prepared.answer(self.reader, self.scope, self.recorder, self.identity)

    def told(self, key: str) -> Fragment | None:
        """What has become of a root field that was read before; raises its error."""
        outcome = self.outcomes[key]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


Outcome: TypeAlias = Fragment | Exception | None
"""A root field's JSON, or the error in place of it."""
