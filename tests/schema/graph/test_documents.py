"""Memory is bounded: documents are kept by their length, what is planned of them goes with them, and schemas are counted."""

import gc
import weakref
from collections import OrderedDict
from typing import TYPE_CHECKING

import pytest
import strawberry

from schema.compiler.parameters import Limits
from schema.graph import Schemas, Sight
from schema.graph.documents import KEPT_OF_NARROWED, KEPT_OF_ROLE, Documents, Kept
from schema.policy import Narrowing, Reach, Role
from tests.schema.asking import Asker

if TYPE_CHECKING:
    from graphql import DocumentNode

    from schema.compiler.compiler import Compiler
    from schema.graph.documents import Known


@strawberry.type
class Query:
    hello: str = "world"


class Shelf:
    """A tiny schema with its documents, and those that went."""

    def __init__(self, kept: Kept) -> None:
        self.known: OrderedDict[str, Known] = OrderedDict()
        self.gone: list[DocumentNode] = []
        documents = lambda: Documents(self.known, kept, Limits(), self.gone.append)  # noqa: E731 - a factory
        self.schema = strawberry.Schema(Query, extensions=[documents])

    def ask(self, *texts: str) -> list[str]:
        """What is kept once these were asked for."""
        for text in texts:
            self.schema.execute_sync(text, root_value=Query())
        return [*self.known]


def test_the_least_used_documents_go_once_there_are_too_many() -> None:
    shelf = Shelf(Kept(documents=2, characters=1000))
    assert shelf.ask("{hello}", "{ hello}", "{hello}", "{  hello}") == ["{hello}", "{  hello}"]
    assert len(shelf.gone) == 1


def test_the_least_used_documents_go_once_they_are_too_long_together() -> None:
    shelf = Shelf(Kept(documents=9, characters=40))
    long = "{hello" + 30 * " " + "}"
    assert shelf.ask("{hello}", "{ hello}", long) == [long]
    assert len(shelf.gone) == 2


def test_one_document_is_kept_however_long_it_is_until_the_next() -> None:
    shelf = Shelf(Kept(documents=9, characters=10))
    long = "{hello" + 30 * " " + "}"
    assert shelf.ask(long, long) == [long]
    assert shelf.ask("{hello}") == ["{hello}"]


def test_documents_that_are_wrong_are_counted_too() -> None:
    shelf = Shelf(Kept(documents=2, characters=1000))
    assert len(shelf.ask(*(f"{{ nothing{number} }}" for number in range(9)))) == 2


async def test_what_is_planned_of_a_document_goes_with_it(ask: Asker) -> None:
    compiler: Compiler = ask.schema.execution_context_class.compiler  # type: ignore[union-attr]
    for number in range(KEPT_OF_ROLE.documents + 5):
        await ask.data(f"{{ schools(first: {number + 1}) {{ nodes {{ code }} }} }}")
    held = {key[0] for known in (compiler._plans, compiler._costs) for key in known}  # noqa: SLF001 - what it holds
    assert 0 < len(held) <= KEPT_OF_ROLE.documents


def test_a_token_of_its_own_columns_keeps_less() -> None:
    assert KEPT_OF_NARROWED.characters * 4 <= KEPT_OF_ROLE.characters


@pytest.fixture(scope="module")
def schemas() -> Schemas:
    return Schemas(size=2)


def test_only_so_many_schemas_are_kept_and_the_others_leave_no_memory(schemas: Schemas) -> None:
    sights = [
        Sight(Role.INTEGRATOR, Reach.SCHOOLS, Narrowing(without=frozenset({name})))
        for name in ("birthDate", "gpax", "grades")
    ]
    first = weakref.ref(schemas.of(sights[0]))
    second = schemas.of(sights[1])
    assert schemas.of(sights[0]) is first()
    schemas.of(sights[2])
    assert schemas.of(sights[0]) is first()
    assert schemas.of(sights[1]) is not second
    schemas.of(sights[2])
    gc.collect()
    assert first() is None
