"""A real server in a process of its own, and what it said."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
_PLAIN = {
    "HUB_LOG_FORMAT": "json",
    # These databases have one role; what another may do is tested by itself.
    "HUB_ALLOW_OWNER": "1",
}


@dataclass
class Server:
    """A running server; `log` holds what it wrote."""

    base_url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> int:
        """Send SIGTERM and wait; gives the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@contextmanager
def served(command: list[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a command that serves on the port in HUB_PORT until the block is left."""
    port = free_port()
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **_PLAIN, "HUB_PORT": str(port), **environment},
            stdout=output,
            stderr=output,
        )
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(server: Server) -> None:
    for _ in range(300):
        if server.process.poll() is not None:
            break
        with suppress(httpx.TransportError):
            if httpx.get(f"{server.base_url}/healthz").status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"The server did not come up:\n{server.log.read_text()}")
