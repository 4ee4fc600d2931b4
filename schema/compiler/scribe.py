"""Writing a statement: the CTEs, the parameters, and the objects of the answer.

One CTE a level, named by its path and marked NOT MATERIALIZED, so that both planners put it where it is used: it only
projects, joins and filters. ORDER BY and LIMIT stand in the consumer, around the reference to the CTE.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from schema.compiler import embedded, marks
from schema.compiler.conditions import ConditionWriter
from schema.compiler.connections import ConnectionWriter
from schema.compiler.dialects import Json, Writer, concatenated, literal, name_of_type, quoted
from schema.compiler.layout import indented, nested, query
from schema.compiler.parameters import Parameter
from schema.compiler.plan import (
    Connection,
    Drawn,
    Found,
    Guarded,
    Leaf,
    Level,
    Listed,
    Object,
    Output,
    PlainList,
    Several,
    Single,
    SortKey,
    TypeName,
    is_shallow,
)
from schema.compiler.rows import Join, Rows, Term, Year
from schema.model.entities import Model
from schema.privacy import Pupil

_MOST_FREE_JOINS = 6
"""Joins whose order a planner may choose; of more it is the order in which they are written."""

_LONGEST_NAME = 63
"""Bytes of an identifier that PostgreSQL keeps; of a longer one it would cut the rest off."""


class _Absent(dict[str, str]):
    """Names of a template, in which an argument left out is NULL."""

    def __missing__(self, _name: str) -> str:
        return "NULL"


class Scribe:
    """Writes one statement: collects its CTEs and parameters while it goes down the plan."""

    def __init__(
        self, model: Model, writer: Writer, shown: Collection[str] = (), *, marks: bool = False, real: str = ""
    ) -> None:
        """``model`` has the shared CTEs, ``writer`` the dialect; ``marks``: objects are marked with their pupils.

        Of ``shown`` tables every row is joined, whatever the scope. ``real`` stands before the name of a table where
        that alone would mean the rows in scope.
        """
        self.model = model
        self.shown = shown
        self.writer = writer
        self._parameters: dict[tuple[int, str], Parameter] = {}
        self._numbers: dict[tuple[int, str], int] = {}
        self._shared: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        self._once: set[str] = set()
        self._guarded: dict[Guarded, str] = {}
        self._known: Mapping[str, str] = {}
        self._arguments: dict[str, str] = {"all": real}
        self._marks = marks
        self.has_marked = False

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters bound so far, in the order of their numbers."""
        return tuple(self._parameters.values())

    def ctes(self) -> list[str]:
        """The CTEs written so far, each as it stands after WITH."""
        ctes = [f"{name} AS MATERIALIZED (\n{indented(sql)}\n)" for name, sql in self._shared.items()]
        for name, sql in self._levels.items():
            ctes.append(f"{name} AS {'' if name in self._once else 'NOT '}MATERIALIZED (\n{indented(sql)}\n)")
        return ctes

    def bind(self, parameter: Parameter) -> str:
        """The placeholder of a parameter; the same parameter is bound once."""
        if parameter.identity not in self._parameters:
            self._parameters[parameter.identity] = parameter
            self._numbers[parameter.identity] = len(self._parameters)
        return self.writer.placeholder(self._numbers[parameter.identity], parameter.sql_type)

    @contextmanager
    def knowing(self, known: Mapping[str, str]) -> Iterator[None]:
        """Within it, what is written has these expressions already, by these names, and no others."""
        before, self._known = self._known, known
        yield
        self._known = before

    def share(self, name: str, parameter: Parameter) -> None:
        """Let templates read an argument of the root field as ``{name}`` and, if a list, as ``{name_listed}``."""
        self._arguments[name] = self.bind(parameter)
        self._arguments[f"{name}_listed"] = self.writer.elements(self._arguments[name], "bigint")

    def fill(self, template: str, **names: str) -> str:
        """A template with its names filled in."""
        return template.format_map({**self._arguments, **names}) if "{" in template else template

    def fill_dated(self, template: str, year: Year | None, **names: str) -> str:
        """A template filled in, the keys of the years asked for among its names."""
        if "{year_keys}" in template:
            names["year_keys"] = "(SELECT academic_year.id FROM academic_year)" if year is None else self.year(year)
        return self.fill(template, **names)

    def fill_absent(self, template: str, row: str) -> str:
        """A value's template, its arguments left out."""
        return template.format_map(_Absent(row=row, all=self._arguments["all"])) if "{" in template else template

    def need(self, names: Iterable[str]) -> None:
        """Write the shared CTEs of these names."""
        for name in names:
            if name not in self._shared:
                cte = self.model.shared[name]
                self.need(cte.needs)
                self._shared[name] = self.fill(cte.sql)

    def year(self, year: Year) -> str:
        """The key of a school year."""
        if year.parameter is None:
            self.need(("current_year",))
            return "(SELECT id FROM current_year)"
        return f"(SELECT id FROM academic_year WHERE be_year = {self.bind(year.parameter)})"

    # Objects

    def text(self, output: Output) -> Json:
        """A member of the answer, as JSON text."""
        return self.writer.text(self.output(output))

    def output(self, output: Output) -> Json:
        """A member of the answer."""
        if isinstance(output, Leaf):
            return self._leaf(output)
        if isinstance(output, TypeName):
            return name_of_type(output.name)
        if isinstance(output, Object):
            return self._object(output)
        if isinstance(output, Found):
            return self._found(output)
        if isinstance(output, Drawn | Listed):
            return embedded.write(self, output)
        return self._plain_list(output) if isinstance(output, PlainList) else ConnectionWriter(self, output).write()

    def _leaf(self, leaf: Leaf) -> Json:
        self.need(leaf.needs)
        names = {name: "NULL" if one is None else self.bind(one) for name, one in leaf.arguments}
        sql = self.fill_dated(leaf.sql, leaf.year, row=leaf.row, **names)
        return self.writer.value(self._known.get(sql, sql), leaf.scalar, nullable=leaf.nullable)

    def _object(self, item: Object) -> Json:
        json = self.writer.object([(key, self.output(member)) for key, member in item.members])
        if self._marks and item.pupils:
            self.has_marked = True
            pieces = [piece for pupil in item.pupils for piece in self._mark(pupil, item.of)]
            json = Json(concatenated([*pieces, self.writer.text(json)]))
        return json if item.row is None else self.writer.unless(f"{item.row}.id IS NULL", json)

    def _mark(self, pupil: Pupil, row: str) -> tuple[Json, ...]:
        key = pupil.sql.format(row=row)
        character = self.writer.character
        if pupil.nullable:
            return (Json(f"coalesce({character(marks.BEGIN)} || {key} || {character(marks.END)}, '')"),)
        return Json(character(marks.BEGIN)), Json(key), Json(character(marks.END))

    def _found(self, item: Found) -> Json:
        first, *rest = item.joins
        if is_shallow(item.node):
            tables = (self.named(first), *map(self.join, rest))
            found = query((self.text(item.node).sql,), tables, [self.on(first)])
        else:
            # Beneath it there are more: SQLite's parser has a stack of 100, and each CTE begins anew.
            name = self.write_nodes(item.path, self.named(first), first.alias, rest, item.node)
            found = query(("node",), (name,), [f"{name}.id = {self.key_of(first)}"])
        return Json(f"coalesce({nested(found)}, 'null')")

    def _plain_list(self, item: PlainList) -> Json:
        keys = {f"key{number}": self.key(key) for number, key in enumerate(item.keys, 1)}
        with self.knowing({}):
            name = self.write_level(item.level, {**keys, "node": self.text(item.node).sql})
        rows = query(("node",), (name,), self.of_parent(item.level), order=", ".join(keys))
        listed = f"'[' || coalesce({self.writer.joined('node')}, '') || ']'"
        return Json(nested(query((listed,), (f"{nested(rows)} AS page",))))

    # Levels

    def write_level(self, level: Level, columns: Mapping[str, str], *, whole: bool = True, once: bool = False) -> str:
        """Write a level's CTE, with its parent and these columns, and give its name.

        ``whole``: all of it is read; ``once``: it is computed once, for it is read more than once.
        """
        parent = [f"{self.parent_of(level)} AS parent"] if level.parent else []
        selected = [*parent, *(f"{sql} AS {name}" for name, sql in columns.items())]
        tables = level.source.tables(join=self.writer.in_order if level.parent else "JOIN")
        source = (tables, *self.joins(level.joins))
        told = query(selected, source, self.conditions(level, whole=whole))
        name = self._name(level.path)
        self._levels[name] = told
        if once:
            self._once.add(name)
        return name

    def write_once(self, sums: Guarded, write: Callable[[], str]) -> str:
        """Write sums as a CTE that is computed once, however often they are asked for, and give its name."""
        if sums not in self._guarded:
            sql, name = write(), self._name(f"{sums.level.path}.sums")
            self._levels[name] = sql
            self._once.add(name)
            self._guarded[sums] = name
        return self._guarded[sums]

    def write_nodes(self, path: str, table: str, row: str, joins: Sequence[Join], node: Object) -> str:
        """Write the CTE of the objects that stand for rows, by the rows' keys, and give its name."""
        text = self.text(node).sql
        name = self._name(path)
        self._levels[name] = query((f"{row}.id AS id", f"{text} AS node"), (table, *self.joins(joins)))
        return name

    def conditions(self, level: Level, *, whole: bool = True) -> list[str]:
        """What holds of a level's rows, whatever their parent; ``whole``: all of them are read."""
        self.need(level.source.needs)
        source, names = level.source, level.source.aliases()
        found = [self.fill(source.condition, **names)] if source.condition else []
        if level.year and source.year:
            found.append(f"{self.fill(source.year, **names)} = {self.year(level.year)}")
        if level.where is not None:
            found += ConditionWriter(self, whole=whole).write_all(level.where)
        return found

    def key(self, key: SortKey) -> str:
        """The expression that rows are ordered by."""
        if isinstance(key.value, Rows):
            count = ConditionWriter(self, whole=True).count(key.value, None)
            # Of a missing row there is no count, not even 0.
            return f"CASE WHEN {key.value.parent}.id IS NOT NULL THEN {count} END" if key.nullable else count
        return self.term(key.value)

    def term(self, term: Term) -> str:
        """An expression over a row, its arguments left out."""
        self.need(term.needs)
        if term.year is not None:
            return self.fill(term.sql, row=term.row, year=self.year(term.year))
        return self.fill_absent(term.sql, term.row)

    def parent_of(self, level: Level) -> str:
        """The expression of the parent that a level's row belongs to."""
        return self.fill(level.source.parent or "", **level.source.aliases())

    def of_parent(self, level: Level) -> list[str]:
        """What ties a level's rows to their parent."""
        return [f"parent = {level.parent}.{level.source.parent_key}"] if level.parent else []

    def joins(self, joins: Sequence[Join]) -> list[str]:
        """The joins of a level, as they follow FROM."""
        # Of many SQLite tries too few orders, and may begin with all pairs of rows of tables that are small.
        inner = self.writer.in_order if len(joins) > _MOST_FREE_JOINS else "JOIN"
        return [self.join(join, inner) for join in joins]

    def join(self, join: Join, inner: str = "JOIN") -> str:
        """A join, as it follows FROM."""
        return f"{'LEFT JOIN' if join.outer else inner} {self.named(join)} ON {self.on(join)}"

    def named(self, join: Join) -> str:
        """The table joined, by its alias."""
        if join.table in self.shown:
            return f"{self.writer.real}{join.table} AS {join.alias}"
        return join.table if join.alias == join.table else f"{join.table} AS {join.alias}"

    def on(self, join: Join) -> str:
        """What holds of a joined row."""
        return f"{join.alias}.id = {self.key_of(join)}"

    def key_of(self, join: Join) -> str:
        """The key of the row that is joined."""
        year = {"year": self.year(join.year)} if join.year else {}
        return self.fill(join.key, row=join.origin, **year)

    def _name(self, path: str) -> str:
        """A CTE's name: its path, or as much of the end of it as fits, with a number."""
        # A name without a colon or a dot could be a table's, and SQLite knows no case in names.
        name = path if "." in path else f"root:{path}"
        if len(name) > _LONGEST_NAME or quoted(name).lower() in map(str.lower, self._levels):
            prefix = f"{len(self._levels) + 1}:"
            name = prefix + name[len(prefix) - _LONGEST_NAME :]
        return quoted(name)

    # Rows by key

    def listed(self, root: Connection | PlainList, guard: str | None) -> str:
        """The query of a root field that lists rows; its answer is NULL unless ``guard`` holds."""
        answer = self.text(root).sql
        if guard is not None:
            answer = f"CASE WHEN {self.fill(guard)} THEN {answer} END"
        return f"SELECT {self.writer.result(answer)} AS answer"

    def single(self, single: Single) -> str:
        """The query of a root field that finds one row."""
        node = self.writer.result(self.text(single.node).sql)
        conditions = [
            self.fill(template, row=single.table, value=self.bind(parameter))
            for template, parameter in single.conditions
        ]
        source = (single.table, *self.joins(single.joins))
        order = self.fill(single.order, row=single.table) if single.order else ""
        return query((f"{node} AS answer",), source, conditions, order=order, limit="1")

    def several(self, several: Several) -> str:
        """The query of a root field that finds rows by their global ids."""
        whens = ""
        for type_name, single in several.alternatives:
            name = self.write_nodes(f"nodes.{type_name}", single.table, single.table, single.joins, single.node)
            whens += f" WHEN {literal(type_name)} THEN (SELECT node FROM {name} WHERE {name}.id = asked.id)"
        node = f"CASE asked.type{whens} END" if whens else "NULL"
        asked = f"{nested(self.writer.asked(self.bind(several.ids)))} AS asked"
        rows = query((f"coalesce({node}, 'null') AS node",), (asked,), order="asked.place")
        listed = f"'[' || coalesce({self.writer.joined('node')}, '') || ']'"
        return query((f"{self.writer.result(listed)} AS answer",), (f"{nested(rows)} AS page",))
