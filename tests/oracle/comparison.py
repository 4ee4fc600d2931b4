"""One operation, both engines: the compiler's answer beside the oracle's."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Self

import orjson
import strawberry
from dateutil.parser import isoparse  # type: ignore[import-untyped]
from graphql import ExecutionResult, GraphQLSchema, build_schema

from hub.database import Address, Database
from schema.graph import GraphContext, Schemas
from schema.policy import Identity
from tests.oracle import rows
from tests.oracle.answering import Oracle
from tests.oracle.connections import asking_for_cursors
from tests.oracle.cursors import Book
from tests.oracle.identities import SOMEBODY, Who
from tests.schema.asking import whole_schema

_CURSOR = re.compile(r"5B22([0-9A-F]{2})+5D")  # ["...]


class DisagreementError(AssertionError):
    """The compiler and the oracle do not say the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer made comparable: objects as pairs in order, numbers as decimals, errors as pairs of path and code.

    The hub's cursors are opened, so that it does not matter how they write a number.

    Where the request itself is wrong nothing was executed; then `errors` is None, and what they say does not matter.
    """

    data: Any
    errors: tuple[tuple[str, str], ...] | None


@dataclass(slots=True)
class Engine:
    """A database with its oracle, and the hub's cursors as far as they are known."""

    name: str
    database: Database
    oracle: Oracle
    book: Book = field(default_factory=Book)
    identity: Identity = SOMEBODY

    async def ask(self, schema: strawberry.Schema, query: str, variables: Mapping[str, Any]) -> ExecutionResult:
        """Ask the compiler."""
        async with self.database.snapshot() as reader:
            context = GraphContext(reader, self.identity.scope, identity=self.identity)
            result = await schema.execute(query, dict(variables), context_value=context)
        return ExecutionResult(result.data, result.errors)


class Engines:
    """Databases that are asked the same; synchronous, with an event loop of its own."""

    def __init__(self, runner: asyncio.Runner, engines: list[Engine], schema: strawberry.Schema) -> None:
        """Use `opened`."""
        self._runner = runner
        self._schema = schema
        self.engines = engines

    @classmethod
    @contextmanager
    def opened(cls, urls: Mapping[str, str]) -> Iterator[Self]:
        """Open the databases at URLs, by the engines' names."""
        with asyncio.Runner() as runner:
            engines = [runner.run(_open(name, url)) for name, url in urls.items()]
            try:
                yield cls(runner, engines, whole_schema())
            finally:
                for engine in engines:
                    runner.run(engine.database.close())

    def seen_by(self, who: Who) -> Self:
        """The same databases, asked by an identity: its schema, its rows, and the cursors that others were shown."""
        schema = _schemas().of(who.sight)
        read = _read(schema)
        engines = [
            Engine(one.name, one.database, Oracle(read, one.oracle.rows, who.identity), one.book, who.identity)
            for one in self.engines
        ]
        return type(self)(self._runner, engines, schema)

    @property
    def schema(self) -> GraphQLSchema:
        """The graph as the oracle knows it."""
        return self.engines[0].oracle.schema

    def agree(self, query: str, variables: Mapping[str, Any] | None = None) -> Answer:
        """Ask the compiler and the oracle on each engine; the first engine's answer. DisagreementError, if they differ.

        Cursors are written as the oracle writes them, and are translated for the hub.
        """
        answers = [self._compare(engine, query, variables or {}) for engine in self.engines]
        return answers[0]

    def _compare(self, engine: Engine, query: str, variables: Mapping[str, Any]) -> Answer:
        told = engine.oracle.answer(query, variables)
        expected = answer_of(told.result, engine.book)
        if expected.errors is not None:
            expected = Answer(expected.data, tuple(sorted(told.refused.items())))
        asked, given = engine.book.translate(query), engine.book.translate(variables)
        # What is answered without an error is kept, and asked again takes another way to the same answer.
        for time in ("", " when asked again")[: 1 if expected.errors or expected.errors is None else 2]:
            result = self._runner.run(engine.ask(self._schema, asked, given))
            actual = answer_of(result)
            if not is_alike(expected, actual):
                asking = f"on {engine.name}{time}:\n{query}\nvariables: {json.dumps(variables)}"
                found = f"{_report(expected, actual)}\nthe compiler's errors: {result.errors}"
                raise DisagreementError(f"{asking}\n{found}")
        return expected

    def show(self, engine: Engine, query: str, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401 - an answer
        """The compiler's data alone, as a client would parse it; cursors are the hub's."""
        result = self._runner.run(engine.ask(self._schema, query, variables))
        assert not result.errors, result.errors
        return json.loads(orjson.dumps(result.data))

    def learn_cursors(self) -> None:
        """Ask for the cursors of every row in every connection, in every year where it takes one."""
        for query in asking_for_cursors(self.schema, self.engines[0].oracle.rows):
            for engine in self.engines:
                ours = engine.oracle.answer(query, {}).result
                assert not ours.errors, ours.errors
                learn(engine.book, ours.data, self.show(engine, query, {}))


def learn(book: Book, ours: Any, theirs: Any) -> None:  # noqa: ANN401 - an answer
    """Note the hub's cursors, which stand where the oracle's do in an answer to the same question."""
    if isinstance(ours, Mapping):
        assert list(ours) == list(theirs)
        for key in ours:
            if key in ("cursor", "startCursor", "endCursor") and ours[key] is not None:
                book.learn(ours[key], theirs[key])
            else:
                learn(book, ours[key], theirs[key])
    elif isinstance(ours, list):
        assert len(ours) == len(theirs)
        for our_item, their_item in zip(ours, theirs, strict=True):
            learn(book, our_item, their_item)


def answer_of(result: ExecutionResult, book: Book | None = None) -> Answer:
    """A result made comparable, with the hub's cursors where a book is given."""
    data = result.data if book is None else book.translate(result.data)
    text = orjson.dumps(data)
    comparable = opened(_loads(text))
    errors = result.errors or []
    if any(error.path is None for error in errors):
        return Answer(comparable, None)
    found = {(str(error.path[0]), str((error.extensions or {}).get("code"))) for error in errors if error.path}
    return Answer(comparable, tuple(sorted(found)))


def is_alike(expected: Answer, actual: Answer) -> bool:
    """Whether two answers are the same.

    Where a refused field cannot be null there is no data at all, and one error may stand for several.
    """
    if expected.data != actual.data or (expected.errors is None) != (actual.errors is None):
        return False
    if expected.errors is None or actual.errors is None:
        return True
    if expected.data is None:
        return bool(actual.errors) and set(actual.errors) <= set(expected.errors)
    return expected.errors == actual.errors


def _loads(text: bytes) -> Any:  # noqa: ANN401
    return json.loads(text, parse_float=_number, parse_int=_number, object_pairs_hook=tuple)


def opened(value: Any) -> Any:  # noqa: ANN401 - an answer made comparable
    """The same with what is in the hub's cursors in their place."""
    if isinstance(value, list | tuple):
        return type(value)(map(opened, value))
    if not isinstance(value, str) or not _CURSOR.fullmatch(value):
        return value
    return "cursor", _loads(bytes.fromhex(value))


def _number(text: str) -> tuple[str, Decimal]:
    # Marked, because Python holds True and 1 to be equal.
    return "number", Decimal(text)


def _report(expected: Answer, actual: Answer) -> str:
    """Both answers, and both from a little before the first character that is not the same."""
    ours, theirs = str(expected), str(actual)
    same = next((place for place, pair in enumerate(zip(ours, theirs, strict=False)) if len(set(pair)) > 1), 0)
    part = slice(max(0, same - 60), same + 140)
    return f"oracle:   {ours}\ncompiler: {theirs}\nthey differ from here:\n  {ours[part]}\n  {theirs[part]}"


async def _open(name: str, url: str) -> Engine:
    database = await Database.open(Address.parse(url), readers=1)
    return Engine(name, database, Oracle(_read(whole_schema()), await rows.load(url)))


@cache
def _schemas() -> Schemas:
    return Schemas()


@lru_cache(maxsize=32)
def _read(schema: strawberry.Schema) -> GraphQLSchema:
    """The graph from its SDL alone, which does not say what a date or a moment is."""
    read = build_schema(schema.as_str())
    for name, coerce in (("Date", _day), ("DateTime", isoparse)):
        if name in read.type_map:
            read.type_map[name].coerce_input_value = coerce  # type: ignore[attr-defined]
    return read


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()
