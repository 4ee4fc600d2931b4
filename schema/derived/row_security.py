"""PostgreSQL's own wall around the rows: row-level security that repeats what each table's Access declares.

Who asks stands in the session's settings, which :func:`settings_of` gives. Where nothing is set, where a role is not
among a table's readers and where a table declares no Access, there is no row. Policies open rows to named database
roles alone; the owner, and so migrations and triggers, are above them. Administrators also write reference data.

PostgreSQL puts a table's policy wherever a statement names the table, and the policies of the tables that it names
inside it. So sets of keys are functions, which it does not look into: a policy is a few hash tables, made once a
statement if they are needed at all, and a statement of someone who reads all rows is planned as without policies.
"""

import re
from collections.abc import Callable, Collection, Iterable
from graphlib import CycleError, TopologicalSorter
from typing import Final

from schema.derived import kept_sets
from schema.derived.trigger import PREFIX, tie_postgresql
from schema.policy import ALL_ROWS, NO_ROWS, SETS, Access, Identity, Reach, Role
from schema.tables import Row, tables
from schema.tables.declaration import Kind

SETTINGS: Final = tuple(f"hub.{name}" for name in ("role", "reach", "schools", "teacher"))
"""The session's settings that the policies read."""

LARGE: Final = frozenset({"grade"})
"""Tables of too many rows to list the keys of those in scope: other rows look theirs up one by one."""

_LIMITED: Final = tuple(reach for reach in Reach if reach is not Reach.ALL)

_ROLE, _REACH, _SCHOOLS, _TEACHER = (f"nullif(current_setting('{name}', true), '')" for name in SETTINGS)
_SCHOOL_KEYS: Final = f"SELECT unnest({_SCHOOLS}::bigint[])"
_OURS: Final = f"FROM pg_policies WHERE schemaname = current_schema() AND starts_with(policyname, '{PREFIX}')"
_WORD: Final = re.compile(r"[a-z_]+")
_IN_SET: Final = re.compile(r"(\{row\}\.\w+) IN \(SELECT id FROM \{(\w+)\}\)")
_NAMED: Final = re.compile(r"\{(\w+)\}")
_REFERENCE: Final = re.compile(
    r"EXISTS \(SELECT 1 FROM (?P<table>\w+) AS (?P<its>\w+) WHERE (?P=its)\.(?P<key>\w+) = \{row\}\.(?P<column>\w+)"
    r"(?: AND (?P<rest>[^()]+\(\{schools\}\)))?\)"
)


class PolicyCycleError(ValueError):
    """Tables whose rows are told by each other: PostgreSQL would never come to an end."""


def settings_of(identity: Identity | None) -> tuple[str, ...]:
    """The values of :data:`SETTINGS` for who asks; those of nobody are empty."""
    if identity is None:
        return ("",) * len(SETTINGS)
    scope = identity.scope
    schools = ",".join(map(str, sorted(set(scope.schools))))
    return identity.role.value, scope.reach.value, f"{{{schools}}}", "" if scope.teacher is None else str(scope.teacher)


def create_statements(roles: Iterable[str], models: Iterable[type[Row]] | None = None) -> tuple[str, ...]:
    """The SQL that closes every declared table, and opens the rows in scope to database roles (as SQL names them).

    Raises PolicyCycleError.
    """
    known = tuple(tables() if models is None else models)
    _require_no_cycle(known)
    opened = ", ".join(roles)
    functions = {f"{name}(teacher bigint)": _set(name) for name in SETS}
    policies = [_policy(model, access, opened, functions) for model in known if (access := model.about.access)]
    policies += [text for model in known for text in _writing(model, opened)]
    closed = (f"ALTER TABLE {_name(model)} ENABLE ROW LEVEL SECURITY" for model in known)
    made = (*(_function(signature, body) for signature, body in functions.items()), kept_sets.create_statement())
    if not opened:
        return (*closed, *made, tie_postgresql())
    called = (*functions, kept_sets.SIGNATURE)
    granted = (f"GRANT EXECUTE ON FUNCTION {PREFIX}{signature} TO {opened}" for signature in called)
    return (*closed, *made, tie_postgresql(), *policies, *granted)


def remains(read: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The SQL that takes back what any version opened; `read` gives the first column of a query's rows.

    The functions go with the triggers'.
    """
    return tuple(read(f"SELECT format('DROP POLICY %I ON %I', policyname, tablename) {_OURS}"))


def opened_roles(read: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The names of the database roles that rows are open to."""
    return tuple(read(f"SELECT DISTINCT unnest(roles)::text AS role {_OURS} ORDER BY role"))


def _name(model: type[Row]) -> str:
    return str(model.__table__.name)


def _policy(model: type[Row], access: Access, opened: str, functions: dict[str, str]) -> str:
    """A table's policy; what it calls is added to ``functions``."""
    name = _name(model)
    ways: dict[str | None, list[Reach]] = {}
    for reach in Reach:
        # Reference data are about nobody, and are shown wherever a row in scope refers to them.
        condition = None if model.about.kind is Kind.REFERENCE else access.rows.of(reach)
        ways.setdefault(condition, []).append(reach)
    conditions = []
    for condition, reaches in ways.items():
        if condition != NO_ROWS:
            asked = _asked(access.finders, reaches)
            conditions.append(asked if condition is None else f"({asked} AND ({_filled(condition, name, functions)}))")
    using = "\n  OR ".join(conditions)
    return f"CREATE POLICY {PREFIX}rows ON {name} FOR SELECT TO {opened} USING (\n  {using}\n)"


def _writing(model: type[Row], opened: str) -> Iterable[str]:
    """The policies by which administrators write reference data; no other table is written by who is asked."""
    if model.about.kind is not Kind.REFERENCE or model.about.access is None:
        return
    asked = _asked({Role.ADMIN}, [Reach.ALL])
    conditions = {
        "insert": f"WITH CHECK ({asked})",
        "update": f"USING ({asked}) WITH CHECK ({asked})",
        "delete": f"USING ({asked})",
    }
    for verb, condition in conditions.items():
        yield f"CREATE POLICY {PREFIX}{verb} ON {_name(model)} FOR {verb.upper()} TO {opened} {condition}"


def _asked(roles: Collection[Role], reaches: Iterable[Reach]) -> str:
    """A condition that is found out once a statement; not null, so that the planner takes it to hold."""
    among = ", ".join(f"'{role}'" for role in sorted(roles))
    within = ", ".join(f"'{reach}'" for reach in reaches)
    return f"(SELECT 1 WHERE {_ROLE} IN ({among}) AND {_REACH} IN ({within})) IS NOT NULL"


def _filled(condition: str, row: str, functions: dict[str, str]) -> str:
    schools = _SCHOOL_KEYS

    def listed(found: re.Match[str]) -> str:
        """A reference to another table as one of a set of keys, which is under that table's policy by itself."""
        table, its, key, column, rest = found.group("table", "its", "key", "column", "rest")
        if table in LARGE:
            return found[0]
        name = f"{table}_{key}{'_of_schools' if rest else ''}()"
        among = " AND ".join([*([rest.format(schools=schools)] if rest else ()), *(_kept(table, its))]) or "true"
        functions[name] = f"SELECT {its}.{key} FROM {table} AS {its} WHERE {among}"
        return f"{{row}}.{column} IN (SELECT {PREFIX}{name})"

    return _of_sets(_REFERENCE.sub(listed, condition)).format(row=row, schools=schools)


def _of_sets(condition: str) -> str:
    return _IN_SET.sub(lambda found: kept_sets.among(found[1], found[2], f"{_TEACHER}::bigint"), condition)


def _kept(table: str, row: str) -> Iterable[str]:
    """What tells the rows in scope of a table whose policy shows all of them; a reference means them alone."""
    for model in tables():
        access = model.about.access
        if _name(model) == table and access and model.about.kind is Kind.REFERENCE and access.rows != ALL_ROWS:
            told = {reach: access.rows.of(reach) or "true" for reach in _LIMITED}
            ways = (f"{_REACH} = '{reach}' AND {text}" for reach, text in told.items())
            yield _of_sets(f"({' OR '.join(ways)})").format(row=row, schools=_SCHOOL_KEYS)


def _function(signature: str, body: str) -> str:
    """A set of keys. With the owner's rights for a teacher's: what tells which rows are in scope is no row in scope."""
    rights = "DEFINER" if signature.partition("(")[0] in SETS else "INVOKER"
    return (
        f"CREATE FUNCTION {PREFIX}{signature} RETURNS SETOF bigint LANGUAGE plpgsql STABLE PARALLEL SAFE"
        f" COST 1 ROWS 10 SECURITY {rights} AS $$\nBEGIN\nRETURN QUERY {body};\nEND\n$$"
    )


def _set(name: str) -> str:
    def value(found: re.Match[str]) -> str:
        word = found[1]
        return f"({_set(word)}) AS {word}" if word in SETS else {"all": "", "teacher": "teacher"}[word]

    return _NAMED.sub(value, SETS[name])


def _require_no_cycle(models: tuple[type[Row], ...]) -> None:
    names = {_name(model) for model in models}
    graph: dict[str, set[str]] = {}
    for model in models:
        access = model.about.access
        rows = "" if access is None else f"{access.rows.schools} {access.rows.teacher}"
        graph[_name(model)] = {word for word in _WORD.findall(_NAMED.sub("", rows)) if word in names}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = ", ".join(error.args[1])
        raise PolicyCycleError(f"which rows of these tables may be read hangs on each other: {circle}") from None
