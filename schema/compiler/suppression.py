"""How SQL says figures of groups, the small ones hidden and each count told with the noise of its group.

A group is told of where at least ten pupils are in it, and at least ten as its noise has it; where some group of a list
is not, the smallest of the others goes with it, for sums give one alone away. What is left of all rows once a filter
has taken its own must not be small either. The noise is a function of who is in the group, so that the same pupils have
the same figure however they are asked for; `schema.rules.noise` says which, and `docs/small-groups.md` why.
"""

from typing import TYPE_CHECKING, Final

from schema.compiler.conditions import ConditionWriter
from schema.compiler.layout import nested, query
from schema.compiler.plan import Column, Guarded, Mean
from schema.compiler.rows import Term
from schema.model.noisy import drawn_by, drawn_by_mean, fine, keys_of, looked_up, member_key
from schema.rules import noise
from schema.rules.suppression import SMALLEST_GROUP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from schema.compiler.scribe import Scribe


def write_guarded(scribe: "Scribe", sums: Guarded, *, listed: bool) -> str:
    """The query of the sums of one parent: the columns grouped by, and what is shown of each group.

    ``listed``: the groups of a parent are one list; else its sum stands among those of all parents.
    """
    if listed:
        return _judged(scribe, sums, scribe.of_parent(sums.level))
    # Once for all parents: each is judged among the others.
    name = scribe.write_once(sums, lambda: _judged(scribe, sums, None))
    if not sums.level.parent:
        return query(sums.shown, (name,))
    (of_parent,) = scribe.of_parent(sums.level)
    return query(sums.shown, ("(SELECT 1 AS one) AS asked", f"LEFT JOIN {name} AS figures ON {of_parent}"))


def _judged(scribe: "Scribe", sums: Guarded, of_parent: "Sequence[str] | None") -> str:
    """The sums of one parent, or of all of them, by parents."""
    keys = ["parent", *sums.by] if sums.level.parent and of_parent is None else [*sums.by]
    named = {column.name: _column(scribe, column) for column in sums.columns}
    name = scribe.write_level(sums.level, named)
    summed = _summed(sums, name, keys, of_parent or ())
    mixed = _over(summed, f"{drawn_by('member_keys')} AS drawn", *(_drawn(one) for one in sums.means))
    drifts = (f"{fine(f'{one.name}_drawn')} AS {one.name}_drift" for one in sums.means)
    noisy = _over(mixed, f"{looked_up('drawn')} AS noise", *drifts)
    small = (
        f"(pupils < {SMALLEST_GROUP} OR pupils + noise < {SMALLEST_GROUP}"
        f" OR (everybody > pupils AND (everybody - pupils < {SMALLEST_GROUP}"
        f" OR everybody - pupils + noise < {SMALLEST_GROUP})))"
    )
    sized = _over(noisy, f"CASE WHEN {small} THEN 1 ELSE 0 END AS small")
    ranked = _over(
        sized,
        "row_number() OVER (ORDER BY small, pupils, member_keys) AS place",
        "max(small) OVER () AS any_small",
    )
    decided = _over(ranked, "(small = 1 OR (any_small = 1 AND place = 1)) AS suppressed")
    means = [part for one in sums.means for part in _shown_mean(one)]
    shown = (
        *keys,
        # The mean number of rows a pupil is told exactly; so it tells no more of how many pupils there are.
        _unless("suppressed", "(2 * rows_asked * (pupils + noise) + pupils) / (2 * pupils)", "count"),
        _unless("suppressed", "pupils + noise", "pupils"),
        "suppressed",
        *means,
    )
    return query(shown, (f"{nested(decided)} AS decided",))


def _summed(sums: Guarded, name: str, keys: "Sequence[str]", of_parent: "Sequence[str]") -> str:
    """Of each group the rows, the pupils and the sum of their keys, and of each mean the sum and the rows; whole."""
    of_pupil = [*keys, sums.pupil]
    asked = f" FILTER (WHERE {sums.asked} = 1)" if sums.asked else ""
    per_pupil = [f"count(*){asked} AS rows_asked"]
    for mean in sums.means:
        per_pupil += [
            f"count({mean.column}){asked} AS {mean.name}_rows",
            f"CAST(coalesce(sum({mean.column}){asked}, 0) AS BIGINT) AS {mean.name}_sum",
        ]
    pupils = query((*of_pupil, *per_pupil), (name,), of_parent, group=", ".join(of_pupil))
    among = " FILTER (WHERE rows_asked > 0)"
    figures = [
        "CAST(coalesce(sum(rows_asked), 0) AS BIGINT) AS rows_asked",
        f"count(*){among} AS pupils",
        "count(*) AS everybody",
        f"{keys_of(member_key(sums.pupil), among)} AS member_keys",
    ]
    for mean in sums.means:
        figures += [f"CAST(coalesce(sum({mean.name}_{part}), 0) AS BIGINT) AS {mean.name}_{part}" for part in _PARTS]
        figures.append(f"count(*) FILTER (WHERE {mean.name}_rows > 0) AS {mean.name}_pupils")
    having = f" HAVING count(*){among} > 0" if keys else ""
    # SQLite knows HAVING after GROUP BY alone.
    group = f"{', '.join(keys)}{having}" if keys else ""
    return query((*keys, *figures), (f"{nested(pupils)} AS by_pupil",), group=group)


_HUNDRED_THOUSAND: Final = 100_000

_PARTS: Final = ("rows", "sum")


def _drawn(mean: Mean) -> str:
    hundredths = f"100 * {mean.name}_sum / {mean.scale}"
    return f"{drawn_by_mean('member_keys', f'{mean.name}_rows', hundredths)} AS {mean.name}_drawn"


def _shown_mean(mean: Mean) -> "Iterator[str]":
    """The mean, to two decimals, as if so many pupils more or fewer as the drift says had the largest value."""
    pupils, rows, total = f"{mean.name}_pupils", f"{mean.name}_rows", f"{mean.name}_sum"
    hidden = f"(suppressed OR {pupils} < {SMALLEST_GROUP} OR {pupils} + noise < {SMALLEST_GROUP})"
    # In thousandths of what is shown, the mean and the drift apart: their product would not do with 64 bits.
    value = f"({_HUNDRED_THOUSAND} * {total} / ({rows} * {mean.scale})"
    value += f" + {_HUNDRED_THOUSAND * mean.largest} * {mean.name}_drift / ({noise.FINENESS} * {pupils}))"
    most = 100 * mean.largest
    value = f"CASE WHEN {value} <= 0 THEN 0 WHEN {value} >= {1000 * most} THEN {most} ELSE ({value} + 500) / 1000 END"
    yield _unless(hidden, f"CAST({value} AS DOUBLE PRECISION) / 100", mean.name)
    yield f"{hidden} AS {mean.hidden}"


def _column(scribe: "Scribe", column: Column) -> str:
    if not isinstance(column.value, Term):
        return f"CASE WHEN {ConditionWriter(scribe, whole=True).write(column.value)} THEN 1 END"
    sql = scribe.term(column.value)
    return sql if column.factor is None else f"CAST(round({sql} * {column.factor}) AS BIGINT)"


def _over(inner: str, *columns: str) -> str:
    return query(("inside.*", *columns), (f"{nested(inner)} AS inside",))


def _unless(hidden: str, sql: str, name: str) -> str:
    return f"CASE WHEN NOT {hidden} THEN {sql} END AS {name}"
