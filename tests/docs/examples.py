"""The examples in the documents: fenced blocks by language."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: the document it stands in, its line, its language and its text."""

    document: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def examples_in(path: Path) -> list[Example]:
    """The fenced blocks of a document, in order."""
    text = path.read_text()
    return [
        Example(str(path.relative_to(ROOT)), text[: found.start()].count("\n") + 1, found["language"], found["text"])
        for found in _BLOCK.finditer(text)
    ]


def all_examples(language: str) -> list[Example]:
    """The blocks of a language in every document of the project."""
    documents = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
    return [example for path in documents for example in examples_in(path) if example.language == language]


def readme_answer() -> tuple[str, object]:
    """The README's first query and the answer it shows."""
    query, answer = [e for e in examples_in(ROOT / "README.md") if e.language in ("graphql", "json")][:2]
    return query.text, json.loads(answer.text, parse_float=Decimal)
