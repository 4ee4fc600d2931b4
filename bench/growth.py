"""Growth: the same questions of one city and of many, on PostgreSQL, and what seeding them takes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from bench.answers import check_equal
from bench.databases import grown
from bench.facts import read_facts
from bench.measure import Effort, Times, take_turns
from bench.report import MIB, Verdict, table
from bench.seeding import Seeding
from bench.servers import Kind, Server, serving
from bench.workloads import DEEP, Workload, growing
from schema.compiler.reading import Dialect

SMALL: Final = 1
LARGE: Final = 10
_MOST: Final = 1.3


@dataclass(frozen=True, slots=True)
class Grown:
    """A workload's times at both scales."""

    name: str
    title: str
    small: Times
    large: Times

    @property
    def ratio(self) -> float:
        """How many times longer the large one takes."""
        return self.large.median_ms / self.small.median_ms


@dataclass(frozen=True, slots=True)
class Growth:
    """All of one run; seedings by scale."""

    machine: str
    timings: Sequence[Grown]
    seedings: Mapping[int, Seeding]

    def verdicts(self) -> Iterator[Verdict]:
        """The targets."""
        for one in self.timings:
            target = f"{one.name} at scale {LARGE} at most {_MOST} x scale {SMALL}"
            yield Verdict(target, Dialect.POSTGRESQL, f"{one.ratio:.2f} x", one.ratio <= _MOST)
        ratio = self.seedings[LARGE].peak_bytes / self.seedings[SMALL].peak_bytes
        target = f"memory of seeding at scale {LARGE} at most {_MOST} x scale {SMALL}"
        yield Verdict(target, Dialect.POSTGRESQL, f"{ratio:.2f} x", ratio <= _MOST)

    def content(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "verdicts": [asdict(verdict) for verdict in self.verdicts()]}

    def markdown(self) -> str:
        """As Markdown."""
        return "\n".join(
            (
                f"Measured on {self.machine}, on PostgreSQL. Times in milliseconds: median (90th percentile).",
                "",
                *table(
                    ("workload", f"scale {SMALL}", f"scale {LARGE}", "ratio"),
                    [(one.name, _shown(one.small), _shown(one.large), f"{one.ratio:.2f}") for one in self.timings],
                ),
                "",
                *(f"- {one.name}: {one.title}" for one in self.timings),
                "",
                *table(
                    ("`hub seed --scale`", "minutes", "peak resident memory"),
                    [
                        (str(scale), f"{one.seconds / 60:.1f}", f"{one.peak_bytes / MIB:.0f} MiB")
                        for scale, one in self.seedings.items()
                    ],
                ),
                "",
                *table(
                    ("target", "found", ""),
                    [(one.target, one.found, "met" if one.met else "MISSED") for one in self.verdicts()],
                ),
                "",
            )
        )


def measure_growth(machine: str, names: Sequence[str], effort: Effort, databases: Path, logs: Path) -> Growth:
    """Ask a hub of each scale by turns; ``names`` are of workloads."""
    with grown((SMALL, LARGE), databases) as cities, ExitStack() as stack:
        asked = {
            scale: {one.name: one for one in growing(read_facts(city.url, offset=DEEP))}
            for scale, city in cities.items()
        }
        servers = {
            scale: stack.enter_context(
                serving(Kind.HUB, city.url, list(asked[scale].values()), logs / f"scale-{scale}.log")
            )
            for scale, city in cities.items()
        }
        timings = [_measure(name, servers, asked, effort) for name in names]
        return Growth(machine, timings, {scale: city.seeding for scale, city in cities.items()})


def _measure(
    name: str, servers: Mapping[int, Server], asked: Mapping[int, Mapping[str, Workload]], effort: Effort
) -> Grown:
    title = asked[SMALL][name].title
    print(f"{name}: {title} …", flush=True)

    def check(answers: Mapping[int, bytes]) -> None:
        # The cities are not the same, nor are their answers: each must only be one.
        for scale, body in answers.items():
            check_equal(name, {f"scale {scale}": body})

    times = take_turns({scale: (server, asked[scale][name]) for scale, server in servers.items()}, effort, check)
    return Grown(name, title, times[SMALL], times[LARGE])


def _shown(times: Times) -> str:
    return f"{times.median_ms:.2f} ({times.p90_ms:.2f})"
