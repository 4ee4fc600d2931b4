from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bench.answers import check_equal, parsed
from bench.client import Client
from bench.measure import Times
from bench.role_city import prepare
from bench.roles import GRANTS, UNTOLD, Asked, ByRole, serving_role
from bench.servers import Server
from bench.workloads import Workload
from schema.compiler.reading import Dialect
from schema.policy import Role
from tests.bench.test_equal_answers import NAMES, asked
from tests.conftest import Templates

__all__ = ["asked"]


def times(median: float) -> Times:
    return Times(median_ms=median, p90_ms=median, repetitions=9, answer_bytes=100)


def by_role(teacher: float | None) -> ByRole:
    found = {Role.ADMIN: times(10.0), Role.OFFICER: times(10.0)}
    if teacher is not None:
        found[Role.TEACHER] = times(teacher)
    return ByRole("a machine", [Asked("W1", "a title", Dialect.SQLITE, found)])


def test_a_tenth_more_is_within_the_target_and_more_is_not() -> None:
    officer, teacher = by_role(11.0).verdicts()
    assert (officer.found, officer.met) == ("1.00 x (W1)", True)
    assert (teacher.found, teacher.met) == ("1.10 x (W1)", True)
    assert [one.met for one in by_role(11.2).verdicts()] == [True, False]


def test_what_a_role_cannot_ask_is_said_and_not_judged() -> None:
    assert "has it not" in by_role(None).markdown()
    assert len(list(by_role(None).verdicts())) == 1


@pytest.fixture(scope="module")
def servers(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Server]]:
    url = templates.engine.create(templates.city().url)
    city = prepare(url)
    folder = tmp_path_factory.mktemp("roles")
    with ExitStack() as stack:
        yield {role: stack.enter_context(serving_role(city, role, folder / f"{role}.log")) for role in GRANTS}
    templates.engine.drop(url)


@pytest.mark.parametrize("name", NAMES)
def test_a_teacher_of_every_homeroom_is_told_what_an_administrator_is(
    name: str, asked: dict[str, Workload], servers: dict[Role, Server]
) -> None:
    bodies = {}
    for role, server in servers.items():
        with Client(server.port, server.token) as client:
            body = client.post(server.path(asked[name]), server.body(asked[name]))
        if name in UNTOLD.get(role, ()):
            assert "errors" in parsed(body)
        else:
            bodies[role.value] = body
    check_equal(name, bodies)
    assert len(bodies) >= 2
