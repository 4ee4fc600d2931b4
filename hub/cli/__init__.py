"""The command line: `hub`. A command imports what it needs when it runs, so that `hub --help` is quick."""

import sys
from typing import Annotated

import typer

from hub.cli import (
    demo,
    erase,
    explain,
    history,
    migrate,
    prune_reads,
    schema,
    seed,
    serve,
    subject_access,
    token,
    user,
)
from hub.errors import HubError

app = typer.Typer(
    name="hub",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The student records of a city's schools as one GraphQL graph.",
    epilog="Settings come from the environment, prefix HUB_: HUB_DATABASE_URL, HUB_PORT, ...",
)
for module in (serve, migrate, seed, demo, schema, explain, subject_access, erase, prune_reads):
    app.command(name=module.NAME)(module.run)
for group in (user, token, history):
    app.add_typer(group.app)


@app.callback()
def options(
    context: typer.Context, *, debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False
) -> None:
    """Take the options all commands have."""
    context.obj = debug


def main() -> None:
    """Run the command that is named in the arguments; a refusal is one line on stderr and exit code 1."""
    try:
        app()
    except HubError as error:
        if "--debug" in sys.argv[1:]:
            raise
        typer.echo(f"hub: {error}", err=True)
        sys.exit(1)
