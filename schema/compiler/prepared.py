"""A root field ready to be read: its statement, with the values of its parameters in one operation."""

from dataclasses import dataclass

from orjson import Fragment

from schema.compiler.errors import NotFoundError
from schema.compiler.marks import take_out
from schema.compiler.parameters import ASKER, Values
from schema.compiler.reading import Reader, Recorder
from schema.compiler.scoping import values_of
from schema.policy import Identity, Reach, Scope


@dataclass(frozen=True, slots=True)
class Prepared:
    """All of a root field but who asks: it can be read again, for whoever sees what it was prepared for.

    ``is_marked`` says that its answer is marked with pupils, ``personal`` are the members read of their records,
    ``alone`` that the operation has no other root field, ``missing`` what is not found where there is no answer.
    """

    sql: str
    values: Values
    reach: Reach
    is_marked: bool
    personal: frozenset[str]
    alone: bool
    missing: str | None

    async def answer(
        self, reader: Reader, scope: Scope | None, recorder: Recorder | None, identity: Identity | None
    ) -> Fragment | None:
        """The root field's JSON, or None where there is nothing; NotFoundError.

        What is read of pupils is told to the recorder, if there is one, before the answer is given.
        """
        own = {**values_of(scope, self.reach), ASKER: identity}
        if not self.is_marked and not self.personal:
            recorder = None
        if recorder is not None:
            recorder.admit()
        json = await reader.read(self.sql, self.values.of(own), alone=self.alone, scope=scope)
        if recorder is not None:
            pupils: frozenset[int] = frozenset()
            if self.is_marked and json is not None:
                json, pupils = take_out(json)
            recorder.record(pupils, self.personal)
        if json is None and self.missing is not None:
            raise NotFoundError(self.missing)
        return None if json is None else Fragment(json)
