"""The three servers, each in a process of its own."""

import asyncio
import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from bench.client import Client
from bench.floor.app import READS
from bench.workloads import Workload
from hub.database import Address, Database
from hub.identities.grant import Grant
from hub.identities.tokens import Tokens
from schema.policy import Role

ADMIN: Final = Grant(Role.ADMIN)

_ROOT: Final = Path(__file__).parents[1]
_START_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.01


class Kind(StrEnum):
    """Who answers."""

    HUB = "hub"
    FLOOR = "floor"
    DATALOADER = "dataloader"


_COMMANDS: Final = {
    Kind.HUB: ("-c", "from hub.cli import main; main()", "serve"),
    Kind.FLOOR: ("-m", "bench.serving", "bench.floor.app:create_app"),
    Kind.DATALOADER: ("-m", "bench.serving", "bench.dataloader.app:create_app"),
}


class ServerFailedError(Exception):
    """A server did not come up."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; ``start_seconds`` from the start of its process to its first answer.

    ``token`` is what the hub is asked with; the others ask for none.
    """

    kind: Kind
    port: int
    pid: int
    start_seconds: float
    token: str = ""

    def answers(self, workload: Workload) -> bool:
        """Whether this server has an answer to a workload."""
        return workload.peer or self.kind is not Kind.DATALOADER

    def path(self, workload: Workload) -> str:
        """Where a workload is asked."""
        return f"/{workload.name}" if self.kind is Kind.FLOOR else "/graphql"

    def body(self, workload: Workload) -> bytes:
        """What is sent; the floor gets the same, and does not look at it."""
        variables = dict(workload.variables)
        if workload.after is not None and self.kind is not Kind.FLOOR:
            asked = {"query": workload.cursor_query, "variables": {"offset": workload.after}}
            with Client(self.port, self.token) as client:
                answer = json.loads(client.post("/graphql", json.dumps(asked).encode()))
            variables["after"] = answer["data"]["students"]["pageInfo"]["endCursor"]
        return json.dumps({"query": workload.query, "variables": variables}).encode()

    def bodies(self, workload: Workload) -> Iterator[bytes]:
        """What is sent, time after time.

        Where the variables are to vary there is one more of them, which no operation declares: the answer is the same.
        """
        body = self.body(workload)
        if not workload.varies:
            return itertools.repeat(body)
        sent = json.loads(body)
        return (
            json.dumps({**sent, "variables": {**sent["variables"], "turn": turn}}).encode()
            for turn in itertools.count()
        )

    def peak_bytes(self) -> int | None:
        """The most memory that was resident at once since the process began; None where the system does not say."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return None
        return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), None)


@contextmanager
def serving(  # noqa: PLR0913 - the last two are for what roles are asked alone
    kind: Kind,
    url: str,
    workloads: Sequence[Workload],
    log: Path,
    *,
    owner: str | None = None,
    grant: Grant = ADMIN,
) -> Iterator[Server]:
    """Run a server of a database until the block is left; `log` takes what it writes.

    The hub is asked with a token of `grant`, made by the `owner` of the database where another role serves.
    """
    port = _free_port()
    engine = Address.parse(url).dialect
    environment: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB_")},
        # The cluster is the benchmark's own, and has one role unless it is told of another.
        "HUB_ALLOW_OWNER": "0" if owner else "1",
        "HUB_RATE_LIMIT": "0",
        "HUB_DATABASE_URL": url,
        "HUB_PORT": str(port),
        "HUB_LOG_FORMAT": "json",
        READS: json.dumps({one.name: (one.statements[engine], one.parameters) for one in workloads}),
    }
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *_COMMANDS[kind]], cwd=_ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait(process, port, log)
        seconds = time.perf_counter() - begun
        token = asyncio.run(_token(owner or url, grant)) if kind is Kind.HUB else ""
        yield Server(kind, port, process.pid, seconds, token)
    finally:
        process.terminate()
        try:
            process.wait(_START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


async def _token(url: str, grant: Grant) -> str:
    database = await Database.open(Address.parse(url), readers=1)
    try:
        return (await Tokens(database).create(grant, "benchmark", days=1)).secret
    finally:
        await database.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with Client(port) as client:
                client.get("/healthz")
        except OSError:
            time.sleep(_POLL_SECONDS)
        else:
            return
    raise ServerFailedError(f"A server did not come up. It wrote:\n{log.read_text(errors='replace')}")
