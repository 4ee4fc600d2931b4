"""`python -m bench`: measure the hub against the floor and a DataLoader server, as it grows, by role, or importing."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bench.databases import FOLDER, seeded
from bench.facts import read_facts
from bench.growth import measure_growth
from bench.imports import measure_imports
from bench.measure import QUICK, THOROUGH, Effort, Servers, Timing, burst, measure, requests_per_second
from bench.report import Load, Report, markdown, this_machine
from bench.roles import measure_roles
from bench.servers import Kind, serving
from bench.workloads import DEEP, GROWING, PUPILS, YEARS, Workload, workloads
from schema.compiler.reading import Dialect

_BURST: Final = 20
_BURSTS: Final = 3
_CLIENTS: Final = 16


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(  # noqa: PLR0913 - they are the command line's options
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Few repetitions: for a look, not for the record.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="A workload, W1 to W9 or W1v; may be repeated.")] = None,
    engine: Annotated[list[Dialect] | None, typer.Option(help="An engine; may be repeated.")] = None,
    growth: Annotated[
        bool, typer.Option("--growth", help="Compare one city with ten, on PostgreSQL, instead.")
    ] = False,
    roles: Annotated[
        bool, typer.Option("--roles", help="Compare an administrator with an officer and a teacher instead.")
    ] = False,
    imports: Annotated[
        bool, typer.Option("--imports", help="Import sheets of 10,000 subjects through the console instead.")
    ] = False,
    databases: Annotated[Path, typer.Option(help="Where the seeded databases are kept.")] = FOLDER,
) -> None:
    """Measure, print the tables, and write them under build/bench/."""
    effort = QUICK if quick else THOROUGH
    FOLDER.mkdir(parents=True, exist_ok=True)
    if growth:
        if engine not in (None, [Dialect.POSTGRESQL]):
            raise typer.BadParameter("growth is measured on PostgreSQL alone", param_hint="--engine")
        if unknown := set(only or ()) - set(GROWING):
            raise typer.BadParameter(f"{min(unknown)} is none of {', '.join(GROWING)}", param_hint="--only")
        grown = measure_growth(this_machine(), only or GROWING, effort, databases, FOLDER)
        _write("growth", grown.markdown(), grown.content())
        return
    engines = list(dict.fromkeys(engine or Dialect))
    if roles:
        told = measure_roles(this_machine(), engines, only, effort, databases=databases, logs=FOLDER)
        _write("roles", told.markdown(), told.content())
        return
    if imports:
        imported = measure_imports(this_machine(), engines, databases=databases, logs=FOLDER)
        _write("imports", imported.markdown(), imported.content())
        return
    with seeded(engines, databases) as urls:
        facts = read_facts(urls[engines[0]], offset=DEEP)
        everything = list(workloads(facts, years=YEARS, pupils=PUPILS))
        asked = [one for one in everything if not only or one.name in only]
        if not asked:
            raise typer.BadParameter(f"There is no workload {only}; there are W1 to W9, and W1v.")
        report = Report(
            this_machine(),
            _timings(urls, asked, effort),
            [] if only else [_load(urls[one], one, everything, effort) for one in engines],
        )
    content = {**asdict(report), "verdicts": [asdict(verdict) for verdict in report.verdicts()]}
    _write("report", markdown(report, asked), content)


def _write(name: str, text: str, content: dict[str, Any]) -> None:
    print(text)
    (FOLDER / f"{name}.md").write_text(text)
    (FOLDER / f"{name}.json").write_text(json.dumps(content, indent=2) + "\n")
    print(f"Written to {FOLDER}/{name}.md and {name}.json.")


def _timings(urls: dict[Dialect, str], asked: Sequence[Workload], effort: Effort) -> list[Timing]:
    with ExitStack() as stack:
        servers: Servers = {
            (engine, kind): stack.enter_context(serving(kind, url, asked, FOLDER / f"{engine}-{kind}.log"))
            for engine, url in urls.items()
            for kind in Kind
        }
        found: list[Timing] = []
        for workload in asked:
            print(f"{workload.name}: {workload.title} …", flush=True)
            found += measure(workload, servers, effort)
        return found


def _load(url: str, engine: Dialect, everything: Sequence[Workload], effort: Effort) -> Load:
    """An engine's figures beyond single requests, each from servers just started."""
    print(f"Start, memory and load: {engine} …", flush=True)
    small = next(one for one in everything if one.name == "W1")
    large = next(one for one in everything if one.name == "W3")
    with serving(Kind.HUB, url, everything, FOLDER / f"{engine}-burst.log") as server:
        for _ in range(_BURSTS):
            burst(large, server, _BURST)
        start_seconds, peak_bytes = server.start_seconds, server.peak_bytes()
    rates: dict[Kind, float] = {}
    for kind in Kind:
        with serving(kind, url, everything, FOLDER / f"{engine}-load.log") as server:
            rates[kind] = requests_per_second(small, server, _CLIENTS, effort.load_seconds)
    return Load(engine, start_seconds, peak_bytes, _BURST, _CLIENTS, rates)


if __name__ == "__main__":
    app()
