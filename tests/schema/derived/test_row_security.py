from dataclasses import replace
from typing import Any

import pytest

from schema.derived.row_security import LARGE, PolicyCycleError, create_statements, settings_of
from schema.policy import EVERYBODY, Access, Identity, Reach, Role, Rows, Scope, by_school, with_row
from schema.tables import tables
from schema.tables.declaration import Kind


class Fake:
    """What is read of a declared table."""

    def __init__(self, name: str, access: Access | None, kind: Kind = Kind.RECORD) -> None:
        self.__table__ = type("Table", (), {"name": name})()
        self.about = replace(tables()[0].about, access=access, kind=kind)


def statements(*models: Fake, roles: tuple[str, ...] = ("reader",)) -> str:
    given: Any = models
    return "\n".join(create_statements(roles, given))


def test_a_new_table_without_access_is_closed_and_opened_to_nobody() -> None:
    made = statements(Fake("ward", None))
    assert "ALTER TABLE ward ENABLE ROW LEVEL SECURITY" in made
    assert "CREATE POLICY" not in made


def test_where_no_role_serves_every_table_is_closed_and_none_opened() -> None:
    made = statements(Fake("ward", Access(EVERYBODY)), roles=())
    assert "ENABLE ROW LEVEL SECURITY" in made
    assert "CREATE POLICY" not in made
    assert "GRANT" not in made


def test_the_owner_is_not_forced_under_its_own_policies() -> None:
    assert "FORCE" not in "\n".join(create_statements(("reader",)))


def test_every_declared_table_is_closed_and_those_with_access_have_one_policy() -> None:
    made = "\n".join(create_statements(("reader",)))
    for model in tables():
        name = model.__table__.name
        assert f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY" in made
        assert made.count(f"CREATE POLICY hub_rows ON {name} ") == (model.about.access is not None)


def test_reference_data_alone_are_written_and_by_administrators() -> None:
    made = statements(Fake("ward", Access(EVERYBODY), Kind.REFERENCE), Fake("house", Access(EVERYBODY)))
    for verb in ("INSERT", "UPDATE", "DELETE"):
        (policy,) = [line for line in made.splitlines() if f"ON ward FOR {verb} " in line]
        assert "IN ('admin')" in policy
        assert "IN ('all')" in policy
        assert f"ON house FOR {verb} " not in made


def test_tables_whose_rows_hang_on_each_other_are_refused() -> None:
    circle = (Fake("a", Access(EVERYBODY, with_row("b", "b_id"))), Fake("b", Access(EVERYBODY, with_row("a", "a_id"))))
    with pytest.raises(PolicyCycleError, match="hangs on each other"):
        statements(*circle)
    with pytest.raises(PolicyCycleError):
        statements(Fake("a", Access(EVERYBODY, with_row("a", "a_id"))))


def test_a_row_read_with_another_looks_up_a_set_of_keys_unless_they_are_too_many() -> None:
    with_ward = Fake("house", Access(EVERYBODY, with_row("ward", "ward_id")))
    assert "house.ward_id IN (SELECT hub_ward_id())" in statements(Fake("ward", Access(EVERYBODY)), with_ward)
    (large,) = LARGE
    assert "EXISTS (SELECT 1 FROM grade" in statements(Fake("event", Access(EVERYBODY, with_row(large, "grade_id"))))


def test_reference_data_are_open_to_their_readers_and_a_reference_to_them_means_those_in_scope() -> None:
    made = statements(Fake("town", Access(EVERYBODY, by_school()), Kind.REFERENCE))
    assert "{" not in made.replace("{}", "")
    assert "town.school_id" not in made
    policies = "\n".join(create_statements(("reader",)))
    assert "subject.subject_id" not in policies
    assert (
        "SELECT its.id FROM subject AS its WHERE (nullif(current_setting('hub.reach', true), '') = 'schools' AND"
        in policies
    )


def test_a_table_that_no_reach_limits_asks_for_the_role_alone() -> None:
    made = statements(Fake("ward", Access(frozenset({Role.ADMIN}), Rows())))
    assert "IN ('admin') AND nullif(current_setting('hub.reach', true), '') IN ('all', 'schools', 'teacher')" in made


def test_settings_are_those_of_who_asks() -> None:
    def told(scope: Scope) -> tuple[str, ...]:
        return settings_of(Identity("account:1", "Someone", Role.HEAD, scope, "to test"))

    assert settings_of(None) == ("", "", "", "")
    assert told(Scope(Reach.ALL)) == ("head", "all", "{}", "")
    assert told(Scope(Reach.SCHOOLS, (3, 1, 3))) == ("head", "schools", "{1,3}", "")
    assert told(Scope(Reach.TEACHER, teacher=7)) == ("head", "teacher", "{}", "7")
