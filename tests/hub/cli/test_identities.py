"""`hub user` and `hub token` as an operator meets them, on both engines."""

import base64
import re

import pytest
from typer.testing import CliRunner, Result

from hub.cli import app
from hub.errors import HubError
from hub.identities.sealing import Sealer
from tests.engines import Client, run_apart
from tests.small_city import SmallCity

WAT = "3083000001"
FORM = r"hub_[A-Za-z0-9_-]{43}"


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    async def read() -> list[tuple[object, ...]]:
        async with Client.connect(url) as client:
            return await client.rows(sql)

    found: list[tuple[object, ...]] = run_apart(read)
    return found


def hub(url: str, *arguments: str, stdin: str = "") -> Result:
    # In this process: starting Python costs more than all that is tested here.
    return CliRunner().invoke(app, arguments, input=stdin, env={"HUB_DATABASE_URL": url})


def run(city: SmallCity, *arguments: str, stdin: str = "") -> str:
    done = hub(city.url, *arguments, stdin=stdin)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(url: str, *arguments: str, stdin: str = "") -> str:
    done = hub(url, *arguments, stdin=stdin)
    assert isinstance(done.exception, HubError)
    assert done.stdout == ""
    return str(done.exception)


def staff_no(city: SmallCity) -> str:
    return str(rows(city.url, "SELECT staff_no FROM teacher ORDER BY id LIMIT 1")[0][0])


def test_the_first_admin_is_made_with_a_password_that_is_shown_once(own_city: SmallCity) -> None:
    told = run(own_city, "user", "create", "Root", "--role", "admin")
    (password,) = re.findall(r"^Password: (\S+)$", told, re.MULTILINE)
    ((kept,),) = rows(own_city.url, "SELECT password_hash FROM account WHERE username = 'root'")
    assert str(kept).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert password not in str(kept)
    assert "root" in run(own_city, "user", "list")


def test_accounts_are_made_listed_changed_and_disabled(own_city: SmallCity) -> None:
    run(own_city, "user", "create", "somchai", "--role", "head", "--school", WAT, "--generate")
    told = run(
        own_city,
        *("user", "create", "malee", "--role", "teacher", "--teacher", staff_no(own_city), "--password-stdin"),
        stdin="four words of mine\n",
    )
    assert "Password" not in told
    run(own_city, "user", "role", "malee", "--role", "officer")
    run(own_city, "user", "disable", "Somchai")
    listed = {line.split()[0]: line.split()[1:4] for line in run(own_city, "user", "list").splitlines()}
    assert listed["somchai"] == ["head", WAT, "disabled"]
    assert listed["malee"] == ["officer", "-", "active"]
    run(own_city, "user", "enable", "somchai")
    assert "disabled" not in run(own_city, "user", "list")


def test_a_reset_ends_the_sessions_of_the_account_alone(own_city: SmallCity) -> None:
    for name in ("one", "two"):
        run(own_city, "user", "create", name, "--role", "officer", "--generate")

    async def begin() -> None:
        async with Client.connect(own_city.url) as client:
            at = "'2018-06-10T00:00:00.000+00:00'"
            await client.run(
                "INSERT INTO account_session (digest, account_id, created_at, seen_at, expires_at)"
                f" SELECT username, id, {at}, {at}, {at} FROM account"
            )

    run_apart(begin)
    told = run(own_city, "user", "reset", "ONE")
    assert re.search(r"^Password: \S{24}$", told, re.MULTILINE)
    assert rows(own_city.url, "SELECT digest FROM account_session") == [("two",)]


def test_a_second_factor_and_sessions_are_taken_away_by_command(own_city: SmallCity) -> None:
    run(own_city, "user", "create", "malee", "--role", "officer", "--generate")
    assert "signed in nowhere" in run(own_city, "user", "sessions", "malee")
    assert "had no second factor" in run(own_city, "user", "reset-mfa", "malee")

    async def prepare() -> None:
        async with Client.connect(own_city.url) as client:
            at = "'2100-06-10T00:00:00.000+00:00'"
            await client.run(f"UPDATE account SET second_factor_at = {at}")
            await client.run(
                "INSERT INTO account_session (digest, account_id, created_at, seen_at, expires_at)"
                f" SELECT username, id, {at}, {at}, {at} FROM account"
            )

    run_apart(prepare)
    assert run(own_city, "user", "list").splitlines()[1].endswith("yes")
    assert "2100-06-10T00:00Z" in run(own_city, "user", "sessions", "malee")
    assert "password alone" in run(own_city, "user", "reset-mfa", "Malee")
    assert rows(own_city.url, "SELECT second_factor_at FROM account") == [(None,)]
    assert run(own_city, "user", "end-sessions", "malee") == "Sessions ended: 0.\n"


def test_second_factors_are_sealed_anew_by_command(own_city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = bytes(32), bytes([1]) * 32
    run(own_city, "user", "create", "malee", "--role", "officer", "--generate")

    async def prepare() -> None:
        async with Client.connect(own_city.url) as client:
            await client.run(
                "INSERT INTO second_factor (account_id, sealed_secret, used_step, offered_at)"
                " SELECT id, $1, 0, created_at FROM account",
                Sealer(old).seal("SECRET"),
            )

    def keep(*keys: bytes) -> None:
        monkeypatch.setenv("HUB_SECRET_KEY", ",".join(base64.b64encode(key).decode() for key in keys))

    run_apart(prepare)
    assert "HUB_SECRET_KEY" in refused(own_city.url, "user", "reseal-mfa")
    keep(new)
    failed = hub(own_city.url, "user", "reseal-mfa")
    assert (failed.exit_code, "those of malee" in failed.stderr) == (1, True)
    keep(new, old)
    told = run(own_city, "user", "reseal-mfa")
    assert told == "Second factors that are sealed with the first key now: 1.\n"
    ((sealed,),) = rows(own_city.url, "SELECT sealed_secret FROM second_factor")
    assert Sealer(new).open(str(sealed)) == "SECRET"


def test_the_last_administrator_is_kept_by_command_too(own_city: SmallCity) -> None:
    run(own_city, "user", "create", "root", "--role", "admin", "--generate")
    assert "last administrator" in refused(own_city.url, "user", "disable", "root")
    assert "last administrator" in refused(own_city.url, "user", "role", "root", "--role", "officer")
    run(own_city, "user", "create", "second", "--role", "admin", "--generate")
    run(own_city, "user", "disable", "root")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("user", "create", "a b", "--role", "admin"), "letters a to z"),
        (("user", "create", "root", "--role", "head"), "--school CODE"),
        (("user", "create", "root", "--role", "head", "--school", "999"), "3083000001"),
        (("user", "create", "root", "--role", "officer", "--school", WAT), "leave it out"),
        (("user", "create", "root", "--role", "teacher"), "--teacher STAFF_NO"),
        (("user", "create", "root", "--role", "teacher", "--teacher", "nobody"), "staff number"),
        (("user", "create", "root", "--role", "integrator"), "hub token create"),
        (("user", "create", "root", "--role", "admin", "--teacher", "1"), "role teacher"),
        (("user", "reset", "nobody"), "hub user list"),
        (("user", "disable", "nobody"), "hub user list"),
        (("user", "reset-mfa", "nobody"), "hub user list"),
        (("user", "sessions", "nobody"), "hub user list"),
        (("user", "end-sessions", "nobody"), "hub user list"),
        (("token", "create", "--role", "officer", "--purpose", " "), "what the reads are for"),
        (("token", "create", "--role", "officer", "--purpose", "x" * 201), "200 characters"),
        (("token", "create", "--role", "integrator", "--purpose", "x"), "--all-schools"),
        (("token", "create", "--role", "integrator", "--purpose", "x", "--school", WAT, "--all-schools"), "or else"),
        (("token", "create", "--role", "officer", "--purpose", "x", "--all-schools"), "integrators"),
        (("token", "create", "--role", "officer", "--purpose", "x", "--expires", "0"), "366"),
        (("token", "create", "--role", "officer", "--purpose", "x", "--only", "nothing"), "no nothing"),
        (("token", "create", "--role", "officer", "--purpose", "x", "--only", "birthDate"), "students.birthDate"),
        (("token", "revoke", "77"), "hub token list"),
        (("token", "rotate", "77"), "hub token list"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(
    small_city: SmallCity, arguments: tuple[str, ...], word: str
) -> None:
    assert word in refused(small_city.url, *arguments)


def test_a_name_is_given_once_and_a_weak_password_never(own_city: SmallCity) -> None:
    run(own_city, "user", "create", "root", "--role", "admin", "--generate")
    assert "already" in refused(own_city.url, "user", "create", "ROOT", "--role", "admin", "--generate")
    for password, word in (("short", "12 characters"), ("a" * 20, "different"), ("my name is root!", "name in it")):
        told = refused(own_city.url, "user", "reset", "root", "--password-stdin", stdin=password + "\n")
        assert word in told
        assert password not in told


def test_a_role_that_is_not_there_is_a_usage_error(small_city: SmallCity) -> None:
    assert hub(small_city.url, "user", "create", "x1", "--role", "king").exit_code == 2


def test_a_quiet_token_is_printed_alone_and_kept_as_a_digest(own_city: SmallCity) -> None:
    secret = run(own_city, "token", "create", "--role", "officer", "--purpose", "nightly report", "--quiet").strip()
    assert re.fullmatch(FORM, secret)
    assert secret not in str(rows(own_city.url, "SELECT * FROM api_token"))


def test_a_token_says_what_it_may_do_and_that_it_is_shown_once(own_city: SmallCity) -> None:
    told = run(
        own_city,
        *("token", "create", "--role", "integrator", "--school", WAT, "--purpose", "library", "--expires", "30"),
        *("--only", "students,grades", "--without", "birthDate"),
    )
    assert re.match(FORM + "\n", told)
    for part in ("shown this once", WAT, "only grades, only students, without birthDate", "library", "Bearer"):
        assert part in told
    listed = run(own_city, "token", "list")
    assert "library" in listed
    assert re.search(FORM, listed) is None


def test_a_token_is_rotated_and_revoked(own_city: SmallCity) -> None:
    create = ("token", "create", "--role", "integrator", "--school", WAT, "--purpose", "library", "--quiet")
    first = run(own_city, *create)
    second = run(own_city, "token", "rotate", "1", "--quiet")
    assert re.fullmatch(FORM, second.strip())
    assert first != second
    (line,) = run(own_city, "token", "list").splitlines()[1:]
    assert line.split()[0] == "2"
    assert WAT in line
    assert "has ended" in refused(own_city.url, "token", "rotate", "1")
    assert "is revoked" in run(own_city, "token", "revoke", "2")
    assert "before" in run(own_city, "token", "revoke", "2")
    assert "no tokens in use" in run(own_city, "token", "list")
    assert run(own_city, "token", "list", "--all").count("revoked") == 2


def test_a_database_without_tables_says_which_command_to_run(blank_url: str) -> None:
    assert "hub migrate" in refused(blank_url, "user", "list")
