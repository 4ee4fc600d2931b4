"""The examples in the documents: fenced blocks by language."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
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


@dataclass(frozen=True, slots=True)
class Answered:
    """A query in a document, and the answer shown below it; numbers as int or Decimal."""

    query: Example
    answer: object

    def __str__(self) -> str:
        return str(self.query)


def answered_in(path: Path) -> list[Answered]:
    """The queries of a document that are followed by an answer, in order."""
    blocks = examples_in(path)
    return [
        Answered(query, json.loads(answer.text, parse_float=Decimal))
        for query, answer in pairwise(blocks)
        if (query.language, answer.language) == ("graphql", "json")
    ]
