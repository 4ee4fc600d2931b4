"""Pages beside the oracle: walks through every connection, and every pair of cursors of a few."""

from collections.abc import Iterator
from itertools import product

from tests.oracle import cursors
from tests.oracle.comparison import Answer, Engines
from tests.oracle.connections import all_connections
from tests.oracle.fixtures import engines
from tests.oracle.walks import Walk, walk

__all__ = ["engines"]


def test_a_walk_in_either_direction_visits_each_row_once_and_in_order(engines: Engines) -> None:
    for engine, field in product(engines.engines, all_connections(engines.schema)):
        place = Walk.fullest(engine, field)
        whole = [cursors.write(str(field), record.values["id"]) for record in place.whole(engine, {}).records]
        expected = [engine.book.translate(cursor) for cursor in whole]
        for size in (1, 2, 3) if len(whole) <= 30 else (7, len(whole) // 3):
            for forward in (True, False):
                walked = list(walk(engines, engine, place.query(forward=forward), {"size": size}))
                pages = walked if forward else walked[::-1]
                assert [cursor for page in pages for cursor in page] == expected, (engine.name, str(field), size)


def test_every_pair_of_cursors_bounds_a_page_as_the_oracle_says(engines: Engines) -> None:
    for field, owner in (
        ("students(year: 2561, %s)", 'school(code: "3083000002")'),
        ("grades(%s)", 'studentBy(schoolCode: "3083000002", studentNo: "1")'),
        ("learningAreas(%s)", ""),
        ("subjects(%s)", 'school(code: "3083000001")'),
    ):
        for query in _pairs(engines, field, owner):
            assert engines.agree(query).errors == ()


def _pairs(engines: Engines, field: str, owner: str) -> Iterator[str]:
    """A query for each `after`, with an alias for each `before`, size and offset."""
    name = field.partition("(")[0]
    kind = {"school": "School", "studentBy": "Student", "": "Query"}[owner.partition("(")[0]]
    bounds = ("null", *map(_quoted, engines.engines[0].book.of(f"{kind}.{name}")[:4]))
    for after in bounds:
        aliases: list[str] = []
        for before, size in product(bounds, ("first", "last")):
            for count, offset in product((0, 1, 3), (None, 0, 2) if size == "first" else (None,)):
                arguments = f"after: {after}, before: {before}, {size}: {count}"
                arguments += "" if offset is None else f", offset: {offset}"
                aliases.append(f"p{len(aliases)}: {field % arguments} {_SMALL}")
        yield f"{{ {owner} {{ {' '.join(aliases)} }} }}" if owner else f"{{ {' '.join(aliases)} }}"


_SMALL = "{ edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"


def _quoted(cursor: str) -> str:
    return f'"{cursor}"'


def test_a_cursor_of_another_connection_is_refused_or_stands_for_the_same_row(engines: Engines) -> None:
    # `School.students` is ordered by another table's column, `Query.students` by the pupils' own key.
    for cursor in (engines.engines[0].book.of("School.students")[0], engines.engines[0].book.of("Query.schools")[0]):
        answer: Answer = engines.agree(f'{{ students(first: 1, after: "{cursor}") {{ totalCount }} }}')
        assert answer.errors == (("students", "BAD_USER_INPUT"),)
