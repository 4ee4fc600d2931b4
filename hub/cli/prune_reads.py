"""`hub prune-reads`: delete old entries of the log of reads."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

NAME: Final = "prune-reads"
KEPT_DAYS: Final = 730  # repeated from schema.derived, which costs too much to import for `--help`; a test compares


def run(*, days: Annotated[int, typer.Option(min=KEPT_DAYS, help="Delete reads that are older.")] = KEPT_DAYS) -> None:
    """Delete reads that need not be kept any longer."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    from hub import migration  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415
    from schema.privacy import ReadLog, ReadLogPupil  # noqa: PLC0415

    url = Settings.read().owner_url
    migration.check(url)
    log, named = ReadLog.__table__, ReadLogPupil.__table__
    # A second more, for the database has a clock of its own and refuses what is younger.
    oldest = datetime.now(UTC) - timedelta(days=days, seconds=1)

    def work(connection: "Connection") -> int:
        old = log.c.at < oldest
        connection.execute(
            named.delete().where(named.c.read_id.in_(log.select().with_only_columns(log.c.id).where(old)))
        )
        return connection.execute(log.delete().where(old)).rowcount

    typer.echo(f"{migration.run(url, work)} reads older than {days} days were deleted.")
