from datetime import date
from pathlib import Path

import pytest
from graphql import build_schema

from hub.schema_changes import Deprecation, UnreadableSchemaError, complaints, plain
from tests.hub.cli.test_commands import complaint, hub
from tests.hub.serving import ROOT

TODAY = date(2026, 11, 24)
RELEASED = ROOT / "docs" / "schema-released.graphql"
OLD = '@deprecated(reason: "Use size. Since 2025-05-16; goes after 2026-05-16.")'
NEW = '@deprecated(reason: "Use size. Since 2026-05-16; goes after 2027-05-16.")'


def changed(before: str, after: str) -> list[str]:
    return complaints(before, after, TODAY)


@pytest.mark.parametrize(
    "after",
    [
        "type Query { a: Int b: Int }",
        "type Query { a(unit: Int, size: Int = 1): Int }",
        "type Query { a: Int! }",
        "type Query { a: Int " + NEW + " }",
    ],
)
def test_what_is_added_breaks_nothing(after: str) -> None:
    assert changed("type Query { a: Int }", after) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("type Query { a: Int b: Int }", "type Query { a: Int }"),
        ("type Query { a: Int! }", "type Query { a: Int }"),
        ("type Query { a: Int b: Int }", "type Query { a: String b: Int }"),
        ("type Query { a: Int }", "type Query { a(unit: Int!): Int }"),
        ("type Query { a(unit: Int): Int }", "type Query { a: Int }"),
        ("type Query { a: E } enum E { X Y }", "type Query { a: E } enum E { X }"),
        ("type Query { a(w: W): Int } input W { x: Int }", "type Query { a(w: W): Int } input W { x: Int y: Int! }"),
    ],
)
def test_what_clients_rely_on_may_not_go(before: str, after: str) -> None:
    assert len(changed(before, after)) == 1


def test_what_was_deprecated_long_enough_may_go() -> None:
    before = (
        f"type Query {{ a: Int b: Old {OLD} c(w: Int {OLD} v: Int): E }} type Old {{ x: Int }} enum E {{ X Y {OLD} }}"
    )
    assert changed(before, "type Query { a: Int c(v: Int): E } enum E { X }") == []


def test_what_was_deprecated_of_late_may_not_go() -> None:
    assert changed(f"type Query {{ a: Int b: Int {NEW} }}", "type Query { a: Int }") == ["Field Query.b was removed."]


def test_what_was_deprecated_may_stay_longer() -> None:
    assert changed(f"type Query {{ a: Int {OLD} }}", f"type Query {{ a: Int {OLD} }}") == []


@pytest.mark.parametrize(
    "deprecated",
    [
        "@deprecated",
        '@deprecated(reason: "Use b.")',
        '@deprecated(reason: "Since 2026-05-16; goes after 2027-05-16.")',
        '@deprecated(reason: "Use b. Since 2026-05-16; goes after 2026-12-31.")',
        '@deprecated(reason: "Use b. Since 2026-02-30; goes after 2027-05-16.")',
    ],
)
def test_a_deprecation_says_what_to_use_and_gives_a_year(deprecated: str) -> None:
    (told,) = changed("type Query { a: Int }", f"type Query {{ a: Int {deprecated} }}")
    assert told.startswith("Query.a is deprecated")
    assert "Since YYYY-MM-DD; goes after YYYY-MM-DD." in told


def test_the_dates_of_a_deprecation_are_read() -> None:
    assert Deprecation.read("Use b. Since 2026-05-16; goes after 2027-05-16.") == Deprecation(
        date(2026, 5, 16), date(2027, 5, 16)
    )


def test_a_text_that_is_no_schema_is_refused() -> None:
    with pytest.raises(UnreadableSchemaError):
        complaints("{", "type Query { a: Int }", TODAY)


def test_a_plain_schema_says_the_same_without_descriptions() -> None:
    whole = (ROOT / "schema.graphql").read_text()
    short = plain(whole)
    assert '"""' not in short
    assert len(short) < len(whole) / 2
    assert build_schema(short).type_map.keys() == build_schema(whole).type_map.keys()


def test_nothing_that_was_released_is_missing() -> None:
    done = hub("schema", "--since", str(RELEASED))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_change_that_breaks_clients_is_refused(tmp_path: Path) -> None:
    released = tmp_path / "released.graphql"
    released.write_text(RELEASED.read_text() + "\nextend type Query { shoeSize: Int }\n")
    assert "Query.shoeSize was removed." in complaint(hub("schema", "--since", str(released)))


def test_a_schema_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert "Cannot read" in complaint(hub("schema", "--since", str(tmp_path / "none.graphql")))
    (tmp_path / "text.graphql").write_text("no schema")
    assert "no GraphQL schema" in complaint(hub("schema", "--since", str(tmp_path / "text.graphql")))
