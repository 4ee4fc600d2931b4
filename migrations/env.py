"""What Alembic runs for every command: the declarations to compare with, and how a revision is written.

The connection comes from the caller, in a transaction of the caller's own: see `hub.migration`.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import DefaultClause

from schema import history, identity, privacy
from schema.tables import metadata
from schema.tables.moments import Moment, now

DECLARED = (metadata, history, identity, privacy)
"""One metadata has all tables; those of the history, of identities and of privacy are in it once they are imported."""

_VOCABULARY = "from schema.tables.moments import Moment, now"


def render_item(kind: str, item: object, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write moments by name: the name stands for another type and another function on each engine."""
    if kind == "type" and isinstance(item, Moment):
        autogen_context.imports.add(_VOCABULARY)
        return "Moment()"
    if kind == "server_default" and isinstance(item, DefaultClause) and isinstance(item.arg, now):
        autogen_context.imports.add(_VOCABULARY)
        return "now()"
    return False


def compare_server_default(*defaults: Any) -> bool | None:  # noqa: ANN401 - Alembic hands over six values
    """Whether a default changed, as texts without white space and outer brackets; None leaves it to Alembic."""
    _, _, _, found, _, declared = defaults
    if found is None or declared is None:
        return None
    return _plain(found) != _plain(declared)


def _plain(sql: str) -> str:
    bare = "".join(sql.split()).lower()
    while bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    return bare


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_server_default=compare_server_default,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=True,
)

with context.begin_transaction():
    context.run_migrations()
