"""`hub schema`: the graph's SDL, and what has changed in it."""

from pathlib import Path
from typing import Annotated, Final

import typer

from hub.errors import BadInputError, HubError

NAME: Final = "schema"


class BrokenSchemaError(HubError):
    """Clients of a released schema would not find what they rely on."""


def run(
    *,
    plain: Annotated[bool, typer.Option("--plain", help="Leave the descriptions out.")] = False,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FILE", help="Print nothing, but refuse what breaks clients of this schema."),
    ] = None,
) -> None:
    """Print the graph's schema in GraphQL's schema definition language."""
    from schema.graph import build_schema  # noqa: PLC0415

    text = build_schema().as_str()
    if since is not None:
        _check(since, text)
        return
    if plain:
        from hub import schema_changes  # noqa: PLC0415

        text = schema_changes.plain(text)
    typer.echo(text, nl=not plain)


def _check(since: Path, text: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from hub import schema_changes  # noqa: PLC0415

    try:
        released = since.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"Cannot read {since} ({error}); name a file that holds a GraphQL schema.") from error
    found = schema_changes.complaints(released, text, datetime.now(UTC).date())
    if found:
        listed = "\n".join(f"  {complaint}" for complaint in found)
        raise BrokenSchemaError(f"The schema has changes against docs/schema-changes.md since {since}:\n{listed}")
