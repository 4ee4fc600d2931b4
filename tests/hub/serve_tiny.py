"""Serves the tiny schema on HUB_PORT, with the settings of the environment."""

import uvicorn

from hub.app import compose
from hub.logs import configure_logs
from hub.settings import Settings
from tests.hub.tiny import Anybody, graphs_of, schema

if __name__ == "__main__":
    settings = Settings.read()
    configure_logs(settings.log_level, settings.log_format)
    uvicorn.run(
        compose(settings, graphs_of(schema), Anybody()),
        port=settings.port,
        http="hub.web.protocol:BoundedProtocol",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
