"""The console's import: a sheet of 10,000 new subjects, sent, previewed and committed as a browser does it."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any, Final

import httpx

from bench.memory import watched
from bench.report import MIB, Verdict, table
from bench.role_city import RoleCity, with_roles
from bench.servers import Kind, Server, serving
from hub.database import Address, Database
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from schema.compiler.reading import Dialect
from schema.identity.passwords import hash_password
from schema.policy import Role

ROWS: Final = 10_000
SECONDS: Final = 10.0
"""From the sent file to the committed rows, at most."""
GROWTH_MIB: Final = 100
"""The resident memory that the service and its processes may grow by."""

SCHOOLS: Final = ("3083000001", "3083000002", "3083000003")
"""A sheet each, so that every row of every sheet is new."""
_HEADER: Final = "school code,code,curriculum code,name,name in Thai,credits,kind,learning area code,grade level code"
_LETTERS: Final = {"ท": "THA", "ค": "MAT", "ว": "SCI", "ส": "SOC", "พ": "HPE", "ศ": "ART", "ง": "OCC"} | dict.fromkeys(
    "อญจฝย", "FOR"
)
_LEVELS: Final = {"1": [f"ป.{year}" for year in range(1, 7)], "2": ["ม.1", "ม.2", "ม.3"], "3": ["ม.4", "ม.5", "ม.6"]}
_KINDS: Final = {"1": "BASIC", "2": "ADDITIONAL"}
_NUMBERS: Final = range(99, 0, -1)
"""Running numbers, from the end that the city's own subjects do not reach."""
_PASSWORD: Final = "a password of the benchmark"  # noqa: S105 - of a database that nobody else comes to
_OWN: Final = {"sec-fetch-site": "same-origin"}
_SAMPLE_SECONDS: Final = 0.05
_PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Imported:
    """What one sheet took; ``grown`` in bytes, of the service and its processes, None where the system does not say."""

    engine: Dialect
    preview_seconds: float
    commit_seconds: float
    grown: int | None

    @property
    def seconds(self) -> float:
        """From the sent file to the committed rows."""
        return self.preview_seconds + self.commit_seconds


class ImportFailedError(Exception):
    """An import did not come to its end."""


@dataclass(frozen=True, slots=True)
class Imports:
    """All of one run."""

    machine: str
    imported: Sequence[Imported]

    def verdicts(self) -> Iterator[Verdict]:
        """The targets; of several sheets the slowest counts, and the one that took most memory."""
        for engine in dict.fromkeys(one.engine for one in self.imported):
            of_engine = [one for one in self.imported if one.engine is engine]
            slowest = max(one.seconds for one in of_engine)
            yield Verdict(
                f"{ROWS:,} subjects previewed and committed within {SECONDS:.0f} s",
                engine,
                f"{slowest:.1f} s",
                slowest <= SECONDS,
            )
            grown = [one.grown for one in of_engine if one.grown is not None]
            if grown:
                yield Verdict(
                    f"resident memory grows by less than {GROWTH_MIB} MiB",
                    engine,
                    f"{max(grown) / MIB:.0f} MiB",
                    max(grown) < GROWTH_MIB * MIB,
                )

    def content(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "verdicts": [asdict(verdict) for verdict in self.verdicts()]}

    def markdown(self) -> str:
        """As Markdown."""
        return "\n".join(
            (
                f"Measured on {self.machine}: sheets of {ROWS:,} new subjects in CSV, one after the other.",
                "",
                *table(
                    ("engine", "preview", "commit", "memory"),
                    [
                        (
                            one.engine,
                            f"{one.preview_seconds:.1f} s",
                            f"{one.commit_seconds:.1f} s",
                            "not known" if one.grown is None else f"+{one.grown / MIB:.0f} MiB",
                        )
                        for one in self.imported
                    ],
                ),
                "",
                *table(
                    ("target", "engine", "found", ""),
                    [(one.target, one.engine, one.found, "met" if one.met else "MISSED") for one in self.verdicts()],
                ),
                "",
            )
        )


def measure_imports(machine: str, engines: Sequence[Dialect], *, databases: Path, logs: Path) -> Imports:
    """Import a sheet for each of three schools into a copy of the city, made for this run."""
    with with_roles(engines, databases, copy="imports", anew=True) as cities:
        return Imports(machine, [one for engine, city in cities.items() for one in imported(city, engine, logs)])


def sheet(school: str, rows: int) -> bytes:
    """A file of so many subjects that a school does not have."""
    codes = (
        (f"{letter}{stage}{year}{kind}{number:02}", _KINDS[kind], _LETTERS[letter], level)
        for number, kind, letter, stage in product(_NUMBERS, _KINDS, _LETTERS, _LEVELS)
        for year, level in enumerate(_LEVELS[stage], 1)
    )
    lines = (
        f"{school},{code},2551,Subject {code[1:]},วิชา {code},1.5,{kind},{area},{level}"
        for code, kind, area, level in islice(codes, rows)
    )
    return "\r\n".join([_HEADER, *lines]).encode()


def imported(
    city: RoleCity, engine: Dialect, logs: Path, schools: Sequence[str] = SCHOOLS, rows: int = ROWS
) -> Iterator[Imported]:
    """Serve a city and import a sheet of so many rows for each school. Raises ImportFailedError."""
    print(f"Imports: {engine} …", flush=True)
    owner = None if city.owner == city.url else city.owner
    asyncio.run(_account(city.owner))
    with (
        serving(Kind.HUB, city.url, (), logs / f"{engine}-imports.log", owner=owner) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", headers=_OWN, timeout=_PATIENCE) as browser,
    ):
        browser.post("/login", data={"username": "benchmark", "password": _PASSWORD})
        browser.get("/console/import").raise_for_status()
        for school in schools:
            yield _one(browser, server, engine, sheet(school, rows))


def _one(browser: httpx.Client, server: Server, engine: Dialect, content: bytes) -> Imported:
    with watched(server.pid) as memory:
        begun = time.perf_counter()
        sent = browser.post("/console/import", data={"table": "subject"}, files={"file": ("subjects.csv", content)})
        address = sent.headers["location"]
        _await(browser, address, "ready")
        previewed = time.perf_counter()
        page = browser.get(address).text
        plan = page.partition('name="plan" value="')[2].partition('"')[0]
        commit_begun = time.perf_counter()
        browser.post(f"{address}/commit", data={"plan": plan})
        _await(browser, address, "done")
        done = time.perf_counter()
    return Imported(engine, previewed - begun, done - commit_begun, memory.grown)


def _await(browser: httpx.Client, address: str, stage: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        state = browser.get(f"{address}/state").raise_for_status().json()
        if not state["atWork"]:
            if state["stage"] == stage:
                return
            raise ImportFailedError(f"The import came to {state} where {stage} was awaited.")
        time.sleep(_SAMPLE_SECONDS)
    raise ImportFailedError(f"The import did not become {stage} within {_PATIENCE:.0f} s.")


async def _account(url: str) -> None:
    database = await Database.open(Address.parse(url), readers=1)
    try:
        await Accounts(database).create("benchmark", hash_password(_PASSWORD), Grant(Role.ADMIN))
    finally:
        await database.close()
