"""The plan of a root field: what is asked, in the database's terms but in no dialect; each a plain value."""

from dataclasses import dataclass
from typing import TypeAlias

from schema.compiler.parameters import Parameter, Slot
from schema.compiler.predicates import Predicate
from schema.compiler.rows import Join, Rows, Term, Year
from schema.model.entities import Scalar, Source
from schema.privacy import Pupil


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value: its SQL template, the alias of its row, and the parameters of its arguments by name (None: NULL).

    ``year`` is the one asked of the object it stands in; None: all years.
    """

    sql: str
    scalar: Scalar
    nullable: bool
    row: str
    arguments: tuple[tuple[str, Parameter | None], ...] = ()
    needs: tuple[str, ...] = ()
    year: "Year | None" = None


@dataclass(frozen=True, slots=True)
class TypeName:
    """``__typename``."""

    name: str


@dataclass(frozen=True, slots=True)
class Object:
    """An object of the answer. ``row`` is the alias whose missing row makes it null (None: it is never null).

    ``pupils`` are the templates, over the row ``of``, of the keys of those pupils whose record it is, unless an object
    around it tells them.
    """

    members: "tuple[tuple[str, Output], ...]"
    row: str | None = None
    pupils: tuple[Pupil, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An object that is looked for only for the rows of the page, or null: its joins, the first from such a row.

    ``path`` names its CTE, where it needs one.
    """

    path: str
    joins: tuple[Join, ...]
    node: Object


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object over the one row ``alias`` of the subquery ``rows``, which is over the row ``origin``."""

    rows: str
    alias: str
    origin: str
    node: Object
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list made in place: objects over the rows ``alias`` of ``tables``, which are over the row ``origin``."""

    tables: str
    alias: str
    origin: str
    joins: tuple[Join, ...]
    node: Object
    order: tuple[str, ...]
    year: Year | None = None


@dataclass(frozen=True, slots=True)
class SortKey:
    """What rows are ordered by: an expression, or how many rows there are; nulls stand last either way."""

    value: Term | Rows
    scalar: Scalar
    nullable: bool
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """What a cursor says of its order: text, and the years that the order's counts are of."""

    text: str
    years: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows, in the order of ``keys``, which are unique together.

    ``size`` rows after ``after`` and before ``before``, from the end if ``backward``.
    """

    keys: tuple[SortKey, ...]
    signature: Signature
    size: Parameter
    backward: bool = False
    offset: Parameter | None = None
    after: tuple[Parameter, ...] = ()
    before: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """``totalCount``."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """``nodes``."""

    node: Object


@dataclass(frozen=True, slots=True)
class Cursor:
    """``cursor`` of an edge."""


@dataclass(frozen=True, slots=True)
class Edges:
    """``edges``: the members of each, and the name of their type."""

    members: "tuple[tuple[str, Object | Cursor | TypeName], ...]"


@dataclass(frozen=True, slots=True)
class PageInfo:
    """``pageInfo``: pairs of response key and field name."""

    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What a level gives of each row to be summed up.

    A predicate gives 1 where it holds, else null. ``factor``: the value times it, as a whole number.
    """

    name: str
    value: Term | Predicate
    factor: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A function of a column over rows (without one, of the rows themselves).

    ``scale`` times the value is whole; ``scaled`` says that the column has it so already.
    """

    name: str
    function: str
    column: str | None
    scale: int = 1
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of a column over rows about pupils; ``largest`` is the value it cannot exceed, in its own unit.

    ``scale`` times the value is whole, and the column has it so.
    """

    name: str
    column: str
    scale: int
    largest: int

    @property
    def hidden(self) -> str:
        """The name of the column that says whether it is hidden."""
        return f"{self.name}_hidden"


@dataclass(frozen=True, slots=True)
class Sums:
    """The rows of a level summed up, by the columns ``by``; without any, to just one row."""

    level: "Level"
    columns: tuple[Column, ...]
    by: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Guarded:
    """The same where small groups are hidden: ``pupil`` is the column of whom a row is about.

    ``asked`` is the column that is not null in the rows asked for; None: all are. The level has all rows, for what is
    left of them must not be small either. Each sum has the columns ``count``, ``pupils``, ``suppressed`` and its means.
    """

    level: "Level"
    columns: tuple[Column, ...]
    by: tuple[str, ...]
    pupil: str
    asked: str | None
    means: tuple[Mean, ...]

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns of a sum, beside those it is grouped by."""
        return ("count", "pupils", "suppressed", *(name for one in self.means for name in (one.name, one.hidden)))


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``aggregate``, or one figure of it: it stands over the row ``summed``."""

    sums: Sums | Guarded
    node: "Object | Leaf"


@dataclass(frozen=True, slots=True)
class Groups:
    """``groups``: a page of sums.

    ``having`` and the page's keys stand over the row ``grouped`` and what ``ordering`` joins to it; the parts' objects
    over the row ``page``.
    """

    sums: Sums | Guarded
    page: Page
    having: Predicate | None
    ordering: tuple[Join, ...]
    parts: "tuple[tuple[str, Part], ...]"


Part: TypeAlias = Count | Nodes | Edges | PageInfo | TypeName | Aggregate | Groups


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the answer: rows of ``source``, with the joins that its to-one relations need.

    ``path`` names it by response keys; ``parent`` is the parent row's alias (None at the root); ``where`` holds of its
    rows.
    """

    path: str
    source: Source
    joins: tuple[Join, ...]
    parent: str | None = None
    year: Year | None = None
    where: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A to-many relation, a page of it.

    ``rows`` is the level that the page is taken from. Where an order is asked for, ``content`` describes the page's
    rows, so that what is not on the page is ordered but not described; else ``rows`` describes them itself.
    """

    rows: Level
    page: Page
    parts: tuple[tuple[str, Part], ...]
    content: Level | None = None


@dataclass(frozen=True, slots=True)
class PlainList:
    """A to-many relation, all of it, in the order of ``keys``."""

    level: Level
    keys: tuple[SortKey, ...]
    node: Object


@dataclass(frozen=True, slots=True)
class Single:
    """At most one row of a table, by conditions; ``order`` where more than one could meet them."""

    table: str
    joins: tuple[Join, ...]
    node: Object
    conditions: tuple[tuple[str, Parameter], ...]
    order: str | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Rows by global ids, in the order asked, null where there is none; one alternative for each type asked."""

    ids: Parameter
    alternatives: tuple[tuple[str, Single], ...]


Output: TypeAlias = Leaf | TypeName | Object | Found | Drawn | Listed | Connection | PlainList


def is_shallow(output: "Output | Cursor", queries: int = 1) -> bool:
    """Whether it is told of a row by expressions, in which at most so many queries stand in one another."""
    if isinstance(output, Object):
        return all(is_shallow(member, queries) for _, member in output.members)
    if isinstance(output, Found | Drawn):
        return queries > 0 and is_shallow(output.node, queries - 1)
    return isinstance(output, Leaf | TypeName | Cursor)


@dataclass(frozen=True, slots=True)
class Plan:
    """A root field's whole plan, the fields whose arguments it binds, and the parameters it checks.

    ``arguments`` are those of the root field that shared CTEs read, by name; the answer is NULL unless ``guard`` holds.
    ``personal`` are the members of pupils' records, as `Type.field`, that the answer shows, or that decide what it
    shows and in what order.
    """

    root: Connection | PlainList | Single | Several
    slots: tuple[Slot, ...]
    parameters: tuple[Parameter, ...]
    arguments: tuple[tuple[str, Parameter], ...] = ()
    guard: str | None = None
    personal: frozenset[str] = frozenset()
