"""`hub token`: programs' tokens."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.cli.opened import with_database
from schema.policy import Role

if TYPE_CHECKING:
    from hub.database import Database
    from hub.identities.tokens import NewToken, TokenInfo
    from schema.policy import Narrowing

NAME: Final = "token"
_DEFAULT_DAYS: Final = 90  # repeated from hub.identities.tokens, which costs too much to import for `--help`

app = typer.Typer(name=NAME, no_args_is_help=True, help="Programs' tokens: what asks as `Authorization: Bearer`.")

_Key = Annotated[int, typer.Argument(metavar="ID", help="The token's number in `hub token list`.")]
_Days = Annotated[int, typer.Option("--expires", metavar="DAYS", help="Days until it ends, 366 at most.")]
_Quiet = Annotated[bool, typer.Option("--quiet", help="Print the token alone.")]


@app.command()
def create(  # noqa: PLR0913 - an option a right
    *,
    role: Annotated[Role, typer.Option("--role", help="What it may do.", case_sensitive=False)],
    purpose: Annotated[str, typer.Option("--purpose", metavar="TEXT", help="What its reads are for; kept in the log.")],
    school: Annotated[
        list[str] | None, typer.Option("--school", metavar="CODE", help="A school it reads; once for each.")
    ] = None,
    all_schools: Annotated[bool, typer.Option("--all-schools", help="An integrator that reads every school.")] = False,
    teacher: Annotated[
        str | None, typer.Option("--teacher", metavar="STAFF_NO", help="Which teacher it reads as.")
    ] = None,
    expires: _Days = _DEFAULT_DAYS,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAMES", help="Only these types or fields: students,grades.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="NAMES", help="Without these types or fields: birthDate.")
    ] = None,
    quiet: _Quiet = False,
) -> None:
    """Make a token, and print it once."""
    from hub.identities.grant import Grant  # noqa: PLC0415
    from hub.identities.tokens import Tokens, checked_days, checked_purpose  # noqa: PLC0415

    grant = Grant(role, tuple(school or ()), all_schools=all_schools, teacher=teacher)
    grant.check(of_account=False)
    checked_purpose(purpose)
    checked_days(expires)
    narrowing = _narrowing(only, without)

    async def work(database: "Database") -> "NewToken":
        return await Tokens(database).create(grant, purpose, days=expires, narrowing=narrowing)

    made = with_database(work)
    _show(made, quiet=quiet)


@app.command(name="list")
def list_tokens(*, every: Annotated[bool, typer.Option("--all", help="Those that have ended, too.")] = False) -> None:
    """List the tokens: number, beginning, role, schools or teacher, state, end, last use, purpose."""
    from hub.cli.table import day, lines  # noqa: PLC0415
    from hub.identities.tokens import Tokens  # noqa: PLC0415
    from schema.tables.columns import this_millisecond  # noqa: PLC0415

    async def work(database: "Database") -> "list[TokenInfo]":
        return await Tokens(database).list()

    now = this_millisecond()
    tokens = [token for token in with_database(work) if every or token.state(now) == "active"]
    if not tokens:
        typer.echo("There are no tokens in use. Make one: hub token create --role ROLE --purpose TEXT")
        return
    head = ("ID", "TOKEN", "ROLE", "OF", "NARROWED", "STATE", "EXPIRES", "LAST USED", "PURPOSE")
    rows = (
        (
            str(token.id),
            f"{token.shown}...",
            token.role.value,
            _of(token),
            _narrowed(token),
            token.state(now),
            day(token.expires_at),
            day(token.last_used_at),
            token.purpose,
        )
        for token in tokens
    )
    for line in lines(head, rows):
        typer.echo(line)


@app.command()
def revoke(key: _Key) -> None:
    """End a token; the service takes it no more within 5 seconds."""
    from hub.identities.tokens import Tokens  # noqa: PLC0415

    async def work(database: "Database") -> bool:
        return await Tokens(database).revoke(key)

    now = with_database(work)
    typer.echo(f"Token {key} is revoked." if now else f"Token {key} was revoked before.")


@app.command()
def rotate(
    key: _Key,
    *,
    expires: _Days = _DEFAULT_DAYS,
    grace: Annotated[
        float, typer.Option("--grace", min=0, max=168, metavar="HOURS", help="How long the old one may still be used.")
    ] = 0,
    quiet: _Quiet = False,
) -> None:
    """Make a token with the same rights, and end the old one."""
    from hub.identities.tokens import Tokens  # noqa: PLC0415

    async def work(database: "Database") -> "NewToken":
        return await Tokens(database).rotate(key, days=expires, grace=timedelta(hours=grace))

    _show(with_database(work), quiet=quiet)


def _narrowing(only: list[str] | None, without: list[str] | None) -> "Narrowing | None":
    if not only and not without:
        return None
    from hub.identities.narrowing import read_narrowing  # noqa: PLC0415

    return read_narrowing(only or (), without or ())


def _show(made: "NewToken", *, quiet: bool) -> None:
    typer.echo(made.secret)
    if quiet:
        return
    from hub.identities.tokens import Tokens  # noqa: PLC0415

    async def work(database: "Database") -> "TokenInfo":
        return next(token for token in await Tokens(database).list() if token.id == made.id)

    token = with_database(work)
    typer.echo(
        f"\nThis is token {token.id}. It is shown this once: only its hash is kept.\n"
        f"Role: {token.role.value} ({_of(token)}). Narrowed: {_narrowed(token)}.\n"
        f"Ends: {token.expires_at:%Y-%m-%d %H:%M} UTC. Purpose: {token.purpose}.\n"
        "Send it as the header `Authorization: Bearer TOKEN`."
    )


def _of(token: "TokenInfo") -> str:
    if token.schools:
        return ",".join(token.schools)
    if token.role is Role.TEACHER:
        return token.teacher or "a teacher who is gone"
    return "all schools" if token.all_schools or token.role not in (Role.HEAD, Role.INTEGRATOR) else "no school"


def _narrowed(token: "TokenInfo") -> str:
    parts = [f"only {name}" for name in sorted(token.narrowing.only)]
    parts += [f"without {name}" for name in sorted(token.narrowing.without)]
    return ", ".join(parts) or "no"
