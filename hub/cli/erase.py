"""`hub erase`: make a pupil anonymous."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from hub.privacy import Erased

NAME: Final = "erase"
_LONGEST_REASON: Final = 500


def run(
    student: Annotated[
        str, typer.Argument(help="A global id such as Student:7, or SCHOOLCODE/STUDENTNO as 3083000001/20015.")
    ],
    *,
    reason: Annotated[str, typer.Option(help="Why, for the record of erasures; without names.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant.")] = False,
) -> None:
    """Make a pupil anonymous everywhere: names, numbers, identifiers and words go, grades and figures stay."""
    if not 0 < len(reason.strip()) <= _LONGEST_REASON:
        raise typer.BadParameter(f"write from 1 to {_LONGEST_REASON} characters", param_hint="--reason")

    from hub import migration  # noqa: PLC0415
    from hub.database.address import Address  # noqa: PLC0415
    from hub.privacy import erase, find_pupil  # noqa: PLC0415
    from hub.privacy.operator import operator  # noqa: PLC0415
    from hub.privacy.storage import sweep  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    url = Settings.read().owner_url
    migration.check(url)
    pupil = migration.run(url, lambda connection: find_pupil(connection, student))
    if not yes:
        typer.confirm(f"Make {pupil.shown} anonymous for ever?", abort=True, err=True)

    def work(connection: "Connection") -> "Erased":
        return erase(connection, pupil, reason=reason.strip(), by=operator())

    erased = migration.run(url, work)
    for table, rows in erased.counts.items():
        typer.echo(f"{table}: {rows} rows")
    proof = erased.proof
    typer.echo(
        f"{proof.columns} text columns of {proof.tables} tables were searched for {proof.values} former values:"
        " none is left."
    )
    for sentence in sweep(Address.parse(url), erased.counts, erased.former):
        typer.echo(sentence)
