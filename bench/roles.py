"""Roles: the same questions of a hub as an administrator, an officer, and a teacher whose scope holds every row.

Each role has a hub of its own, so that no connection is told of another role between two requests. PostgreSQL is served
by a role under row-level security, as in production, to administrators too.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bench.answers import check_equal
from bench.facts import read_facts
from bench.measure import Effort, Times, take_turns
from bench.report import Verdict, table
from bench.role_city import STAFF_NO, RoleCity, with_roles
from bench.servers import Kind, Server, serving
from bench.workloads import DEEP, PUPILS, YEARS, Workload, workloads
from hub.identities.grant import Grant
from schema.compiler.reading import Dialect
from schema.policy import Role

GRANTS: Final[Mapping[Role, Grant]] = {
    Role.ADMIN: Grant(Role.ADMIN),
    Role.OFFICER: Grant(Role.OFFICER),
    Role.TEACHER: Grant(Role.TEACHER, teacher=STAFF_NO),
}
UNTOLD: Final[Mapping[Role, frozenset[str]]] = {Role.TEACHER: frozenset({"W6"})}
"""The workloads that a role's schema does not have: a teacher has no indicators of schools."""
MOST: Final[Mapping[Dialect, float]] = {Dialect.SQLITE: 1.1, Dialect.POSTGRESQL: 1.3}
"""How many times as long as for an administrator a workload may take."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A workload's times on one engine, by role."""

    name: str
    title: str
    engine: Dialect
    times: Mapping[Role, Times]

    def ratio(self, role: Role) -> float | None:
        """How many times longer it takes than for an administrator; None where the role cannot ask it."""
        found = self.times.get(role)
        return None if found is None else found.median_ms / self.times[Role.ADMIN].median_ms


@dataclass(frozen=True, slots=True)
class ByRole:
    """All of one run."""

    machine: str
    timings: Sequence[Asked]

    def verdicts(self) -> Iterator[Verdict]:
        """The targets, of each role on each engine, with the workload that comes nearest to it or misses it most."""
        for engine in dict.fromkeys(one.engine for one in self.timings):
            for role in [*GRANTS][1:]:
                ratios = {
                    one.name: ratio for one in self.timings if one.engine is engine and (ratio := one.ratio(role))
                }
                if ratios:
                    name, most = max(ratios.items(), key=lambda found: found[1])
                    target = f"every workload as {role} at most {MOST[engine]} x its time as admin"
                    yield Verdict(target, engine, f"{most:.2f} x ({name})", most <= MOST[engine])

    def content(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "verdicts": [asdict(verdict) for verdict in self.verdicts()]}

    def markdown(self) -> str:
        """As Markdown."""
        limited = [*GRANTS][1:]
        return "\n".join(
            (
                f"Measured on {self.machine}. Times in milliseconds: median (90th percentile).",
                "",
                *table(
                    ("workload", "engine", *GRANTS, *(f"{role} / admin" for role in limited)),
                    [
                        (
                            one.name,
                            one.engine,
                            *(_shown(one.times.get(role)) for role in GRANTS),
                            *(_ratio(one.ratio(role)) for role in limited),
                        )
                        for one in self.timings
                    ],
                ),
                "",
                *dict.fromkeys(f"- {one.name}: {one.title}" for one in self.timings),
                "",
                *table(
                    ("target", "engine", "found", ""),
                    [(one.target, one.engine, one.found, "met" if one.met else "MISSED") for one in self.verdicts()],
                ),
                "",
            )
        )


def measure_roles(  # noqa: PLR0913 - they are the options of one run
    machine: str,
    engines: Sequence[Dialect],
    names: Sequence[str] | None,
    effort: Effort,
    *,
    databases: Path,
    logs: Path,
) -> ByRole:
    """Ask a hub as each role by turns; ``names`` are of workloads, None: all."""
    with with_roles(engines, databases) as cities, ExitStack() as stack:
        facts = read_facts(next(iter(cities.values())).owner, offset=DEEP)
        asked = [one for one in workloads(facts, years=YEARS, pupils=PUPILS) if not names or one.name in names]
        servers = {
            (engine, role): stack.enter_context(serving_role(city, role, logs / f"{engine}-{role}.log"))
            for engine, city in cities.items()
            for role in GRANTS
        }
        return ByRole(machine, [one for workload in asked for one in _measure(workload, servers, effort)])


def serving_role(city: RoleCity, role: Role, log: Path) -> AbstractContextManager[Server]:
    """Run a hub of the city that is asked as a role."""
    owner = None if city.owner == city.url else city.owner
    return serving(Kind.HUB, city.url, (), log, owner=owner, grant=GRANTS[role])


def _measure(workload: Workload, servers: Mapping[tuple[Dialect, Role], Server], effort: Effort) -> Iterator[Asked]:
    print(f"{workload.name}: {workload.title} …", flush=True)
    can = {name: server for name, server in servers.items() if workload.name not in UNTOLD.get(name[1], ())}

    def check(answers: Mapping[tuple[Dialect, Role], bytes]) -> None:
        # The teacher's scope holds every row, so all roles are told the same.
        check_equal(workload.name, {f"{role} on {engine}": body for (engine, role), body in answers.items()})

    times = take_turns({name: (server, workload) for name, server in can.items()}, effort, check)
    for engine in dict.fromkeys(engine for engine, _ in times):
        found = {role: one for (at, role), one in times.items() if at is engine}
        yield Asked(workload.name, workload.title, engine, found)


def _shown(times: Times | None) -> str:
    return "has it not" if times is None else f"{times.median_ms:.2f} ({times.p90_ms:.2f})"


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"
