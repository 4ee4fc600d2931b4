"""A compiler that writes its statements down, and asks no database."""

from dataclasses import dataclass, field

from orjson import Fragment

from schema.compiler.compiler import Compiler
from schema.compiler.reading import Reader, Recorder
from schema.compiler.roots import Root
from schema.compiler.selection import Info, Selection
from schema.compiler.statement import Statement
from schema.policy import Identity, Scope


@dataclass(slots=True)
class Recording(Compiler):
    """A compiler that writes its statements down, for nobody."""

    statements: list[Statement] = field(default_factory=list)

    async def answer(  # noqa: PLR0913, PLR0917 - the compiler's own
        self,
        root: Root,
        info: Info,
        reader: Reader,
        scope: Scope | None = None,
        recorder: Recorder | None = None,
        identity: Identity | None = None,
    ) -> Fragment | None:
        assert (scope, recorder, identity) == (None, None, None)
        compiled = self.compiled(root, info, Selection.of(info), reader.dialect)
        self.statements.append(compiled.statement)
        return Fragment(b"null")
