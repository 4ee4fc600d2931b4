"""`hub subject-access`: everything that is held on a pupil, and every read of it."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

NAME: Final = "subject-access"


def run(
    student: Annotated[
        str, typer.Argument(help="A global id such as Student:7, or SCHOOLCODE/STUDENTNO as 3083000001/20015.")
    ],
    *,
    purpose: Annotated[
        str, typer.Option(help="Why it is read; this read is in the log too.")
    ] = "a request for access by the pupil",
) -> None:
    """Print as JSON everything held on a pupil, sensitive data and identifiers included, and every read of it."""
    import orjson  # noqa: PLC0415

    from hub import migration  # noqa: PLC0415
    from hub.privacy import everything_on, find_pupil  # noqa: PLC0415
    from hub.privacy.operator import log_access  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    url = Settings.read().owner_url
    migration.check(url)

    def read(connection: "Connection") -> dict[str, Any]:
        pupil = find_pupil(connection, student)
        found = everything_on(connection, pupil)
        log_access(connection, pupil, purpose)
        return found

    typer.echo(orjson.dumps(migration.run(url, read), option=orjson.OPT_INDENT_2).decode())
