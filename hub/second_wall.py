"""Row-level security and the rights of the service's role, made anew after every migration of PostgreSQL."""

from collections.abc import Callable

from sqlalchemy import Connection

from hub.database import service_role
from hub.database.address import Address
from hub.database.service_role import quoted
from schema.derived import row_security


def take_down(connection: Connection) -> tuple[str, ...]:
    """Remove every policy; the names of the roles that they opened rows to."""
    read = _reader(connection)
    opened = row_security.opened_roles(read)
    for statement in row_security.remains(read):
        connection.exec_driver_sql(statement)
    return opened


def build(connection: Connection, opened: tuple[str, ...], service: Address | None) -> None:
    """Close every table, and let the service's role do what it does and no more.

    `opened` are the roles that rows were open to; where no other role serves than the owner, they stay so. Raises
    ServiceRoleMissingError.
    """
    read = _reader(connection)
    (owner,), (schema,) = read("SELECT current_user::text"), read("SELECT quote_ident(current_schema())")
    named = None if service is None else service_role.role_of(service)
    roles = opened if named is None or named == owner else (named,)
    for role in roles:
        service_role.require_role(role, read)
    made = tuple(map(quoted, roles))
    statements = (
        *(text for role in {*map(quoted, opened), *made} for text in service_role.revoke_statements(role, schema)),
        *row_security.create_statements(made),
        *(text for role in made for text in service_role.grant_statements(role, schema, read)),
    )
    for statement in statements:
        connection.exec_driver_sql(statement)


def _reader(connection: Connection) -> Callable[[str], list[str]]:
    return lambda query: list(connection.exec_driver_sql(query).scalars())
