"""The PostgreSQL role that serves: what it may do, that it stands under row-level security, and how it is made."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from hub.database.address import Address
from hub.database.errors import DatabaseError
from schema.compiler.reading import Dialect
from schema.tables import Row, tables
from schema.tables.declaration import Kind

RIGHTS: Final[dict[str, tuple[str, ...]]] = {
    "alembic_version": ("SELECT",),
    "account": (
        "SELECT",
        "INSERT",
        "UPDATE (password_hash, role, teacher_id, is_active, last_login_at, second_factor_at)",
    ),
    "account_school": ("SELECT", "INSERT", "DELETE"),
    "account_session": ("SELECT", "INSERT", "UPDATE (seen_at, expires_at)", "DELETE"),
    "login_limit": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    "pending_sign_in": ("SELECT", "INSERT", "DELETE"),
    "recovery_code": ("SELECT", "INSERT", "DELETE"),
    "second_factor": ("SELECT", "INSERT", "UPDATE (sealed_secret, used_step, offered_at)", "DELETE"),
    "api_token": ("SELECT", "INSERT", "UPDATE (revoked_at, last_used_at)"),
    "api_token_school": ("SELECT", "INSERT"),
    "change_seal": ("SELECT (id, change_id, chain)", "INSERT"),
    "noise_secret": ("SELECT",),
    "scope_change": ("SELECT",),
    "read_log": ("INSERT", "SELECT (id)"),
    "read_log_pupil": ("INSERT",),
}
"""What the service does with the tables that are no part of the graph; with any other it does nothing.

Of the tables of the graph it reads what their policies let it, and writes reference data for administrators.
"""

_EDITED: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")

UNDER_NO_POLICY: Final = """\
SELECT rolsuper OR rolbypassrls OR EXISTS (
  SELECT FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND pg_has_role(relowner, 'MEMBER')
) FROM pg_roles WHERE rolname = current_user"""
"""A query: whether this role is above row-level security, or can make itself so."""

_PRESENT: Final = (
    "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'S')"
)


class ServiceRoleMissingError(DatabaseError):
    """There is no such role."""

    def __init__(self, role: str) -> None:
        """`role` is its name."""
        super().__init__(
            f"The server has no role {role}, which HUB_DATABASE_URL names. Make it, with a password of your own: "
            f"CREATE ROLE {quoted(role)} LOGIN PASSWORD '...'; then run `hub migrate` again."
        )


class ServiceRoleUnnamedError(DatabaseError):
    """The service's URL names no role, so it cannot be told what it may do."""

    def __init__(self) -> None:
        """It takes nothing."""
        super().__init__("HUB_DATABASE_URL names no role; write it as postgresql://ROLE:PASSWORD@HOST/NAME.")


class ServiceRoleTooMightyError(DatabaseError):
    """The role that serves is above row-level security."""

    def __init__(self, where: str) -> None:
        """`where` is the address without a password."""
        super().__init__(
            f"The role of HUB_DATABASE_URL owns the tables at {where}, or is a superuser, or has BYPASSRLS: row-level "
            "security does not hold it. Serve as another role (docs/second-wall.md has the commands), or set "
            "HUB_ALLOW_OWNER=1 to serve without this wall."
        )


def role_of(address: Address) -> str | None:
    """The role that a PostgreSQL URL names; None on SQLite. Raises ServiceRoleUnnamedError."""
    if address.dialect is Dialect.SQLITE:
        return None
    parts = urlsplit(address.target)
    named = parts.username or next(iter(parse_qs(parts.query).get("user", ())), "")
    if not named:
        raise ServiceRoleUnnamedError
    return unquote(named)


def require_role(role: str, read: Callable[[str], list[str]]) -> None:
    """Raise ServiceRoleMissingError unless the server has the role; `read` gives the first column of a query's rows."""
    if role not in read("SELECT rolname::text FROM pg_roles"):
        raise ServiceRoleMissingError(role)


def revoke_statements(role: str, schema: str) -> tuple[str, ...]:
    """The SQL that takes from a role all that it may do in a schema, both quoted."""
    everything = ("TABLES", "SEQUENCES", "FUNCTIONS")
    return (
        *(f"REVOKE ALL ON ALL {kind} IN SCHEMA {schema} FROM {role}" for kind in everything),
        f"REVOKE ALL ON SCHEMA {schema} FROM {role}",
    )


def grant_statements(role: str, schema: str, read: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The SQL that lets a role do what the service does in a schema, both quoted, with the tables that are there."""
    rights = {str(model.__table__.name): verbs_of(model) for model in tables()} | RIGHTS
    present = set(read(_PRESENT))
    return (
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        *(
            f"GRANT {', '.join(verbs)} ON {quoted(table)} TO {role}"
            for table, verbs in rights.items()
            if table in present
        ),
        # The numbers of new rows; taking one, even by a table's own default, needs a right.
        *(f"GRANT USAGE ON SEQUENCE {name} TO {role}" for name in _counters(rights) if name in present),
    )


def _counters(rights: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [f"{table}_id_seq" for table, verbs in rights.items() if "INSERT" in verbs]


def verbs_of(model: type[Row]) -> tuple[str, ...]:
    """What the service does with a table of the graph: the console edits reference data, and nothing else."""
    return _EDITED if model.about.kind is Kind.REFERENCE else ("SELECT",)


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
