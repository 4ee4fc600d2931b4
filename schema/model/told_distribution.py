"""How results are spread over the codes, as those have it who have figures alone.

The codes are one list: where one is hidden, others are with it. Those without a result are nearly always few; then they
are hidden, and with them all registrations, which are they and those with a result, so that these can be told.
"""

from dataclasses import replace
from typing import Final

from schema.model.entities import Embedded, Entity, Listing, Value
from schema.model.judging import small
from schema.model.noisy import drawn_by, keys_of, looked_up, member_key
from schema.model.told import SUPPRESSED, retold, share_of
from schema.rules.suppression import SMALLEST_GROUP

_CODE: Final = "counted"
_ALL: Final = {
    "registered": "",
    "graded": " FILTER (WHERE grade.code_id IS NOT NULL)",
    "without": " FILTER (WHERE grade.code_id IS NULL)",
}


def _told(rows: str, pupils: str, noise: str) -> str:
    """As many rows a pupil as there are, times the pupils as they are told; as `schema.compiler.suppression` has it."""
    return f"(2 * {rows} * ({pupils} + {noise}) + {pupils}) / (2 * {pupils})"


def _of_pupils(name: str, kept: str = "") -> str:
    """Of some rows of ``grade`` how many there are, how many pupils, and what their noise is looked up by."""
    pupil = "grade.student_id"
    keys = f"({keys_of(f'DISTINCT {member_key(pupil)}', kept)})"
    return (
        f"count({pupil}){kept} AS {name}_rows, count(DISTINCT {pupil}){kept} AS {name}_pupils,"
        f" {drawn_by(keys)} AS {name}_drawn"
    )


def _registrations(condition: str) -> str:
    """The registrations, those with and those without a result: told, or NULL where they are hidden."""
    counted = ", ".join(_of_pupils(name, kept) for name, kept in _ALL.items())
    noisy = ", ".join(f"{looked_up(f'counted.{name}_drawn')} AS {name}_noise" for name in _ALL)
    told = ", ".join(
        f"CASE WHEN NOT {small(f'noisy.{name}_pupils', f'noisy.{name}_noise')}"
        f" THEN {_told(*(f'noisy.{name}_{part}' for part in ('rows', 'pupils', 'noise')))} END AS {name}"
        for name in _ALL
    )
    rows = f"SELECT {{row}}.id AS id, {counted} FROM grade WHERE {condition}"
    return (
        "SELECT told.id AS id, told.graded AS graded, told.without AS without,"
        " CASE WHEN told.without IS NOT NULL THEN told.registered END AS registered"
        f" FROM (SELECT noisy.id, {told}"
        f" FROM (SELECT counted.*, {noisy} FROM ({rows}) AS counted) AS noisy) AS told"
    )


def _codes(condition: str) -> str:
    """Every code with its results, told and hidden; ``graded`` is what all codes' results are told to be."""
    given = (
        f"SELECT grade.code_id, grade.student_id FROM grade WHERE {condition} AND grade.code_id IS NOT NULL"
        " UNION ALL SELECT grade_code.id, CAST(NULL AS BIGINT) FROM grade_code"
    )
    counted = f"SELECT grade.code_id, {_of_pupils('code')} FROM ({given}) AS grade GROUP BY grade.code_id"
    noisy = f"SELECT counted.*, {looked_up('counted.code_drawn')} AS noise FROM ({counted}) AS counted"
    is_small = f"CASE WHEN {small('noisy.code_pupils', 'noisy.noise')} THEN 1 ELSE 0 END"
    order = f"ORDER BY {is_small} DESC, noisy.code_pupils, noisy.code_drawn, noisy.code_id"
    return (
        f"SELECT noisy.*, {is_small} AS small, max({is_small}) OVER () AS any_small,"
        f" row_number() OVER ({order}) AS place, coalesce(sum(noisy.code_pupils) OVER ({order}"
        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS sooner"
        f" FROM ({noisy}) AS noisy"
    )


_HIDDEN: Final = (
    f"({_CODE}.small = 1 OR ({_CODE}.any_small = 1 AND ({_CODE}.place <= 2 OR {_CODE}.sooner < {SMALLEST_GROUP})))"
)
_RESULTS: Final = (
    f"CASE WHEN NOT {_HIDDEN} THEN {_told(f'{_CODE}.code_rows', f'{_CODE}.code_pupils', f'{_CODE}.noise')} END"
)


def of_grades(exact: Embedded, condition: str) -> Embedded:
    """The distribution of the grades for which ``condition`` holds."""
    by_name = {"registered": "{row}.registered", "graded": "{row}.graded", "withoutResult": "{row}.without"}
    hidden = "{row}.registered IS NULL OR {row}.graded IS NULL OR {row}.without IS NULL"
    values: list[Value | Embedded | Listing] = []
    for member in exact.values:
        if isinstance(member, Listing):
            tables = (
                f"({_codes(condition)}) AS {_CODE} JOIN grade_code ON grade_code.id = {_CODE}.code_id"
                " CROSS JOIN (SELECT {row}.graded AS graded) AS everybody"
            )
            values.append(replace(member, tables=tables))
        elif isinstance(member, Value):
            values.append(replace(member, sql=hidden if member.name == SUPPRESSED else by_name[member.name]))
    return replace(exact, values=tuple(values), rows=_registrations(condition))


def of_code(entity: Entity) -> Entity:
    """The results of one code."""
    by_path = {"count": _RESULTS, "share": share_of(_RESULTS, "everybody.graded"), SUPPRESSED: _HIDDEN}
    return replace(entity, told=retold(entity, by_path, ()))
