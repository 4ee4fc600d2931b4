"""A compiler that writes its statements down, and asks no database."""

from dataclasses import dataclass, field

from schema.compiler.compiler import Compiler
from schema.compiler.parameters import Values
from schema.compiler.prepared import Prepared
from schema.compiler.reading import Dialect
from schema.compiler.roots import Root
from schema.compiler.selection import Info, Selection
from schema.compiler.statement import Statement


@dataclass(slots=True)
class Recording(Compiler):
    """A compiler that writes its statements down, for nobody; what is bound need not be sound."""

    statements: list[Statement] = field(default_factory=list)

    def prepare(self, root: Root, info: Info, dialect: Dialect, *, marks: bool = False) -> Prepared:
        statement = self.compiled(root, info, Selection.of(info), dialect, marks=marks).statement
        self.statements.append(statement)
        nothing = Values((), (), ())
        return Prepared(
            statement.sql, nothing, self.reach, is_marked=False, personal=frozenset(), alone=True, missing=None
        )
