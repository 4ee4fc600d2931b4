"""The SQL is what people have seen and agreed to: a change to it shows in review."""

from pathlib import Path

import pytest

from schema.compiler.reading import Dialect
from tests.schema.compiler.golden import OPERATIONS, kept, written


def test_there_are_twenty_operations_at_least() -> None:
    assert len(OPERATIONS) >= 20


@pytest.mark.parametrize("dialect", list(Dialect))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda path: path.stem)
def test_a_statement_is_written_as_it_was_agreed(operation: Path, dialect: Dialect) -> None:
    told = "Look at the difference; if it is meant, run: python -m tests.schema.compiler.golden"
    assert written(operation, dialect) == kept(operation, dialect).read_text(encoding="utf-8"), told
