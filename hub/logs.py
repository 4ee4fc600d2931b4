"""Structured logs: one line an event, JSON for machines or coloured text for a terminal."""

import logging
import sys
from typing import Any, Final

import orjson
import structlog

from hub.settings import LogFormat, LogLevel
from hub.web.observed import current

# Strawberry logs every error of every operation, the client's own mistakes included; uvicorn every request; aiosqlite,
# at debug, every statement with its values.
_SILENT: Final = ("strawberry.execution", "uvicorn.access", "aiosqlite")

# Without the local variables that structlog would show: they hold what was asked and answered, so pupils' data.
_TRACEBACKS: Final = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def configure_logs(level: LogLevel, form: LogFormat) -> None:
    """Set up logging for this process, the standard library's records included."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Any] = [
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any]
    if form is LogFormat.JSON:
        last = [_TRACEBACKS, structlog.processors.JSONRenderer(serializer=_dumps)]
    else:
        plain = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    for name in _SILENT:
        logging.getLogger(name).disabled = True


def _name_request(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    observed = current.get()
    if observed is not None:
        event["request_id"] = observed.request_id
    return event


def _dumps(event: object, **_: object) -> str:
    return orjson.dumps(event, default=repr).decode()
