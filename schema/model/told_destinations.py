"""Cohort follow-up as those have it who have figures alone."""

from typing import Final

from schema.model.cohort import AT_WORK, EMPLOYED_COLUMNS, KNOWN_JOB, STATUSES
from schema.model.cohort import SHARED as EXACT
from schema.model.entities import Shared
from schema.model.judging import judged
from schema.model.noisy import keys_of, member_key

_COHORT: Final = "told_cohort"
_JOBS: Final = "told_job"

_STATUSES: Final = tuple(column for _, column in STATUSES)
_COUNTED: Final = {
    "graduates": "",
    **{column: f" FILTER (WHERE cohort.status = '{value}')" for value, column in STATUSES},
    "known": " FILTER (WHERE cohort.status <> 'UNKNOWN')",
    "seeking": f" FILTER (WHERE cohort.status IN ({AT_WORK}, 'UNEMPLOYED'))",
    "at_work": f" FILTER (WHERE cohort.status IN ({AT_WORK}))",
    "jobs": f" FILTER (WHERE {KNOWN_JOB})",
    "matched": f" FILTER (WHERE {KNOWN_JOB} AND cohort.is_target)",
}
"""The graduates that count in each figure; those at work or seeking it are the denominator of unemployment."""

_SEEKING: Final = (*EMPLOYED_COLUMNS, "unemployed")

_LEFT: Final = {
    **{column: f"cell.graduates - cell.{column}" for column in (*_STATUSES, "known")},
    # Those at work whose occupation is not known are a group too.
    "jobs": "nullif(cell.at_work - cell.jobs, 0)",
    "matched": "cell.jobs - cell.matched",
}
"""Who is left beside those who count."""

_YEAR: Final = "CAST(cohort.academic_year_id AS TEXT)"
_SCHOOL: Final = f"{_YEAR} || ':' || cohort.school_id"


def _counts(part: str, counted: tuple[str, ...], extra: str = "") -> str:
    """The counts of each year, and of each school of a year, by ``part`` (a column), or of all parts."""
    sums = ", ".join(
        f"count(*){_COUNTED[name]} AS {name}, {keys_of('cohort.member_key', _COUNTED[name])} AS {name}_keys"
        for name in counted
    )
    of = f"CAST(cohort.{part} AS TEXT)" if part else "''"
    by = f", cohort.{part}" if part else ""
    return " UNION ALL ".join(
        f"SELECT {whose} AS whose, {of} AS part, {year} AS of_year, {sums} FROM told_keyed AS cohort{extra}"
        f" GROUP BY {group}{by}"
        for whose, year, group in (
            (_YEAR, "CAST(NULL AS TEXT)", "cohort.academic_year_id"),
            (_SCHOOL, _YEAR, "cohort.academic_year_id, cohort.school_id"),
        )
    )


def _cells(table: str, figures: tuple[str, ...], left: dict[str, str]) -> str:
    """The cells, and the lists that they are in."""
    lists = {
        "statuses": _STATUSES,
        "answers": ("known", "unknown"),
        "seekers": _SEEKING,
    }

    def among(name: str, figure: str) -> str:
        inside = "cell.whose || '/' || cell.part" if figure in lists[name] else "CAST(NULL AS TEXT)"
        return f"{inside} AS {name}"

    return " UNION ALL ".join(
        f"SELECT '{figure}' AS figure, cell.whose, cell.part,"
        f" '{figure}:' || cell.of_year || '/' || cell.part AS by_school,"
        f" CASE WHEN cell.part <> '' THEN '{figure}:' || cell.whose END AS by_part,"
        f" {', '.join(among(name, figure) for name in lists)},"
        f" cell.{figure} AS pupils, cell.{figure}_keys AS member_keys,"
        f" {left.get(figure, 'CAST(NULL AS BIGINT)')} AS rest FROM {table} AS cell"
        for figure in figures
    )


_OF_JOBS: Final = ("jobs", "matched")
_SHOWN: Final = ("graduates", *_STATUSES, "known", "seeking", "jobs", "matched")
_LISTS: Final = ("by_school", "by_part", "statuses", "answers", "seekers")

_JOB_LEFT: Final = {
    "jobs": "(SELECT all_jobs.jobs FROM told_graduate AS all_jobs WHERE all_jobs.whose = cell.whose"
    " AND all_jobs.part = '') - cell.jobs",
    "matched": "nullif(cell.jobs - cell.matched, 0)",
}
"""Who is left beside those in an occupation; whether it is a target is said of it, not of them."""

SHARED: Final = (
    Shared("told_keyed", f"SELECT cohort.*, {member_key('cohort.student_id')} AS member_key FROM cohort", ("cohort",)),
    Shared(
        "told_graduate",
        f"{_counts('', tuple(_COUNTED))} UNION ALL {_counts('grade_level_id', tuple(_COUNTED))}",
        needs=("told_keyed",),
    ),
    *judged(_COHORT, _cells("told_graduate", _SHOWN, _LEFT), _SHOWN, _LISTS, ("told_graduate",)),
    Shared(
        "told_employed",
        _counts("occupation_id", _OF_JOBS, f" WHERE {KNOWN_JOB}"),
        needs=("told_keyed",),
    ),
    *judged(
        _JOBS,
        _cells("told_employed", _OF_JOBS, _JOB_LEFT),
        _OF_JOBS,
        ("by_school", "by_part"),
        ("told_employed", "told_graduate"),
    ),
)


def _in_place(name: str, keys: tuple[str, ...], whose: str, part: str, figures: tuple[str, ...]) -> Shared:
    """A count as it is told: the rows of the exact one, by ``keys``, with the ``figures`` that are told of them."""
    exact = next(shared for shared in EXACT if shared.name == name)
    cte, everybody, join = _COHORT, "", ""
    if part == "base.occupation_id":
        cte, everybody = _JOBS, ", everybody.jobs AS all_jobs"
        join = f" LEFT JOIN {_COHORT} AS everybody ON everybody.whose = CAST({whose} AS TEXT) AND everybody.part = ''"
    return Shared(
        name,
        f"SELECT {', '.join(f'base.{key}' for key in keys)}, {', '.join(f'told.{one}' for one in figures)}{everybody}"
        f" FROM ({exact.sql}) AS base LEFT JOIN {cte} AS told ON told.whose = CAST({whose} AS TEXT)"
        f" AND told.part = CAST({part} AS TEXT){join}",
        needs=(*exact.needs, _COHORT, *((_JOBS,) if everybody else ())),
    )


IN_PLACE: Final = (
    _in_place("cohort_year", ("id", "be_year"), "base.id", "''", _SHOWN),
    _in_place("cohort_school", ("id", "whose", "school_id"), "base.id", "''", _SHOWN),
    _in_place("cohort_level", ("whose", "grade_level_id"), "base.whose", "base.grade_level_id", _SHOWN),
    _in_place("cohort_school_level", ("whose", "grade_level_id"), "base.whose", "base.grade_level_id", _SHOWN),
    _in_place("cohort_occupation", ("whose", "occupation_id"), "base.whose", "base.occupation_id", _OF_JOBS),
    _in_place("cohort_school_occupation", ("whose", "occupation_id"), "base.whose", "base.occupation_id", _OF_JOBS),
)
"""What stands for the counts of `schema.model.cohort`: the same columns as they are told, NULL where hidden."""
