"""The demo's identities: an account and a token for each role, made once, and kept in a file to use again."""

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import orjson

from hub.database import Database, moment
from hub.errors import BadInputError
from hub.identities.accounts import Accounts
from hub.identities.grant import Grant
from hub.identities.tokens import MOST_DAYS, Tokens
from schema.identity.passwords import hash_password
from schema.identity.secrets import digest_of, new_password
from schema.policy import Role
from schema.tables.columns import this_millisecond
from seeds import world

FILE: Final = Path("hub-demo-identities.json")
_SCHOOLS: Final = "SELECT code, name FROM school ORDER BY code"
_TEACHER: Final = """
SELECT teacher.staff_no FROM homeroom_teacher
JOIN homeroom ON homeroom.id = homeroom_teacher.homeroom_id JOIN teacher ON teacher.id = homeroom_teacher.teacher_id
JOIN academic_year ON academic_year.id = homeroom.academic_year_id
ORDER BY academic_year.be_year DESC, homeroom.id, teacher.id LIMIT 1
"""
_ACTIVE: Final = "SELECT revoked_at, expires_at FROM api_token WHERE digest = $1"


class NotTheDemoError(BadInputError):
    """The records are not the demo city's."""


@dataclass(frozen=True, slots=True)
class DemoIdentity:
    """How to ask as a role: with a token, and for a person's role with a name and a password too."""

    role: str
    of: str
    token: str = ""
    username: str = ""
    password: str = ""


async def make_identities(database: Database, file: Path = FILE) -> list[DemoIdentity]:
    """Make what is missing, and keep it in `file`, which its owner alone reads. Raises NotTheDemoError."""
    schools = await database.rows(_SCHOOLS)
    teachers = await database.rows(_TEACHER)
    if not teachers or not all(any(school.word in name for _, name in schools) for school in world.SCHOOLS):
        raise NotTheDemoError(
            "These are not the demo city's records, so nothing was made. "
            "Make accounts with `hub user create`, and tokens with `hub token create`."
        )
    before = {identity.role: identity for identity in _read(file)}
    made = []
    for grant in _grants(str(schools[0][0]), str(teachers[0][0])):
        known = before.get(grant.role.value, DemoIdentity(grant.role.value, ""))
        made.append(await _complete(database, grant, known))
    _write(file, made)
    return made


def _grants(school: str, teacher: str) -> Iterable[Grant]:
    yield Grant(Role.ADMIN)
    yield Grant(Role.OFFICER)
    yield Grant(Role.HEAD, (school,))
    yield Grant(Role.TEACHER, teacher=teacher)
    yield Grant(Role.ANALYST)
    yield Grant(Role.INTEGRATOR, (school,))


async def _complete(database: Database, grant: Grant, known: DemoIdentity) -> DemoIdentity:
    known = replace(known, of=", ".join(grant.schools) or grant.teacher or "all schools")
    if not known.token or not await _is_active(database, known.token):
        token = await Tokens(database).create(grant, "demo", days=MOST_DAYS, created_by="demo")
        known = replace(known, token=token.secret)
    if grant.role is Role.INTEGRATOR:
        return known
    username = f"demo-{grant.role}"
    accounts = Accounts(database)
    exists = bool(await database.rows("SELECT 1 FROM account WHERE username = $1", (username,)))
    if exists and known.password:
        return known
    password = new_password()
    if exists:
        await accounts.set_password(username, hash_password(password))
    else:
        await accounts.create(username, hash_password(password), grant)
    return replace(known, username=username, password=password)


async def _is_active(database: Database, token: str) -> bool:
    found = await database.rows(_ACTIVE, (digest_of(token),))
    return bool(found) and found[0][0] is None and moment(found[0][1]) > this_millisecond()


def _read(file: Path) -> list[DemoIdentity]:
    try:
        told: list[dict[str, Any]] = orjson.loads(file.read_bytes())
        return [DemoIdentity(**each) for each in told]
    except FileNotFoundError:
        return []
    except (OSError, orjson.JSONDecodeError, TypeError) as error:
        raise BadInputError(f"{file} cannot be read ({error}). Move it away, and run the command again.") from error


def _write(file: Path, made: Iterable[DemoIdentity]) -> None:
    text = orjson.dumps([asdict(each) for each in made], option=orjson.OPT_INDENT_2)
    temporary = file.with_name(f".{file.name}.new")
    temporary.unlink(missing_ok=True)
    # Nobody else reads it, not even while it is written.
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as output:
        output.write(text)
    temporary.replace(file)
