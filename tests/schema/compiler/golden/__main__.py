"""Write every statement anew: `python -m tests.schema.compiler.golden`."""

from schema.compiler.reading import Dialect
from tests.schema.compiler.golden import OPERATIONS, kept, written

for operation in OPERATIONS:
    for dialect in Dialect:
        kept(operation, dialect).write_text(written(operation, dialect), encoding="utf-8")
