"""Serve one of the benchmark's own applications as `hub serve` serves the hub: `python -m bench.serving APP`.

One worker, the same event loop and parser, no access log; the port is `HUB_PORT`'s.
"""

import os
import sys

import uvicorn

if __name__ == "__main__":
    uvicorn.run(
        sys.argv[1],
        factory=True,
        host="127.0.0.1",
        port=int(os.environ["HUB_PORT"]),
        access_log=False,
        log_config=None,
        server_header=False,
        ws="none",
    )
