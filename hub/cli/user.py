"""`hub user`: people's accounts."""

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hub.cli.opened import with_database
from schema.policy import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hub.database import Database
    from hub.identities.accounts import AccountInfo, SessionInfo
    from hub.identities.grant import Grant

NAME: Final = "user"

app = typer.Typer(name=NAME, no_args_is_help=True, help="People's accounts: who signs in with a password.")

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
_RoleOption = Annotated[Role, typer.Option("--role", help="What the account may do.", case_sensitive=False)]
_Schools = Annotated[
    list[str] | None, typer.Option("--school", metavar="CODE", help="A school of a head; once for each.")
]
_Teacher = Annotated[str | None, typer.Option("--teacher", metavar="STAFF_NO", help="Which teacher it is.")]
_FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
_Generate = Annotated[bool, typer.Option("--generate", help="Make a password, and print it once.")]


@app.command()
def create(  # noqa: PLR0913 - an option a right
    name: _Name,
    *,
    role: _RoleOption,
    school: _Schools = None,
    teacher: _Teacher = None,
    password_stdin: _FromStdin = False,
    generate: _Generate = False,
) -> None:
    """Make an account. Asks for a password; where nobody answers, makes one and prints it once."""
    from hub.identities.accounts import Accounts, checked_username  # noqa: PLC0415
    from schema.identity.passwords import hash_password  # noqa: PLC0415

    username = checked_username(name)
    grant = _grant(role, school, teacher)
    grant.check(of_account=True)
    password, made = _password(username, from_stdin=password_stdin, generate=generate)
    hashed = hash_password(password)

    async def work(database: "Database") -> None:
        await Accounts(database).create(username, hashed, grant)

    with_database(work)
    typer.echo(f"{username} may sign in at /login as {role.value}.")
    _show(made)


@app.command(name="list")
def list_accounts() -> None:
    """List the accounts: name, role, schools or teacher, state, when each last signed in, second factor."""
    from hub.cli.table import day, lines  # noqa: PLC0415
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    async def work(database: "Database") -> "list[AccountInfo]":
        return await Accounts(database).list()

    accounts = with_database(work)
    if not accounts:
        typer.echo("There are no accounts. Make the first: hub user create NAME --role admin")
        return
    rows = (
        (
            account.username,
            account.role.value,
            ",".join(account.schools) or account.teacher or "-",
            "active" if account.is_active else "disabled",
            day(account.created_at),
            day(account.last_login_at),
            "yes" if account.second_factor_at else "no",
        )
        for account in accounts
    )
    for line in lines(("NAME", "ROLE", "OF", "STATE", "CREATED", "LAST LOGIN", "SECOND FACTOR"), rows):
        typer.echo(line)


@app.command()
def reset(name: _Name, *, password_stdin: _FromStdin = False, generate: _Generate = False) -> None:
    """Give an account another password, and end its sessions."""
    from hub.identities.accounts import Accounts  # noqa: PLC0415
    from schema.identity.passwords import hash_password  # noqa: PLC0415

    async def require(database: "Database") -> str:
        return await Accounts(database).require(name)

    username = with_database(require)
    password, made = _password(username, from_stdin=password_stdin, generate=generate)
    hashed = hash_password(password)

    async def work(database: "Database") -> None:
        await Accounts(database).set_password(username, hashed)

    with_database(work)
    typer.echo(f"{username} has another password; whoever was signed in with the old one is signed out.")
    _show(made)


@app.command()
def disable(name: _Name) -> None:
    """Let an account sign in no more, and end its sessions."""
    _set_active(name, active=False)
    typer.echo(f"{name} may not sign in any more, and is signed out within 5 seconds. `hub user enable` undoes it.")


@app.command()
def enable(name: _Name) -> None:
    """Let a disabled account sign in again."""
    _set_active(name, active=True)
    typer.echo(f"{name} may sign in again.")


@app.command()
def role(name: _Name, *, role: _RoleOption, school: _Schools = None, teacher: _Teacher = None) -> None:
    """Give an account another role, with its schools or its teacher, and end its sessions."""
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    grant = _grant(role, school, teacher)

    async def work(database: "Database") -> None:
        await Accounts(database).set_role(name, grant)

    with_database(work)
    typer.echo(f"{name} is {role.value} from the next sign-in on; the sessions that there were are ended.")


@app.command(name="reset-mfa")
def reset_mfa(name: _Name) -> None:
    """Take a lost second factor away from an account, and end its sessions."""
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    async def work(database: "Database") -> bool:
        return await Accounts(database).remove_second_factor(name)

    had = with_database(work)
    typer.echo(f"{name} signs in with the password alone now." if had else f"{name} had no second factor.")


@app.command(name="reseal-mfa")
def reseal_mfa() -> None:
    """Seal every second factor with the first key of HUB_SECRET_KEY, so that the others can be forgotten."""
    from hub.identities.resealing import Resealed, reseal  # noqa: PLC0415
    from hub.identities.sealing import Sealer  # noqa: PLC0415
    from hub.settings import Settings  # noqa: PLC0415

    sealer = Sealer(*Settings.read().sealing_keys)

    async def work(database: "Database") -> Resealed:
        return await reseal(database, sealer)

    done = with_database(work)
    typer.echo(f"Second factors that are sealed with the first key now: {done.count}.")
    if done.unread:
        typer.echo(
            f"No key of HUB_SECRET_KEY opens those of {', '.join(done.unread)}. Name theirs too and try again, or"
            " remove them: `hub user reset-mfa NAME`.",
            err=True,
        )
        raise typer.Exit(1)


@app.command()
def sessions(name: _Name) -> None:
    """List where an account is signed in: when each session began, was last used, and ends."""
    from hub.cli.table import day, lines  # noqa: PLC0415
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    async def work(database: "Database") -> "Sequence[SessionInfo]":
        accounts = Accounts(database)
        return await accounts.sessions(await accounts.key_of(name))

    found = with_database(work)
    if not found:
        typer.echo(f"{name} is signed in nowhere.")
        return
    rows = ((day(one.created_at), day(one.seen_at), day(one.expires_at)) for one in found)
    for line in lines(("BEGUN", "LAST USED", "ENDS"), rows):
        typer.echo(line)


@app.command(name="end-sessions")
def end_sessions(name: _Name) -> None:
    """Sign an account out everywhere; the service takes its sessions no more within 5 seconds."""
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    async def work(database: "Database") -> int:
        return await Accounts(database).end_sessions(name)

    typer.echo(f"Sessions ended: {with_database(work)}.")


def _set_active(name: str, *, active: bool) -> None:
    from hub.identities.accounts import Accounts  # noqa: PLC0415

    async def work(database: "Database") -> None:
        await Accounts(database).set_active(name, active=active)

    with_database(work)


def _grant(role: Role, schools: list[str] | None, teacher: str | None) -> "Grant":
    from hub.identities.grant import Grant  # noqa: PLC0415

    return Grant(role, tuple(schools or ()), teacher=teacher)


def _password(username: str, *, from_stdin: bool, generate: bool) -> tuple[str, str | None]:
    """The password, and the same again if it was made here and has to be shown."""
    from hub.identities.accounts import check_password  # noqa: PLC0415
    from schema.identity.secrets import new_password  # noqa: PLC0415

    if from_stdin and generate:
        raise typer.BadParameter("give --password-stdin or --generate, not both", param_hint="--generate")
    password = ""
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not generate and sys.stdin.isatty():
        password = typer.prompt(
            "Password (Enter makes one)", hide_input=True, confirmation_prompt=True, default="", show_default=False
        )
    if not password and not from_stdin:
        made = new_password()
        return made, made
    check_password(password, username)
    return password, None


def _show(made: str | None) -> None:
    if made:
        typer.echo(f"Password: {made}\nIt is shown this once.")
