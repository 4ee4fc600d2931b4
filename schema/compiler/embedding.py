"""From a selection of objects and lists made in place to their plan."""

from typing import TYPE_CHECKING

from schema.compiler.drafts import Draft
from schema.compiler.plan import Drawn, Listed, Object, Output, TypeName
from schema.compiler.rows import Year
from schema.compiler.selection import Selected
from schema.model.entities import Embedded, Listing, Value

if TYPE_CHECKING:
    from schema.compiler.builder import Builder

_DRAWN = "drawn"
"""The alias of the one row that an object is drawn from."""


def build(  # noqa: PLR0913, PLR0917 - a member and where it is asked for
    builder: "Builder",
    member: Embedded | Listing,
    row: str,
    selected: Selected,
    draft: Draft,
    year: Year | None = None,
) -> Object | Drawn | Listed:
    """The plan of an object or list that stands in the row ``row``; ``year`` is asked of what it stands in."""
    inner = draft.within(selected.key)
    if isinstance(member, Listing):
        entity = builder.model.entities[member.target]
        # Its joins are its own: the level's would be made for each row before the page is cut.
        own = inner.apart(entity.table)
        node = builder.object(entity, entity.table, selected.nodes, own)
        return Listed(member.tables, entity.table, row, tuple(own.joins.values()), node, member.order, year)
    if member.years is not None:
        year = builder.year(inner.path, builder.slot(selected), member.years)
    node = _members(builder, member, row if member.rows is None else _DRAWN, selected, inner, year)
    return node if member.rows is None else Drawn(member.rows, _DRAWN, row, node, year)


def _members(  # noqa: PLR0913, PLR0917 - as above
    builder: "Builder", member: Embedded, row: str, selected: Selected, draft: Draft, year: Year | None
) -> Object:
    values = {value.name: value for value in member.values}
    outputs: list[tuple[str, Output]] = []
    for inner in builder.selection.fields(member.type_name, selected.nodes):
        output: Output
        if inner.name == "__typename":
            output = TypeName(member.type_name)
        elif isinstance(found := values[inner.name], Value):
            output = builder.leaf(found, row, inner, f"{draft.path}.{inner.key}", year)
        else:
            output = build(builder, found, row, inner, draft, year)
        outputs.append((inner.key, output))
    return Object(tuple(outputs))
