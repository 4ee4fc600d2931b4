"""`hub schema`: the graph's SDL, and what has changed in it."""

from pathlib import Path
from typing import Annotated, Final

import typer

from hub.errors import BadInputError, HubError
from schema.policy import REACHES, Role

NAME: Final = "schema"


class BrokenSchemaError(HubError):
    """Clients of a released schema would not find what they rely on."""


def run(
    *,
    role: Annotated[
        Role | None, typer.Option("--role", help="As a role sees it; else the whole.", case_sensitive=False)
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Leave the descriptions out.")] = False,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FILE", help="Print nothing, but refuse what breaks clients of this schema."),
    ] = None,
) -> None:
    """Print the graph's schema in GraphQL's schema definition language."""
    if role is not None and since is not None:
        raise typer.BadParameter("give --role or --since, not both", param_hint="--role")

    text = _text(role)
    if since is not None:
        _check(since, text)
        return
    if plain:
        from hub import schema_changes  # noqa: PLC0415

        text = schema_changes.plain(text)
    typer.echo(text, nl=not plain)


def _text(role: Role | None) -> str:
    from schema.graph import Schemas, Sight, build_schema  # noqa: PLC0415

    if role is None:
        return build_schema().as_str()
    return Schemas().of(Sight(role, REACHES[role])).as_str()


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
