from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bench.answers import check_equal, parsed
from bench.client import Client
from bench.facts import read_facts
from bench.servers import Kind, Server, serving
from bench.workloads import Workload, workloads
from tests.small_city import SmallCity

NAMES = ("W1", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9", "W1v")


@pytest.fixture(scope="module")
def asked(small_city: SmallCity) -> dict[str, Workload]:
    """The workloads, of a size that leaves some of the small city out."""
    # The floor binds four years; the small city has three.
    facts = read_facts(small_city.url, offset=3)
    years, ranked = (2559, 2559, 2560, 2561), ("ม.1", 2560, "SCI")
    every = workloads(facts, years=years, pupils=(1, 2, 100), ranked=ranked)
    return {one.name: one for one in every}


@pytest.fixture(scope="module")
def servers(
    small_city: SmallCity, asked: dict[str, Workload], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Kind, Server]]:
    folder = tmp_path_factory.mktemp("bench")
    with ExitStack() as stack:
        yield {
            kind: stack.enter_context(serving(kind, small_city.url, list(asked.values()), folder / f"{kind}.log"))
            for kind in Kind
        }


@pytest.mark.parametrize("name", NAMES)
def test_the_servers_answer_a_workload_alike(
    name: str, asked: dict[str, Workload], servers: dict[Kind, Server]
) -> None:
    workload = asked[name]
    bodies = {}
    for kind, server in servers.items():
        if not server.answers(workload):
            continue
        with Client(server.port, server.token) as client:
            bodies[kind.value] = client.post(server.path(workload), server.body(workload))
    check_equal(name, bodies)
    assert len(bodies) >= 2
    assert len(bodies["hub"]) > 100
    assert "errors" not in parsed(bodies["hub"])


def test_where_variables_vary_each_request_has_others_and_the_answer_is_the_same(
    asked: dict[str, Workload], servers: dict[Kind, Server]
) -> None:
    server = servers[Kind.HUB]
    bodies = server.bodies(asked["W1v"])
    sent = [next(bodies) for _ in range(3)]
    assert len(set(sent)) == 3
    same = server.bodies(asked["W1"])
    assert next(same) == next(same)
    with Client(server.port, server.token) as client:
        answers = [client.post("/graphql", body) for body in (*sent, server.body(asked["W1"]))]
    assert len(set(answers)) == 1
