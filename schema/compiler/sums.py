"""How SQL says sums: one row of figures, or one a group.

The level's CTE gives each row the values that are grouped by and summed up; around it stands the sum. Numbers are
summed as whole numbers, or as such that a double holds exactly, so that both engines give the same to the last digit.
"""

from typing import TYPE_CHECKING

from schema.compiler.conditions import ConditionWriter
from schema.compiler.dialects import Json, concatenated
from schema.compiler.layout import nested, query
from schema.compiler.pages import PageWriter
from schema.compiler.parts import around, described
from schema.compiler.plan import Aggregate, Column, Count, Edges, Figure, Groups, Guarded, Nodes, PageInfo, Part, Sums
from schema.compiler.rows import Term
from schema.compiler.suppression import write_guarded
from schema.model.figures import rate
from schema.model.summaries import COUNT, COUNT_DISTINCT, EXTREMES

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

_LISTED, _COUNTED, _BEFORE = "listed", "counted", "before"
_QUARTERS = {"p25": 1, "median": 2, "p75": 3}


def write_aggregate(scribe: "Scribe", aggregate: Aggregate) -> Json:
    """The object of ``aggregate``."""
    node = scribe.text(aggregate.node).sql
    if isinstance(aggregate.sums, Guarded):
        summed = write_guarded(scribe, aggregate.sums, listed=False)
    elif aggregate.sums.figures:
        summed = _table(scribe, aggregate.sums)
    else:
        return Json(node)
    return Json(nested(query((node,), (f"{nested(summed)} AS summed",))))


def write_groups(scribe: "Scribe", groups: Groups) -> Json:
    """The object of ``groups``."""
    placed = any(isinstance(part, PageInfo) for _, part in groups.parts)
    readings = _readings(groups)
    if not readings:
        page = PageWriter(scribe, groups.page, (), (), (), placed)
        return Json(f"({concatenated(around(groups.parts, page, _none, _nothing))})")
    sums = groups.sums
    table = write_guarded(scribe, sums, listed=True) if isinstance(sums, Guarded) else _table(scribe, sums)
    grouped = "grouped" if len(readings) > 1 else f"{nested(table)} AS grouped"
    base = (grouped, *map(scribe.join, groups.ordering))
    having = [] if groups.having is None else [ConditionWriter(scribe, whole=True).write(groups.having)]
    # Of a number alone the keys are not written, for what they bind must be used.
    keys = [scribe.key(key) for key in groups.page.keys] if {*readings} - {_COUNTED} else []
    page = PageWriter(scribe, groups.page, keys, base, having, placed)

    def count() -> Json:
        return Json(nested(query(("count(*)",), (grouped,), having)))

    pieces = concatenated(around(groups.parts, page, _none, count))
    told = query((pieces,), _listed(scribe, groups, page) if _LISTED in readings else ())
    return Json(nested(f"WITH grouped AS MATERIALIZED {nested(table)}\n{told}" if len(readings) > 1 else told))


def _readings(groups: Groups) -> list[str]:
    """What the groups are read for: to be listed, to be counted, to look before the page; for each part that does."""
    shown = [name for _, part in groups.parts if isinstance(part, PageInfo) for _, name in part.members]
    listed = any(isinstance(part, Nodes | Edges) for _, part in groups.parts)
    found = [_LISTED] if listed or set(shown) - {"hasPreviousPage", "__typename"} else []
    found += [_COUNTED for _, part in groups.parts if isinstance(part, Count)]
    return found + ([_BEFORE] * shown.count("hasPreviousPage") if groups.page.after else [])


def _listed(scribe: "Scribe", groups: Groups, page: PageWriter) -> tuple[str]:
    """The page of groups, with what describes each."""
    columns = described(scribe, groups.parts)
    sums = groups.sums
    figures = sums.shown if isinstance(sums, Guarded) else (figure.name for figure in sums.figures)
    summed = [*sums.by, *figures]
    shown = (*page.shown(), *(f"{sql} AS {name}" for name, sql in columns.items()))
    rows = query(shown, (f"{nested(page.rows(summed))} AS page",), order=page.order())
    return (f"{nested(rows)} AS page",)


def _none(part: Part) -> Json:
    msg = f"{part} is no part of groups"
    raise TypeError(msg)


def _nothing() -> Json:
    raise LookupError("no part counts groups")


def _table(scribe: "Scribe", sums: Sums) -> str:
    """The query of the sums: the columns grouped by, and the figures."""
    columns = {column.name: _column(scribe, column) for column in sums.columns}
    name = scribe.write_level(sums.level, columns or {"counted": "1"})
    source, conditions = name, scribe.of_parent(sums.level)
    by = ", ".join(sums.by)
    ranked = dict.fromkeys(figure.column for figure in sums.figures if figure.function in _QUARTERS)
    if ranked:
        partition = f"PARTITION BY {by} " if by else ""
        windows = [
            window
            for column in ranked
            for window in (
                f"row_number() OVER ({partition}ORDER BY {column} NULLS LAST) AS {column}_rank",
                f"count({column}) OVER ({partition.rstrip()}) AS {column}_count",
            )
        ]
        if any(column.name in ranked and _is_looked_up(column) for column in sums.columns):
            # Or SQLite would look the values up once for each window.
            valued = query(tuple(columns), (name,), conditions)
            name, conditions = nested(f"WITH valued AS MATERIALIZED {nested(valued)}\nSELECT * FROM valued"), []
        source, conditions = f"{nested(query((*columns, *windows), (f'{name} AS valued',), conditions))} AS ranked", []
    selected = (*sums.by, *(f"{_figure(figure)} AS {figure.name}" for figure in sums.figures))
    # Of one parent there are few rows: SQLite would rather read those of all parents, to have them in order.
    keys = map(scribe.writer.sorted_out, sums.by) if sums.level.parent else sums.by
    return query(selected, (source,), conditions, group=", ".join(keys))


def _column(scribe: "Scribe", column: Column) -> str:
    if not isinstance(column.value, Term):
        return f"CASE WHEN {ConditionWriter(scribe, whole=True).write(column.value)} THEN 1 END"
    sql = scribe.term(column.value)
    return sql if column.factor is None else f"CAST(round({sql} * {column.factor}) AS BIGINT)"


def _is_looked_up(column: Column) -> bool:
    """Whether the column's value takes a query of its own."""
    return isinstance(column.value, Term) and "SELECT" in column.value.sql


def _figure(figure: Figure) -> str:
    column, scale = figure.column, figure.scale
    plain = {COUNT: f"count({column or '*'})", COUNT_DISTINCT: f"count(DISTINCT {column})"}
    plain |= {name: f"{name}({column})" for name in EXTREMES}
    if column is None or figure.function in plain:
        return plain[figure.function]
    if figure.function in _QUARTERS:
        return _quartile(column, _QUARTERS[figure.function], scale if figure.scaled else 1)
    total = f"sum({column})"
    if figure.function == "sum":
        return f"CAST({total} AS DOUBLE PRECISION) / {scale}" if figure.scaled else f"CAST({total} AS DOUBLE PRECISION)"
    whole_total = total if figure.scaled or scale == 1 else f"{total} * {scale}"
    return rate(f"CAST({whole_total} AS BIGINT)", f"(count({column}) * {scale})")


def _quartile(column: str, quarter: int, scale: int) -> str:
    """The values on both sides of its place, which is ``quarter`` fourths of the way from first to last, weighed."""
    fourths = f"({column}_count - 1) * {quarter}"
    below, above = f"{column} * (4 - {fourths} % 4)", f"{column} * ({fourths} % 4)"
    weighed = f"CASE {column}_rank - {fourths} / 4 WHEN 1 THEN {below} WHEN 2 THEN {above} END"
    return f"CAST(sum({weighed}) AS DOUBLE PRECISION) / {4 * scale}"
