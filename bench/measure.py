"""Measuring: the servers take turns in one run, so that what disturbs one disturbs all."""

import random
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, TypeAlias

from bench.answers import check_equal
from bench.client import Client
from bench.servers import Kind, Server
from bench.workloads import Workload
from schema.compiler.reading import Dialect

Name: TypeAlias = tuple[Dialect, Kind]
Servers: TypeAlias = Mapping[Name, Server]

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
class Timing:
    """One server's times for one workload, in milliseconds, from the request's first byte to the answer's last."""

    workload: str
    engine: Dialect
    server: Kind
    median_ms: float
    p90_ms: float
    repetitions: int
    answer_bytes: int


def measure(workload: Workload, servers: Servers, effort: Effort) -> list[Timing]:
    """Time a workload on every server. Raises UnequalAnswersError, before any timing, when they do not agree."""
    with ExitStack() as stack:
        clients = {name: stack.enter_context(Client(server.port)) for name, server in servers.items()}
        bodies = {name: server.body(workload) for name, server in servers.items()}

        def ask(name: Name) -> tuple[float, bytes]:
            clients[name].ready()
            begun = time.perf_counter()
            answer = clients[name].post(servers[name].path(workload), bodies[name])
            return time.perf_counter() - begun, answer

        answers = {name: ask(name)[1] for name in servers}
        check_equal(workload.name, {f"{kind} on {engine}": body for (engine, kind), body in answers.items()})
        wanted = {name: _repetitions(min(_warm_up(ask, name)), effort) for name in servers}
        times: dict[Name, list[float]] = {name: [] for name in servers}
        shuffle = random.Random(workload.name).shuffle  # noqa: S311 - an order of turns
        rounds = max(wanted.values())
        for turn in range(rounds):
            names = [name for name, count in wanted.items() if (turn + 1) * count // rounds > turn * count // rounds]
            shuffle(names)
            for name in names:
                times[name].append(ask(name)[0] * 1000)
    return [
        Timing(
            workload.name,
            engine,
            kind,
            statistics.median(found),
            statistics.quantiles(found, n=10, method="inclusive")[-1],
            len(found),
            len(answers[engine, kind]),
        )
        for (engine, kind), found in times.items()
    ]


def _warm_up(ask: Callable[[Name], tuple[float, bytes]], name: Name) -> list[float]:
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
        with Client(server.port) as client:
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
        with Client(server.port) as client:
            start.wait()
            client.post(path, body)

    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(ask) for _ in range(clients)]:
            done.result()
