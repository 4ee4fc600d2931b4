"""`hub migrate`: bring the tables to a revision."""

from typing import Annotated, Final

import typer

NAME: Final = "migrate"


def run(
    *,
    to: Annotated[str, typer.Option("--to", metavar="REV", help="The revision to go up to.")] = "head",
    down: Annotated[
        str | None, typer.Option("--down", metavar="REV", help="The revision to go down to; base takes all away.")
    ] = None,
) -> None:
    """Make or change the tables, up to the newest revision unless told otherwise."""
    if down is not None and to != "head":
        raise typer.BadParameter("give --to or --down, not both", param_hint="--to")

    from hub import migration  # noqa: PLC0415
    from hub.database.address import Address  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    settings = Settings.read()
    url = settings.owner_url
    if down is None:
        migration.upgrade(url, to, service=settings.database if settings.migrate_url else None)
    else:
        migration.downgrade(url, down)
    typer.echo(
        f"{Address.parse(url).shown} is at {migration.current_revision(url) or 'no revision: it has no tables'}."
    )
