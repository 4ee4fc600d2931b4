import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from hub.logs import configure_logs
from hub.settings import LogFormat, LogLevel


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def fail() -> None:
    pupil = "iahcmoS"[::-1]
    raise ZeroDivisionError(len(pupil))


@pytest.mark.parametrize("form", list(LogFormat))
def test_a_traceback_shows_no_local_variable(form: LogFormat, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.INFO, form)
    try:
        fail()
    except ZeroDivisionError as error:
        structlog.get_logger().error("failed", exc_info=error)
    written = capsys.readouterr().err
    assert "ZeroDivisionError" in written
    assert "Somchai" not in written


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.INFO, LogFormat.JSON)
    structlog.get_logger().info("asked", path="/graphql\nforged line")
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["path"] == "/graphql\nforged line"


def test_what_is_less_serious_than_the_level_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(LogLevel.WARNING, LogFormat.JSON)
    structlog.get_logger().info("asked")
    assert capsys.readouterr().err == ""
