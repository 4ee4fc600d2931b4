"""`hub demo`: an identity for each role of the demo city."""

from typing import TYPE_CHECKING, Final

import typer

from hub.cli.opened import with_database

if TYPE_CHECKING:
    from hub.database import Database
    from hub.identities.demo import DemoIdentity

NAME: Final = "demo"


def run() -> None:
    """Make an account and a token for each role in the demo city, once, and print how to use them."""
    from hub.cli.table import lines  # noqa: PLC0415
    from hub.identities.demo import FILE, make_identities  # noqa: PLC0415

    async def work(database: "Database") -> "list[DemoIdentity]":
        return await make_identities(database)

    made = with_database(work)
    rows = ((one.role, one.of, one.username or "-", one.password or "-", one.token) for one in made)
    for line in lines(("ROLE", "OF", "NAME", "PASSWORD", "TOKEN"), rows):
        typer.echo(line)
    typer.echo(
        "\nSign in at /login with a name and its password, or paste a token into the bar of the IDE at /graphql.\n"
        "A program sends it: curl -H 'Authorization: Bearer TOKEN' ... /graphql\n"
        f"They are kept in {FILE}, which you alone may read, so that `make demo` prints them again."
    )
