"""How a trigger is written on each engine.

Every name begins with `hub_`, by which all are found again. SQLite's triggers run a row at a time; PostgreSQL's run a
function, which begins with `hub_` too and takes its triggers along when it is dropped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

PREFIX: Final = "hub_"
_OURS: Final = f"pronamespace = current_schema()::regnamespace AND starts_with(proname, '{PREFIX}')"


@dataclass(frozen=True, slots=True)
class Installation:
    """SQL statements that install something, and those that remove it, if it is there."""

    create: tuple[str, ...]
    drop: tuple[str, ...]

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Self:
        """Several installed in order, and removed in the order reversed."""
        known = tuple(parts)
        return cls(
            tuple(statement for part in known for statement in part.create),
            tuple(statement for part in reversed(known) for statement in part.drop),
        )


def sqlite_trigger(name: str, event: str, body: Iterable[str], *, when: str | None = None) -> Installation:
    """A row trigger; `event` is such as `AFTER UPDATE OF credits ON grade`."""
    condition = f"\nWHEN {when}" if when else ""
    statements = "".join(f"{statement};\n" for statement in body)
    return Installation(
        (f"CREATE TRIGGER {PREFIX}{name} {event} FOR EACH ROW{condition}\nBEGIN\n{statements}END",),
        (f"DROP TRIGGER IF EXISTS {PREFIX}{name}",),
    )


def sqlite_refusal(name: str, event: str, message: str, *, when: str | None = None) -> Installation:
    """A row trigger that refuses the write."""
    return sqlite_trigger(name, event, [f"SELECT RAISE(ABORT, '{message}')"], when=when)


def postgresql_function(  # noqa: PLR0913 - they are the parts of one SQL statement
    name: str,
    body: str,
    *,
    declare: str = "",
    arguments: str = "",
    returns: str = "trigger",
    rights: str = "SECURITY DEFINER",
) -> Installation:
    """A function in PL/pgSQL. It runs with its owner's rights, so what is derived is the same whoever writes."""
    variables = f"DECLARE\n{declare}\n" if declare else ""
    types = ", ".join(argument.split(maxsplit=1)[1] for argument in arguments.split(", ") if argument)
    create = (
        f"CREATE FUNCTION {PREFIX}{name}({arguments}) RETURNS {returns} LANGUAGE plpgsql {rights} AS $$\n"
        f"{variables}BEGIN\n{body}\nEND\n$$"
    )
    return Installation((create,), (f"DROP FUNCTION IF EXISTS {PREFIX}{name}({types}) CASCADE",))


def postgresql_trigger(
    name: str, event: str, function: str, *, tables: str = "", each: str = "STATEMENT"
) -> Installation:
    """A trigger that runs a function; `tables` names its transition tables. It goes when the function goes."""
    referencing = f" REFERENCING {tables}" if tables else ""
    return Installation(
        (f"CREATE TRIGGER {PREFIX}{name} {event}{referencing} FOR EACH {each} EXECUTE FUNCTION {PREFIX}{function}()",),
        (),
    )


def tie_postgresql() -> str:
    """Ties the functions to the schema they were made in, and leaves them to their owner alone.

    Last in their search path comes pg_temp, where anyone may put a table of any name. A trigger runs its function
    whoever writes; one with the writer's rights reads no table.
    """
    return f"""\
DO $$
DECLARE
  made regprocedure;
BEGIN
  FOR made IN SELECT oid FROM pg_proc WHERE {_OURS} LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', made, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', made);
  END LOOP;
END
$$"""


def seal_postgresql(mark: str) -> tuple[str, ...]:
    """Ties the functions, and leaves a mark that says of which version they are."""
    return (tie_postgresql(), f"COMMENT ON FUNCTION {PREFIX}recompute IS '{mark}'")


READ_MARK: Final = f"SELECT obj_description(to_regproc('{PREFIX}recompute'), 'pg_proc')"
"""On PostgreSQL: the mark that was left, or null."""


def find_sqlite(wanted: str) -> str:
    """A query for something of each trigger of any version."""
    return f"SELECT {wanted} FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 4) = '{PREFIX}'"


def find_postgresql() -> str:
    """A query for the SQL that drops each function of any version."""
    return f"SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc WHERE {_OURS}"
