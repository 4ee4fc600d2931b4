"""`hub history`: seal and verify the history of changes, and take one back."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.cli.opened import with_database
from hub.errors import HubError

if TYPE_CHECKING:
    from hub.database import Database
    from hub.history.verifying import Verdict

NAME: Final = "history"
_MOST: Final = 50
_LARGEST: Final = 2**63 - 1

app = typer.Typer(name=NAME, no_args_is_help=True, help="The history of changes: sealed by a chain, and verified.")


class HistoryBrokenError(HubError):
    """The history is not whole; the message says what is wrong."""


@app.command()
def seal() -> None:
    """Seal what is committed; the service does it by itself, within about a second."""
    from hub.history.sealing import seal_all  # noqa: PLC0415

    async def work(database: "Database") -> int:
        return await seal_all(database)

    typer.echo(f"{with_database(work)} changes were sealed.")


@app.command()
def revert(
    number: Annotated[int, typer.Argument(min=1, max=_LARGEST, metavar="NUMBER", help="The change's number.")],
) -> None:
    """Take one change back, of records too; refused where it would break something, with what stands in the way."""
    from hub.history.revert import revert as take_back  # noqa: PLC0415
    from hub.identities.owner import command_line  # noqa: PLC0415

    async def work(database: "Database") -> int:
        return await take_back(database, number, command_line())

    typer.echo(f"Change {number} was taken back by change {with_database(work)}.")


@app.command()
def verify(
    *,
    head: Annotated[
        str | None, typer.Option("--head", metavar="HEX", help="A head printed before, which must be in the chain.")
    ] = None,
) -> None:
    """Check the chain and its digests, and that what it says of rows is what they are; print the head to keep."""
    from hub.history.verifying import verify as check  # noqa: PLC0415

    wanted = None if head is None else head.strip().lower()

    async def work(database: "Database") -> "Verdict":
        return await check(database, wanted)

    verdict = with_database(work)
    if verdict.complaints:
        shown = "\n".join(f"  {complaint}" for complaint in verdict.complaints[:_MOST])
        more = f"\n  and {len(verdict.complaints) - _MOST} more" if len(verdict.complaints) > _MOST else ""
        raise HistoryBrokenError(f"The history is not whole:\n{shown}{more}")
    typer.echo(
        f"{verdict.links} sealed changes follow from one another, and {verdict.rows} rows are as they were left."
        + (f" {verdict.unsealed} changes are not sealed yet." if verdict.unsealed else "")
    )
    if verdict.known_at is not None:
        typer.echo(f"The head that was kept is link {verdict.known_at}.")
    typer.echo(f"Keep this head elsewhere: {verdict.head}")
