"""The examples in the documents: fenced blocks by language, and questions with their answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COOKBOOK = ROOT / "docs" / "queries.md"
_BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<role>\w+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_REFUSAL = re.compile(r"^\| `(\{.*\})` \| `(.*)` \|$", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A fenced block: the document it stands in, its line and heading, its language and role, and its text."""

    document: str
    line: int
    heading: str
    language: str
    role: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the variables it is asked with, and the answer that the document shows, if it shows one.

    The blocks follow one another: `graphql`, `json variables`, `json`. An answer is the data; of a question that is
    refused, ``{"errors": [{"message": .., "extensions": ..}]}``.
    """

    asked: Example
    variables: Example | None
    answered: Example | None

    def __str__(self) -> str:
        return str(self.asked)

    def ask_with(self, years: Mapping[str, str]) -> tuple[str, dict[str, object]]:
        """The query and its variables, with other years than those it names."""
        query, variables = self.asked.text, self.variables.text if self.variables else "{}"
        for year, other in years.items():
            query, variables = query.replace(year, other), variables.replace(year, other)
        return query, json.loads(variables)

    @property
    def answer(self) -> Any:  # noqa: ANN401 - of any JSON
        """The answer shown, numbers as int or Decimal."""
        return json.loads(self.answered.text, parse_float=Decimal) if self.answered else None

    @property
    def refused(self) -> bool:
        """Whether the document shows how it is refused."""
        return bool(self.answered) and set(self.answer) == {"errors"}


def outcome(response: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever was asked
    """A response as the documents show it."""
    errors = [{key: error[key] for key in ("message", "extensions")} for error in response["errors"]]
    return {"errors": errors} if errors else response["data"]


def examples_in(path: Path) -> list[Example]:
    """The fenced blocks of a document, in order."""
    text = path.read_text()
    headings = [(found.start(), found[1]) for found in _HEADING.finditer(text)]
    return [
        Example(
            str(path.relative_to(ROOT)),
            text[: found.start()].count("\n") + 1,
            next((heading for start, heading in reversed(headings) if start < found.start()), ""),
            found["language"],
            found["role"],
            found["text"],
        )
        for found in _BLOCK.finditer(text)
    ]


def documents() -> list[Path]:
    """Every document of the project."""
    return [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]


def all_examples(language: str) -> list[Example]:
    """The blocks of a language in every document of the project."""
    return [example for path in documents() for example in examples_in(path) if example.language == language]


def questions_in(path: Path) -> list[Question]:
    """The questions of a document, in order."""
    blocks = examples_in(path)
    return [_question(blocks[place:]) for place, block in enumerate(blocks) if block.language == "graphql"]


def all_questions() -> list[Question]:
    """The questions of every document of the project."""
    return [question for path in documents() for question in questions_in(path)]


def answer_shown(number: int) -> Any:  # noqa: ANN401 - of any JSON
    """The answer that the cookbook shows to the question of that number."""
    return next(q.answer for q in questions_in(COOKBOOK) if q.asked.heading.startswith(f"{number}. "))


def refusals() -> list[tuple[str, str]]:
    """The queries in the documents' tables of what is refused, each with the argument that the error names."""
    return [pair for path in documents() for pair in _REFUSAL.findall(path.read_text())]


def anchors_of(path: Path) -> set[str]:
    """What a link can name the headings of a document by, as GitHub makes it."""
    headings = _HEADING.findall(_BLOCK.sub("", path.read_text()))
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def _question(blocks: list[Example]) -> Question:
    asked, *rest = blocks
    variables = rest.pop(0) if rest and rest[0].role == "variables" else None
    answered = rest[0] if rest and (rest[0].language, rest[0].role) == ("json", None) else None
    return Question(asked, variables, answered)
