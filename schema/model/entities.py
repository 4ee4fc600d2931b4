"""The values a model is made of: entities, and the kinds of member an entity can have.

SQL fragments are templates over names in braces: ``{row}`` is the alias of the row a member belongs to, ``{year}``
a year's surrogate key, ``{year_keys}`` a subquery of the keys of the years asked for,
and any other name the bind parameter of that argument. They come from declarations alone, never from a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from schema.policy import Access, Counting
from schema.privacy.pupils import Pupil
from schema.tables.columns import Years


class Scalar(StrEnum):
    """How a value is written as JSON."""

    ID = "ID"
    STRING = "String"
    INT = "Int"
    FLOAT = "Float"
    BOOLEAN = "Boolean"
    DATE = "Date"
    DATETIME = "DateTime"
    ENUM = "Enum"
    STRINGS = "[String!]"
    """A list of texts; its SQL is JSON."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: ``choices`` where it is an enumeration, ``many`` where it is a list."""

    name: str
    scalar: Scalar
    description: str
    required: bool = False
    many: bool = False
    choices: type[StrEnum] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What all members have: a GraphQL name, a description, and whether they can be null."""

    name: str
    description: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Value(Named):
    """A leaf: a column or a declared expression, with the arguments it takes and the shared CTEs it needs.

    ``scale``: that many times the value is a whole number, so that sums are exact (None: it is no number).
    ``sorted_by`` is an expression that gives its order, where the order of its own values is not the one meant.
    An argument that is a whole number is a school year (B.E.).
    """

    scalar: Scalar
    sql: str
    choices: type[StrEnum] | None = None
    arguments: tuple[Argument, ...] = ()
    needs: tuple[str, ...] = ()
    scale: int | None = None
    sorted_by: str | None = None


@dataclass(frozen=True, slots=True)
class Listing(Named):
    """A short list made in place for each row: objects of ``target``, whose rows are ``table`` in ``tables``.

    ``tables`` is what follows FROM, over ``{row}``, the row that the list belongs to, and ``{year_keys}``; ``order``
    are the sort keys, over ``{row}``, the row listed.
    """

    target: str
    tables: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Embedded(Named):
    """An object without a row of its own: its values are expressions over the row it stands in.

    With ``rows`` they are over the one row of that subquery instead, itself over the row the object stands in. With
    ``years`` it takes a ``year`` argument, which ``{year_keys}`` stands for in it and in what is inside it.
    """

    type_name: str
    type_description: str
    values: "tuple[Value | Embedded | Listing, ...]"
    rows: str | None = None
    years: Years | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A join to the row of ``table`` whose id is ``key``, a template; ``name`` is its part of the alias.

    ``limited``: not all rows of the table are read, so that of a row that is not even its key is told.
    """

    name: str
    table: str
    key: str
    outer: bool
    limited: bool = False


@dataclass(frozen=True, slots=True)
class ToOne(Named):
    """A relation to at most one row, by one or more joins; with ``years`` it takes a ``year`` argument."""

    target: str
    steps: tuple[Step, ...]
    years: Years | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of ``table`` in an order, perhaps by way of a ``link`` table joined ``on``.

    The other fragments are templates over ``{row}`` and ``{link}``. ``parent`` equals the parent row's ``parent_key``
    (None at the root), ``year`` a year's key. ``order`` are the sort keys: unique together, never null, and indexed
    after parent and year. ``link_suffices`` says that parent, year and condition can be told without the row.
    """

    table: str
    order: tuple[str, ...]
    link: str | None = None
    on: str = ""
    parent: str | None = None
    parent_key: str = "id"
    year: str | None = None
    condition: str | None = None
    link_suffices: bool = False
    needs: tuple[str, ...] = ()

    def aliases(self, prefix: str = "") -> dict[str, str]:
        """The names of the row and the link, each its table's after a prefix."""
        return {"row": prefix + self.table, "link": prefix + (self.link or self.table)}

    def tables(self, prefix: str = "", *, rows: bool = True, join: str = "JOIN") -> str:
        """What follows FROM; without ``rows`` only what parent, year and condition need."""
        names = self.aliases(prefix)
        own, link = (
            name if name == names[key] else f"{name} AS {names[key]}"
            for key, name in (("row", self.table), ("link", self.link or self.table))
        )
        if self.link is None:
            return own
        return f"{link} {join} {own} ON {self.on.format_map(names)}" if rows or not self.link_suffices else link


@dataclass(frozen=True, slots=True)
class ToMany(Named):
    """A relation to many rows: a connection, or a plain list where there are always few."""

    target: str
    source: Source
    years: Years | None = None
    plain: bool = False


Member: TypeAlias = Value | Embedded | Listing | ToOne | ToMany


@dataclass(frozen=True, slots=True)
class Lookup:
    """A root field that finds one row by what people know it by.

    ``conditions`` stand beside the arguments, in which ``{value}`` is the argument. Where one that is not required is
    left out, ``newest`` orders the rows that remain.
    """

    name: str
    arguments: tuple[Argument, ...]
    conditions: tuple[str, ...]
    newest: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A type of the graph whose objects are rows; a node has a global id.

    Of reference data there are few: it pays to look for all rows that are so, once, rather than at one at a time.
    Who may read it, ``access`` says; None: nobody. By ``plural`` people name it.
    ``pupils`` are those whose record a row is; reference data has none.
    ``counted``: there are figures of it alone, as it says.
    ``told`` is the same for who reads no records, but figures of them; None: it tells of none.
    ``of_asker``: it tells of who asks, and of no record; so it is left where only some types are.
    """

    name: str
    table: str
    description: str
    members: tuple[Member, ...]
    is_node: bool = True
    is_few: bool = False
    plural: str | None = None
    root: Source | None = None
    lookups: tuple[Lookup, ...] = ()
    access: Access | None = None
    pupils: tuple[Pupil, ...] = ()
    counted: Counting | None = None
    told: "Entity | None" = None
    of_asker: bool = False
    by_name: Mapping[str, Member] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the members by name."""
        object.__setattr__(self, "by_name", {member.name: member for member in self.members})


@dataclass(frozen=True, slots=True)
class Shared:
    """A CTE that expressions read: its text, and the shared CTEs it needs itself. It is computed once a statement."""

    name: str
    sql: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """Every entity and every shared CTE, by name."""

    entities: Mapping[str, Entity]
    shared: Mapping[str, Shared]

    @property
    def listed(self) -> list[Entity]:
        """The entities that have a connection."""
        return [entity for entity in self.entities.values() if entity.root is not None]
