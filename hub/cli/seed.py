"""`hub seed`: reference data and the synthetic demo city."""

from typing import Annotated, Final

import typer

NAME: Final = "seed"


def run(
    *,
    scale: Annotated[int, typer.Option(min=1, help="How many cities.")] = 1,
    seed: Annotated[int, typer.Option(help="Another seed gives another city; the same one the same.")] = 2561,
    force: Annotated[bool, typer.Option("--force", help="Replace the records that are there.")] = False,
) -> None:
    """Fill the database with reference data and four years of synthetic records."""
    import seeds  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    seeds.load(Settings.read().owner_url, scale=scale, seed=seed, force=force, progress=True)
