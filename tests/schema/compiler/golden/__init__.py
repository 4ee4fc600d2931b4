"""Statements as they are written: operations in `.graphql`, and beside each the SQL of both engines.

The first line of an operation may be a comment with its variables, as JSON. `python -m tests.schema.compiler.golden`
writes the SQL anew; a change to it is for people to review.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

from schema.compiler.reading import Dialect
from schema.graph import GraphContext, build_model
from schema.graph.schema import schema_of
from tests.schema.compiler.nowhere import Nowhere
from tests.schema.compiler.recording import Recording

HERE = Path(__file__).parent
OPERATIONS = sorted(HERE.glob("*.graphql"))


_COMPILER = Recording(build_model())
_SCHEMA = schema_of(_COMPILER)


def written(operation: Path, dialect: Dialect) -> str:
    """The SQL of an operation, root field after root field."""
    text = operation.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    variables: dict[str, Any] = json.loads(head.removeprefix("#")) if head.startswith("#") else {}
    _COMPILER.statements.clear()
    context = GraphContext(Nowhere(dialect))
    result = asyncio.run(_SCHEMA.execute(rest if variables else text, variables, context_value=context))
    assert not result.errors, result.errors
    return "".join(f"{statement.sql};\n" for statement in _COMPILER.statements)


def kept(operation: Path, dialect: Dialect) -> Path:
    """The file that keeps the SQL of an operation."""
    return operation.with_suffix(f".{dialect.value}.sql")
