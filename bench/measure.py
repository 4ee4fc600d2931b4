"""Measuring: the servers take turns in one run, so that what disturbs one disturbs all."""

import random
import statistics
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Final, TypeAlias, TypeVar

from bench.answers import check_equal
from bench.client import Client
from bench.servers import Kind, Server
from bench.workloads import Workload
from schema.compiler.reading import Dialect

Name: TypeAlias = tuple[Dialect, Kind]
Servers: TypeAlias = Mapping[Name, Server]
_N = TypeVar("_N", bound=Hashable)

_WARM_UPS: Final = 8
"""PostgreSQL decides on a statement's sixth execution whether one plan serves all parameters."""
_WARM_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: seconds and repetitions of each server and workload, and seconds under load."""

    seconds: float
    fewest: int
    most: int
    load_seconds: float


THOROUGH: Final = Effort(seconds=8.0, fewest=7, most=300, load_seconds=4.0)
QUICK: Final = Effort(seconds=1.0, fewest=3, most=40, load_seconds=1.0)


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one request, in milliseconds, from its first byte to the answer's last."""

    median_ms: float
    p90_ms: float
    repetitions: int
    answer_bytes: int


@dataclass(frozen=True, slots=True)
class Timing(Times):
    """One server's times for one workload."""

    workload: str
    engine: Dialect
    server: Kind


def measure(workload: Workload, servers: Servers, effort: Effort) -> list[Timing]:
    """Time a workload on every server that answers it.

    Raises UnequalAnswersError, before any timing, when they do not agree.
    """

    def check(answers: Mapping[Name, bytes]) -> None:
        check_equal(workload.name, {f"{kind} on {engine}": body for (engine, kind), body in answers.items()})

    asked = {name: (server, workload) for name, server in servers.items() if server.answers(workload)}
    return [
        Timing(**asdict(times), workload=workload.name, engine=engine, server=kind)
        for (engine, kind), times in take_turns(asked, effort, check).items()
    ]


def take_turns(
    asked: Mapping[_N, tuple[Server, Workload]], effort: Effort, check: Callable[[Mapping[_N, bytes]], None]
) -> dict[_N, Times]:
    """Time each server with its workload, by turns; ``check`` sees an answer of each before anything is timed."""
    with ExitStack() as stack:
        clients = {name: stack.enter_context(Client(server.port, server.token)) for name, (server, _) in asked.items()}
        paths = {name: server.path(workload) for name, (server, workload) in asked.items()}
        bodies = {name: server.bodies(workload) for name, (server, workload) in asked.items()}

        def ask(name: _N) -> tuple[float, bytes]:
            body = next(bodies[name])
            clients[name].ready()
            begun = time.perf_counter()
            answer = clients[name].post(paths[name], body)
            return time.perf_counter() - begun, answer

        answers = {name: ask(name)[1] for name in asked}
        check(answers)
        wanted = {name: _repetitions(min(_warm_up(ask, name)), effort) for name in asked}
        times: dict[_N, list[float]] = {name: [] for name in asked}
        shuffle = random.Random(str(list(asked))).shuffle  # noqa: S311 - an order of turns
        rounds = max(wanted.values())
        for turn in range(rounds):
            names = [name for name, count in wanted.items() if (turn + 1) * count // rounds > turn * count // rounds]
            shuffle(names)
            for name in names:
                times[name].append(ask(name)[0] * 1000)
    return {
        name: Times(
            statistics.median(found),
            statistics.quantiles(found, n=10, method="inclusive")[-1],
            len(found),
            len(answers[name]),
        )
        for name, found in times.items()
    }


def _warm_up(ask: Callable[[_N], tuple[float, bytes]], name: _N) -> list[float]:
    deadline = time.monotonic() + _WARM_SECONDS
    taken: list[float] = []
    while not taken or (len(taken) < _WARM_UPS and time.monotonic() < deadline):
        taken.append(ask(name)[0])
    return taken


def _repetitions(seconds: float, effort: Effort) -> int:
    return max(effort.fewest, min(effort.most, int(effort.seconds / seconds)))


def requests_per_second(workload: Workload, server: Server, clients: int, seconds: float) -> float:
    """Requests that `clients` clients at once, each waiting for its answer, get answered in a second."""
    body, path = server.body(workload), server.path(workload)
    start = threading.Barrier(clients)

    def ask() -> tuple[int, float]:
        with Client(server.port, server.token) as client:
            client.post(path, body)
            start.wait()
            begun = time.perf_counter()
            count = 0
            while time.perf_counter() - begun < seconds:
                client.post(path, body)
                count += 1
            return count, time.perf_counter() - begun

    with ThreadPoolExecutor(clients) as pool:
        return sum(count / taken for count, taken in pool.map(lambda _: ask(), range(clients)))


def burst(workload: Workload, server: Server, clients: int) -> None:
    """Ask once from `clients` clients at the same time."""
    body, path = server.body(workload), server.path(workload)
    start = threading.Barrier(clients)

    def ask() -> None:
        with Client(server.port, server.token) as client:
            start.wait()
            client.post(path, body)

    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(ask) for _ in range(clients)]:
            done.result()
