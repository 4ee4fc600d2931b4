"""The report: tables of what was measured, and what became of the targets."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench.measure import Timing
from bench.servers import Kind
from bench.workloads import Workload
from schema.compiler.reading import Dialect

MIB: Final = 1024 * 1024
_W3_OVER_FLOOR: Final = 1.5
_W1_OVER_FLOOR_MS: Final = 1.0
_DATALOADER_OVER_HUB: Final = 40.0
_W6_MS: Final = 100.0
_OVER_FLOOR: Final = 1.3
_AT_MOST_OVER_FLOOR: Final = ("W7", "W8", "W9")
_RESIDENT_MIB: Final = 400


@dataclass(frozen=True, slots=True)
class Load:
    """An engine's figures beyond single requests; bytes None where the system does not say."""

    engine: Dialect
    start_seconds: float
    peak_bytes: int | None
    burst: int
    clients: int
    requests_per_second: dict[Kind, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target and what was found."""

    target: str
    engine: Dialect
    found: str
    met: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All of one run."""

    machine: str
    timings: Sequence[Timing]
    loads: Sequence[Load]

    def find(self, workload: str, engine: Dialect, server: Kind) -> Timing | None:
        """A timing; None where it was not measured."""
        wanted = (workload, engine, server)
        return next((one for one in self.timings if (one.workload, one.engine, one.server) == wanted), None)

    def verdicts(self) -> Iterator[Verdict]:
        """The targets that this run can speak of."""
        for engine in dict.fromkeys(one.engine for one in self.timings):
            yield from self._timed_verdicts(engine)
        for load in self.loads:
            if load.peak_bytes is not None:
                mib = load.peak_bytes / MIB
                target = f"resident memory under {_RESIDENT_MIB} MB while {load.burst} W3 run at once"
                yield Verdict(target, load.engine, f"{mib:.0f} MiB", mib < _RESIDENT_MIB)

    def _timed_verdicts(self, engine: Dialect) -> Iterator[Verdict]:
        def median(workload: str, server: Kind) -> float | None:
            found = self.find(workload, engine, server)
            return None if found is None else found.median_ms

        hub, floor, dataloader = (median("W3", kind) for kind in (Kind.HUB, Kind.FLOOR, Kind.DATALOADER))
        if hub and floor:
            ratio = hub / floor
            yield Verdict(f"W3 at most {_W3_OVER_FLOOR} x the floor", engine, f"{ratio:.2f} x", ratio <= _W3_OVER_FLOOR)
        if hub and dataloader:
            ratio = dataloader / hub
            target = f"W3 at least {_DATALOADER_OVER_HUB:.0f} x faster than the DataLoader server"
            yield Verdict(target, engine, f"{ratio:.0f} x", ratio >= _DATALOADER_OVER_HUB)
        hub, floor = median("W1", Kind.HUB), median("W1", Kind.FLOOR)
        if hub and floor:
            over = hub - floor
            target = f"W1 at most {_W1_OVER_FLOOR_MS:.0f} ms over the floor"
            yield Verdict(target, engine, f"{over:.2f} ms", over <= _W1_OVER_FLOOR_MS)
        hub = median("W6", Kind.HUB)
        if hub:
            yield Verdict(f"W6 under {_W6_MS:.0f} ms", engine, f"{hub:.1f} ms", hub < _W6_MS)
        for name in _AT_MOST_OVER_FLOOR:
            hub, floor = median(name, Kind.HUB), median(name, Kind.FLOOR)
            if hub and floor:
                ratio = hub / floor
                yield Verdict(
                    f"{name} at most {_OVER_FLOOR} x the floor", engine, f"{ratio:.2f} x", ratio <= _OVER_FLOOR
                )


def markdown(report: Report, workloads: Sequence[Workload]) -> str:
    """The report as Markdown."""
    return "\n".join(
        (
            f"Measured on {report.machine}. Times in milliseconds: median (90th percentile).",
            "",
            *table(
                ("workload", "engine", "floor", "hub", "hub / floor", "hub - floor", "DataLoader", "DataLoader / hub"),
                _timing_rows(report),
            ),
            "",
            *(f"- {workload.name}: {workload.title}" for workload in workloads),
            "",
            *_load_tables(report.loads),
            *table(
                ("target", "engine", "found", ""),
                [(one.target, one.engine, one.found, "met" if one.met else "MISSED") for one in report.verdicts()],
            ),
            "",
        )
    )


def this_machine() -> str:
    """The machine in a line: processors, system, Python."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {python}, SQLite {sqlite3.sqlite_version}"
    )


def _timing_rows(report: Report) -> Iterator[tuple[str, ...]]:
    for workload, engine in dict.fromkeys((one.workload, one.engine) for one in report.timings):
        floor, hub, loaders = (report.find(workload, engine, kind) for kind in (Kind.FLOOR, Kind.HUB, Kind.DATALOADER))
        if floor is None or hub is None:
            continue
        yield (
            workload,
            engine,
            _times(floor),
            _times(hub),
            f"{hub.median_ms / floor.median_ms:.2f}",
            f"{hub.median_ms - floor.median_ms:.2f}",
            "not asked" if loaders is None else _times(loaders),
            "" if loaders is None else f"{loaders.median_ms / hub.median_ms:.1f}",
        )


def _times(timing: Timing) -> str:
    return f"{timing.median_ms:.2f} ({timing.p90_ms:.2f})"


def _load_tables(loads: Sequence[Load]) -> Iterator[str]:
    if not loads:
        return
    yield from table(
        (
            "engine",
            "start to first answer",
            f"peak resident memory, {loads[0].burst} W3 at once",
            *(f"{kind}: W1 per second, {loads[0].clients} clients" for kind in loads[0].requests_per_second),
        ),
        [
            (
                load.engine,
                f"{load.start_seconds:.2f} s",
                "not known here" if load.peak_bytes is None else f"{load.peak_bytes / MIB:.0f} MiB",
                *(f"{rate:.0f}" for rate in load.requests_per_second.values()),
            )
            for load in loads
        ],
    )
    yield ""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    cells = [head, *rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(head))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    yield lines[0]
    yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    yield from lines[1:]
