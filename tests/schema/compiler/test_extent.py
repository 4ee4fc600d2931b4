"""How far a document extends is known at once, whatever fragments spread what, and is what writing it out would give."""

from typing import Any

import pytest
from graphql import DocumentNode, GraphQLError, get_introspection_query, parse
from hypothesis import given
from hypothesis import strategies as st

from schema.compiler.extent import check
from schema.compiler.parameters import Limits
from tests.counting import calls_of

ANY = 10**60


def refusal(document: str | DocumentNode, **limits: int) -> GraphQLError:
    parsed = parse(document) if isinstance(document, str) else document
    with pytest.raises(GraphQLError) as refused:
        check(parsed, Limits(**limits) if limits else Limits(most_aliases=100))
    return refused.value


def doubling(body: str, count: int = 40) -> str:
    """Fragments that each spread the next twice."""
    fragments = " ".join(f"fragment F{n} on T {{ {body.replace('#', f'...F{n + 1}')} }}" for n in range(count - 1))
    return f"{{ ...F0 }} {fragments} fragment F{count - 1} on T {{ a }}"


@pytest.mark.parametrize(
    "body",
    [
        "# #",
        "a { # } b { # }",
        "a { # } a { # }",
        "... { # } ... { # }",
        "x: a { # } y: a { # }",
        "a @include(if: true) { # # }",
    ],
)
def test_forty_fragments_that_each_spread_the_next_twice_are_refused_at_once(body: str) -> None:
    document = parse(doubling(body))
    error, calls = calls_of(lambda: refusal(document))
    assert calls < 5_000
    assert error.extensions == {"code": "COST_EXCEEDED"}
    assert "the most is 5000" in error.message


COMPLETE = "{ ...F0 } " + " ".join(
    f"fragment F{n} on T {{ {' '.join(f'...F{m}' for m in range(n + 1, 60))} a }}" for n in range(60)
)
HOSTILE = {
    "every fragment spreads all that follow": COMPLETE,
    "10,000 aliases": "{ " + " ".join(f"a{n}: a" for n in range(10_000)) + " }",
    "5,000 directives on one field": "{ a " + "@include(if: true) " * 5_000 + "}",
    "3,000 root fields": "{ " + " ".join(f"a{n}: __typename" for n in range(3_000)) + " }",
    "4,000 times __typename": "{ " + "__typename " * 4_000 + "}",
    "1,000 equal fields with arguments": "{ " + "a(b: 1, c: 2) { d } " * 1_000 + "}",
    "150 fragments of the same fields": "{ "
    + " ".join(f"a {{ ...F{n} }}" for n in range(150))
    + " } "
    + " ".join(f"fragment F{n} on T {{ a b c d }}" for n in range(150)),
    "fragments in one place": "{ " + " ".join(f"...F{n}" for n in range(800)) + " } "
    + " ".join(f"fragment F{n} on T {{ a{n} }}" for n in range(800)),
    "2,400 times one fragment": "{ " + "...F " * 2_400 + "} fragment F on T { a }",
    "inline fragments of one field": "{ " + "... { a } " * 1_200 + "}",
    "a chain of 1,000 fragments": "{ ...F0 } "
    + " ".join(f"fragment F{n} on T {{ a {{ ...F{n + 1} }} }}" for n in range(1_000))
    + " fragment F1000 on T { a }",
    "unused fragments": "{ a } " + doubling("# #").partition("}")[2],
    "operations that share fragments": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(400))
    + " ".join(f"fragment F{n} on T {{ ...F{n + 1} }}" for n in range(300))
    + " fragment F300 on T { a }",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_with_the_number_and_the_limit(name: str) -> None:
    document = parse(HOSTILE[name])
    error, calls = calls_of(lambda: refusal(document))
    assert calls < 100_000
    assert error.extensions == {"code": "COST_EXCEEDED"}
    assert any(f"the most is {most}." in error.message for most in (4, 50, 100, 5000))


@pytest.mark.parametrize(
    ("document", "names"),
    [
        ("{ a } fragment F on T { ...F }", "F -> F"),
        ("{ ...A } fragment A on T { a { ...B } } fragment B on T { ... { ...A } }", "A -> B -> A"),
        ("{ ...A } fragment A on T { ...B } fragment B on T { ...C } fragment C on T { ...B }", "B -> C -> B"),
    ],
)
def test_a_fragment_that_spreads_itself_is_named(document: str, names: str) -> None:
    error = refusal(document)
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert f"({names})" in error.message


def test_a_thousand_fragments_in_a_circle_are_refused() -> None:
    circle = " ".join(f"fragment F{n} on T {{ ...F{(n + 1) % 1000} }}" for n in range(1000))
    assert "spreads itself" in refusal(f"{{ ...F0 }} {circle}").message


@pytest.mark.parametrize(
    ("document", "limits", "said"),
    [
        ("{ a b ...F } fragment F on T { c d }", {"most_fields": 4}, "has 5 fields and fragments"),
        ("{ x: a ...F ...F } fragment F on T { y: a z: a }", {"most_aliases": 4}, "has 5 aliases"),
        ("query @a { b @c { ...F @d ...F } } fragment F on T @e { g }", {"most_directives": 4}, "has 5 directives"),
        ("{ a { b { ...F } } } fragment F on T { ... { c { d } } }", {"deepest_selection": 3}, "has 4 levels"),
        ("{ a a a }", {"most_pairs": 2}, "has 3 pairs"),
        ("{ a { b } ... { a { ...F } } } fragment F on T { b }", {"most_pairs": 1}, "has 2 pairs"),
        ("{ a @b @c @d @e @f }", {}, "has 5 directives at one place"),
    ],
)
def test_a_refusal_counts_fragments_where_they_stand(document: str, limits: dict[str, int], said: str) -> None:
    assert said in refusal(document, **limits).message


def test_the_standard_introspection_query_is_within_the_limits() -> None:
    check(
        parse(get_introspection_query(input_value_deprecation=True, directive_is_repeatable=True)),
        Limits(most_aliases=0),
    )


def test_a_fragment_that_is_missing_or_there_twice_is_left_to_validation() -> None:
    check(parse("{ ...Missing } fragment F on T { a } fragment F on T { b }"), Limits())


Selections = list[Any]
"""Of a definition: names of fields, pairs of an alias or a field and what is below it, numbers of fragments."""


def selections(depth: int) -> st.SearchStrategy[Selections]:
    leaf = st.sampled_from(["a", "b", "x: a", "y: b @include(if: true)"]) | st.integers(0, 4)
    if depth == 0:
        return st.lists(leaf, min_size=1, max_size=3)
    below = st.tuples(st.sampled_from(["a", "x: a", "...", "... @skip(if: true)"]), selections(depth - 1))
    return st.lists(leaf | below, min_size=1, max_size=3)


def written(chosen: Selections, place: int) -> str:
    """As GraphQL; a fragment spreads only those after its own ``place``."""
    parts = []
    for one in chosen:
        if isinstance(one, int):
            parts.append(f"...F{place + 1 + one}" if place + one < 5 else "z")
        else:
            parts.append(one if isinstance(one, str) else f"{one[0]} {{ {written(one[1], place)} }}")
    return " ".join(parts)


def counted(chosen: Selections, place: int, fragments: list[Selections]) -> tuple[int, int, int, int]:
    """Selections, aliases, directives, depth: with each fragment written out."""
    total = [0, 0, 0, 0]
    for one in chosen:
        text, below, deeper = (one, [], 0) if isinstance(one, str) else ("", [], 0)
        inner = (0, 0, 0, 0)
        if isinstance(one, int):
            to = place + 1 + one
            text = "..." if place + one < 5 else "z"
            inner = counted(fragments[to], to, fragments) if place + one < 5 else inner
        elif isinstance(one, tuple):
            text, below = one
            inner = counted(below, place, fragments)
        deeper = 0 if text.startswith("...") else 1
        total[0] += 1 + inner[0]
        total[1] += (":" in text.partition("@")[0]) + inner[1]
        total[2] += ("@" in text) + inner[2]
        total[3] = max(total[3], deeper + inner[3])
    return total[0], total[1], total[2], total[3]


@given(st.lists(selections(2), min_size=6, max_size=6))
def test_what_is_counted_is_what_stands_when_fragments_are_written_out(fragments: list[Selections]) -> None:
    definitions = "".join(f" fragment F{n} on T {{ {written(one, n)} }}" for n, one in enumerate(fragments))
    whole = counted(fragments[0], 0, fragments)
    # The others are spread from the first, too, so that none is counted by itself.
    others = [counted(one, n, fragments) for n, one in enumerate(fragments)][1:]
    document = parse("{ ...F0 ...F1 ...F2 ...F3 ...F4 ...F5 }" + definitions)
    sums = [sum(part) for part in zip(whole, *others, strict=True)]
    found = (sums[0] + 6, sums[1], sums[2], max(whole[3], *(one[3] for one in others)))
    names = ("most_fields", "most_aliases", "most_directives", "deepest_selection")
    for name, number in zip(names, found, strict=True):
        limits: dict[str, int] = {**dict.fromkeys((*names, "most_pairs"), ANY), name: number}
        check(document, Limits(**limits))
        if number:
            assert f" {number} " in refusal(document, **{**limits, name: number - 1}).message
