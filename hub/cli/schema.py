"""`hub schema`: the graph's SDL."""

from typing import Final

import typer

NAME: Final = "schema"


def run() -> None:
    """Print the graph's schema in GraphQL's schema definition language."""
    from schema.graph import build_schema  # noqa: PLC0415

    typer.echo(build_schema().as_str())
