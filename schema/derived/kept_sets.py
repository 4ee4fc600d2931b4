"""A teacher's sets of keys, kept by a session of PostgreSQL: made once, not for each statement.

A set is a row of bits, one a key, in a setting of the session; beside it stands which teacher's it is and at which
number of `scope_change` it was read. :func:`among` tells a row by its bit where that number is still the snapshot's,
and by the set itself where it is not, or where nothing is kept: so it is right whatever is kept, and soon when it is.
"""

import re
from typing import Final

from schema.derived.scope_change import NUMBER
from schema.derived.trigger import PREFIX
from schema.policy import SETS

SLOTS: Final = 8
"""So many teachers' sets a session keeps; the slot is the remainder of the teacher's key."""
LARGEST: Final = 1 << 22
"""A set with a key beyond this is not kept: its bits would be half a megabyte."""

KEEP: Final = f"SELECT {PREFIX}keep($1::bigint, $2::text[])"
"""The statement that keeps a teacher's sets, of these names; it does nothing where they are kept and still hold."""

SIGNATURE: Final = "keep(bigint, text[])"
"""The function, as GRANT names it."""

_NAMED: Final = re.compile(r"\bhub_kept\.(\w+)_'")


def among(value: str, name: str, teacher: str, schema: str = "") -> str:
    """A condition: the key is in the teacher's set. ``teacher`` is the SQL of its key, ``schema`` ends in a dot.

    What is kept is looked at once a statement, in plain SQL: calling a function costs several times as much.
    """
    slot = _slot(f"'{name}'", teacher)
    bits = f"SELECT decode(current_setting({slot}, true), 'hex')"
    holds = f"current_setting({slot} || '_at', true) = {_read_at(teacher, schema)}"
    last = f"SELECT octet_length(current_setting({slot}, true))::bigint * 4 - 1"
    return (
        f"coalesce(get_bit(({bits} WHERE {holds}), least({value}, ({last}))) = 1,"
        f" {value} IN (SELECT {schema}{PREFIX}{name}({teacher})))"
    )


def named_in(sql: str) -> tuple[str, ...]:
    """The names of the sets that a statement tells rows by."""
    return tuple(dict.fromkeys(_NAMED.findall(sql)))


def create_statement() -> str:
    """The SQL of the function that keeps sets; those that give them are others."""
    names = ", ".join(f"'{name}'" for name in SETS)
    return f"""\
CREATE FUNCTION {PREFIX}keep(teacher bigint, names text[]) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  read_at text := {_read_at("teacher")};
  name text;
  slot text;
  bits text;
BEGIN
  FOREACH name IN ARRAY names LOOP
    slot := {_slot("name", "teacher")};
    CONTINUE WHEN current_setting(slot || '_at', true) = read_at OR name NOT IN ({names});
    EXECUTE format($q$
      WITH keys AS MATERIALIZED (SELECT id FROM %I($1) AS keys(id)),
        bytes AS (SELECT id >> 3 AS place, bit_or(1 << (id & 7)::int) AS byte FROM keys GROUP BY 1)
      SELECT CASE WHEN count(*) = 0 OR min(place) >= 0 AND max(place) < {LARGEST >> 3} THEN (
        -- One byte more, without a bit: there all keys beyond are looked for.
        SELECT string_agg(lpad(to_hex(coalesce(byte, 0)), 2, '0'), '' ORDER BY place)
        FROM generate_series(0, coalesce((SELECT max(place) FROM bytes), -1) + 1) AS places(place)
        LEFT JOIN bytes USING (place)) END
      FROM bytes$q$, '{PREFIX}' || name) INTO bits USING teacher;
    PERFORM set_config(slot, bits, false);
    PERFORM set_config(slot || '_at', CASE WHEN bits IS NULL THEN '' ELSE read_at END, false);
  END LOOP;
END
$$"""


def _slot(name: str, teacher: str) -> str:
    """The name of a setting, as SQL; ``name`` is SQL too."""
    beginning = f"'hub_kept.{name[1:-1]}_'" if name.startswith("'") else f"'hub_kept.' || {name} || '_'"
    return f"({beginning} || abs({teacher} % {SLOTS}))"


def _read_at(teacher: str, schema: str = "") -> str:
    return f"({teacher} || '@' || ({NUMBER.format(schema=schema)}))"
