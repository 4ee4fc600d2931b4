"""From a plan to a statement: how SQL says it.

One CTE a level, named by its path and marked NOT MATERIALIZED, so that both planners put it where it is used: it only
projects, joins and filters. ORDER BY and LIMIT stand in the consumer, around the reference to the CTE.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schema.compiler.dialects import WRITERS, Json, Writer, concatenated, literal, name_of_type, quoted
from schema.compiler.parameters import Parameter
from schema.compiler.plan import (
    Connection,
    Count,
    Cursor,
    Edges,
    Join,
    Leaf,
    Level,
    Nodes,
    Object,
    Output,
    Page,
    PageInfo,
    Part,
    Plan,
    PlainList,
    Several,
    Single,
    TypeName,
    Year,
)
from schema.compiler.reading import Dialect
from schema.model.entities import Model

_LONGEST_NAME = 63
"""Bytes of an identifier that PostgreSQL keeps; of a longer one it would cut the rest off."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The text, and its parameters in the order of their numbers."""

    sql: str
    parameters: tuple[Parameter, ...]


def write(plan: Plan, model: Model, dialect: Dialect) -> Statement:
    """The statement of a plan: one row, one column, the answer's JSON as bytes, or NULL."""
    scribe = _Scribe(model, WRITERS[dialect])
    for name, parameter in plan.arguments:
        scribe.arguments[name] = scribe.bind(parameter)
        scribe.arguments[f"{name}_listed"] = scribe.writer.elements(scribe.arguments[name])
    body = scribe.root(plan)
    return Statement(scribe.with_clause() + body, tuple(scribe.parameters.values()))


class _Scribe:
    """Writes one statement: collects its CTEs and parameters while it goes down the plan."""

    def __init__(self, model: Model, writer: Writer) -> None:
        self.model = model
        self.writer = writer
        self.parameters: dict[tuple[int, str], Parameter] = {}
        self.shared: dict[str, str] = {}
        self.levels: dict[str, str] = {}
        self.arguments: dict[str, str] = {}

    # The statement's frame

    def with_clause(self) -> str:
        ctes = [f"{name} AS MATERIALIZED (\n  {sql}\n)" for name, sql in self.shared.items()]
        ctes += [f"{name} AS NOT MATERIALIZED (\n{sql}\n)" for name, sql in self.levels.items()]
        return f"WITH {', '.join(ctes)}\n" if ctes else ""

    def root(self, plan: Plan) -> str:
        if isinstance(plan.root, Single):
            return self.single(plan.root)
        if isinstance(plan.root, Several):
            return self.several(plan.root)
        answer = self.text(plan.root).sql
        if plan.guard is not None:
            answer = f"CASE WHEN {self.fill(plan.guard, {})} THEN {answer} END"
        return f"SELECT {self.writer.result(answer)} AS answer"

    def bind(self, parameter: Parameter) -> str:
        self.parameters.setdefault(parameter.identity, parameter)
        number = list(self.parameters).index(parameter.identity) + 1
        return self.writer.placeholder(number, parameter.sql_type)

    def need(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.shared:
                cte = self.model.shared[name]
                self.need(cte.needs)
                self.shared[name] = self.fill(cte.sql, {})

    def fill(self, template: str, names: Mapping[str, str]) -> str:
        return template.format_map({**self.arguments, **names}) if "{" in template else template

    def year(self, year: Year) -> str:
        if year.parameter is None:
            self.need(("current_year",))
            return "(SELECT id FROM current_year)"
        return f"(SELECT id FROM academic_year WHERE be_year = {self.bind(year.parameter)})"

    # Objects

    def text(self, output: Output) -> Json:
        return self.writer.text(self.output(output))

    def output(self, output: Output) -> Json:
        if isinstance(output, Leaf):
            return self.leaf(output)
        if isinstance(output, TypeName):
            return name_of_type(output.name)
        if isinstance(output, Object):
            return self.object(output)
        if isinstance(output, PlainList):
            return self.plain_list(output)
        return self.connection(output)

    def leaf(self, leaf: Leaf) -> Json:
        self.need(leaf.needs)
        names = {name: self.bind(parameter) for name, parameter in leaf.arguments}
        return self.writer.value(self.fill(leaf.sql, {"row": leaf.row, **names}), leaf.scalar, nullable=leaf.nullable)

    def object(self, item: Object) -> Json:
        json = self.writer.object([(key, self.output(member)) for key, member in item.members])
        return json if item.row is None else self.writer.unless(f"{item.row}.id IS NULL", json)

    # Levels

    def level(self, level: Level, columns: Sequence[str]) -> str:
        """Write a level's CTE, and give its name."""
        source = level.source
        keys = [f"{key} AS key{number}" for number, key in enumerate(source.order, 1)]
        parent = [f"{source.parent} AS parent"] if source.parent else []
        lines = [f"  SELECT {', '.join((*parent, *keys))}"]
        lines += [f"    {column}" for column in columns]
        text = ",\n".join(lines)
        text += "\n  FROM " + "\n  ".join((source.tables, *map(self.join, level.joins)))
        conditions = self.conditions(level)
        text += f"\n  WHERE {' AND '.join(conditions)}" if conditions else ""
        name = self.name(level.path)
        self.levels[name] = text
        return name

    def conditions(self, level: Level) -> list[str]:
        self.need(level.source.needs)
        found = [level.source.condition] if level.source.condition else []
        return [*found, f"{level.source.year} = {self.year(level.year)}"] if level.year else found

    def join(self, join: Join) -> str:
        year = {"year": self.year(join.year)} if join.year else {}
        on = self.fill(join.on, {"row": join.origin, "other": join.alias, **year})
        alias = "" if join.alias == join.table else f" AS {join.alias}"
        return f"{'LEFT JOIN' if join.outer else 'JOIN'} {join.table}{alias} ON {on}"

    def name(self, path: str) -> str:
        """A CTE's name: its path, or as much of the end of it as fits, with a number."""
        if len(path) > _LONGEST_NAME or quoted(path) in self.levels:
            prefix = f"{len(self.levels) + 1}:"
            path = prefix + path[len(prefix) - _LONGEST_NAME :]
        return quoted(path)

    def of_parent(self, level: Level) -> list[str]:
        return [f"parent = {level.parent}.{level.source.parent_key}"] if level.parent else []

    def plain_list(self, item: PlainList) -> Json:
        node = self.text(item.node).sql
        name = self.level(item.level, [f"{node} AS node"])
        keys = ", ".join(f"key{number}" for number in range(1, len(item.level.source.order) + 1))
        rows = f"SELECT node FROM {name}{_where(self.of_parent(item.level))} ORDER BY {keys}"
        return Json(f"(SELECT '[' || coalesce({self.writer.joined('node')}, '') || ']' FROM ({rows}) AS page)")

    # Connections

    def connection(self, connection: Connection) -> Json:
        level = connection.level
        cursor = self.writer.cursor(level.signature, level.source.order)
        columns = {
            number: f"{self.rows_member(part, cursor)} AS {_column(number)}"
            for number, (_, part) in enumerate(connection.parts)
            if isinstance(part, Nodes | Edges)
        }
        names = [_column(number) for number in columns]
        if any(_shows_cursor(part) for _, part in connection.parts):
            columns[-1] = f"{cursor} AS cursor"
            names.append("cursor")
        members = {
            number: self.count(level) for number, (_, part) in enumerate(connection.parts) if isinstance(part, Count)
        }
        if not any(isinstance(part, Nodes | Edges | PageInfo) for _, part in connection.parts):
            return Json(concatenated(self.frame(connection, members)))
        name = self.level(level, list(columns.values()))
        paged = any(isinstance(part, PageInfo) for _, part in connection.parts)
        members |= {
            number: self.part(part, number, connection, name, paged=paged)
            for number, (_, part) in enumerate(connection.parts)
            if number not in members
        }
        rows = self.rows(connection, name, names, paged=paged)
        return Json(f"(SELECT {concatenated(self.frame(connection, members))}\n    FROM ({rows}) AS page)")

    def frame(self, connection: Connection, members: Mapping[int, Json]) -> list[str | Json]:
        """The pieces of the connection's object, around its members."""
        pieces: list[str | Json] = []
        for number, (key, part) in enumerate(connection.parts):
            pieces.append(("," if number else "{") + f'"{key}":')
            pieces.append(name_of_type(part.name) if isinstance(part, TypeName) else members[number])
        return [*pieces, "}" if pieces else "{}"]

    def rows_member(self, part: Nodes | Edges, cursor: str) -> str:
        """A row's JSON text in ``nodes`` or in ``edges``."""
        if isinstance(part, Nodes):
            return self.text(part.node).sql
        shown = Json(f"'\"' || {cursor} || '\"'")
        members = [(key, shown if isinstance(m, Cursor) else self.output(m)) for key, m in part.members]
        return self.writer.text(self.writer.object(members)).sql

    def count(self, level: Level) -> Json:
        parent = [f"{level.source.parent} = {level.parent}.{level.source.parent_key}"] if level.parent else []
        return Json(f"(SELECT count(*) FROM {level.source.counted}{_where([*parent, *self.conditions(level)])})")

    def part(self, part: Part, number: int, connection: Connection, name: str, *, paged: bool) -> Json:
        if isinstance(part, PageInfo):
            return self.page_info(part, connection, name)
        only = f" FILTER (WHERE place <= {self.bind(connection.page.size)})" if paged else ""
        return Json(f"'[' || coalesce({self.writer.joined(_column(number))}{only}, '') || ']'")

    def rows(self, connection: Connection, name: str, columns: Sequence[str], *, paged: bool) -> str:
        page = connection.page
        keys = [f"key{number}" for number in range(1, len(connection.level.source.order) + 1)]
        forward, backward = ", ".join(keys), ", ".join(f"{key} DESC" for key in keys)
        conditions = [*self.of_parent(connection.level), *self.between(page, keys)]
        first = backward if page.backward else forward
        size = self.bind(page.size)
        limit = f"{size} + 1" if paged else size
        limit += f" OFFSET {self.bind(page.offset)}" if page.offset else ""
        selected = ", ".join((*keys, *columns)) if paged or page.backward else ", ".join(columns)
        rows = f"SELECT {selected} FROM {name}{_where(conditions)} ORDER BY {first} LIMIT {limit}"
        if paged:
            numbered = ", ".join(
                (f"row_number() OVER (ORDER BY {first}) AS place", "count(*) OVER () AS fetched", *columns)
            )
            rows = f"SELECT {numbered} FROM ({rows}) AS fetched_rows ORDER BY place"
            return f"{rows} DESC" if page.backward else rows
        return (
            f"SELECT {', '.join(columns)} FROM ({rows}) AS fetched_rows ORDER BY {forward}" if page.backward else rows
        )

    def between(self, page: Page, keys: Sequence[str]) -> list[str]:
        row = f"({', '.join(keys)})"
        bounds = (("after", ">", page.after), ("before", "<", page.before))
        return [f"{row} {sign} ({', '.join(map(self.bind, bound))})" for _, sign, bound in bounds if bound]

    def page_info(self, part: PageInfo, connection: Connection, name: str) -> Json:
        page = connection.page
        size = self.bind(page.size)
        first = f"min(CASE WHEN place = 1 AND {size} > 0 THEN cursor END)"
        last = f"min(CASE WHEN place = CASE WHEN fetched > {size} THEN {size} ELSE fetched END THEN cursor END)"
        more, other = f"count(*) > {size}", self.beyond(connection, name)
        if page.backward:
            first, last = last, first
        values = {
            "hasNextPage": _boolean(other if page.backward else more),
            "hasPreviousPage": _boolean(more if page.backward else other),
            "startCursor": _cursor_or_null(first),
            "endCursor": _cursor_or_null(last),
            "__typename": name_of_type("PageInfo"),
        }
        pieces: list[str | Json] = []
        for number, (key, field) in enumerate(part.members):
            pieces += [("," if number else "{") + f'"{key}":', values[field]]
        return Json(concatenated([*pieces, "}" if pieces else "{}"]))

    def beyond(self, connection: Connection, name: str) -> str:
        """Whether there are rows on the side that the page was not cut on."""
        page = connection.page
        keys = [f"key{number}" for number in range(1, len(connection.level.source.order) + 1)]
        row = f"({', '.join(keys)})"
        found: list[str] = []
        bound, sign = (page.before, ">=") if page.backward else (page.after, "<=")
        if bound:
            conditions = [*self.of_parent(connection.level), f"{row} {sign} ({', '.join(map(self.bind, bound))})"]
            found.append(f"EXISTS (SELECT 1 FROM {name}{_where(conditions)})")
        if page.offset:
            exists = f"EXISTS (SELECT 1 FROM {name}{_where(self.of_parent(connection.level))})"
            found.append(f"({self.bind(page.offset)} > 0 AND {exists})")
        return " OR ".join(found) or "1 = 0"

    # Rows by key

    def single(self, single: Single) -> str:
        node = self.writer.result(self.text(single.node).sql)
        conditions = [
            self.fill(template, {"row": single.table, "value": self.bind(parameter)})
            for template, parameter in single.conditions
        ]
        lines = [f"SELECT {node} AS answer", f"FROM {single.table}", *map(self.join, single.joins)]
        order = [f"ORDER BY {self.fill(single.order, {'row': single.table})}"] if single.order else []
        return "\n".join((*lines, f"WHERE {' AND '.join(conditions)}", *order, "LIMIT 1"))

    def several(self, several: Several) -> str:
        whens = ""
        for type_name, single in several.alternatives:
            node = self.text(single.node).sql
            joins = "\n  ".join((single.table, *map(self.join, single.joins)))
            name = self.name(f"nodes.{type_name}")
            self.levels[name] = f"  SELECT {single.table}.id AS id,\n    {node} AS node\n  FROM {joins}"
            whens += f" WHEN {literal(type_name)} THEN (SELECT node FROM {name} WHERE {name}.id = asked.id)"
        node = f"CASE asked.type{whens} END" if whens else "NULL"
        rows = f"SELECT coalesce({node}, 'null') AS node FROM ({self.writer.asked(self.bind(several.ids))}) AS asked"
        listed = f"'[' || coalesce({self.writer.joined('node')}, '') || ']'"
        return f"SELECT {self.writer.result(listed)} AS answer\nFROM ({rows} ORDER BY asked.place) AS page"


def _column(number: int) -> str:
    return f"part{number}"


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _boolean(sql: str) -> Json:
    return Json(f"CASE WHEN {sql} THEN 'true' ELSE 'false' END")


def _cursor_or_null(sql: str) -> Json:
    return Json(f"coalesce('\"' || {sql} || '\"', 'null')")


def _shows_cursor(part: Part) -> bool:
    return isinstance(part, PageInfo) and any(name in ("startCursor", "endCursor") for _, name in part.members)
