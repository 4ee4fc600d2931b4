"""How SQL says the parts of a connection, or of groups: the objects of each row, and the object around the page."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from schema.compiler.dialects import Json, concatenated, name_of_type
from schema.compiler.pages import PageWriter
from schema.compiler.plan import Count, Cursor, Edges, Nodes, Object, PageInfo, Part, TypeName, is_shallow

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe

Parts: TypeAlias = Sequence[tuple[str, Part]]


def described(scribe: "Scribe", parts: Parts) -> dict[str, str]:
    """The columns that describe a row: the JSON text of each object that ``nodes`` and ``edges`` ask for."""
    columns: dict[str, str] = {}
    for number, (_, part) in enumerate(parts):
        if isinstance(part, Nodes):
            columns[f"part{number}"] = scribe.text(part.node).sql
        elif isinstance(part, Edges):
            for place, (_, member) in enumerate(part.members):
                if isinstance(member, Object):
                    columns[f"part{number}_{place}"] = scribe.text(member).sql
    return columns


def are_shallow(parts: Parts) -> bool:
    """Whether what ``nodes`` and ``edges`` ask for can stand in the text of the page."""
    nodes = (part.node for _, part in parts if isinstance(part, Nodes))
    members = (member for _, part in parts if isinstance(part, Edges) for _, member in part.members)
    return all(map(is_shallow, (*nodes, *members)))


def around(
    parts: Parts, page: PageWriter | None, other: Callable[[Part], Json], count: Callable[[], Json]
) -> list[str | Json]:
    """The pieces of the object around a page; ``count`` writes ``totalCount``, ``other`` what no page knows of."""
    pieces: list[str | Json] = []
    for number, (key, part) in enumerate(parts):
        pieces.append(("," if number else "{") + f'"{key}":')
        if isinstance(part, TypeName):
            pieces.append(name_of_type(part.name))
        elif isinstance(part, Count):
            pieces.append(count())
        elif page is None or not isinstance(part, Nodes | Edges | PageInfo):
            pieces.append(other(part))
        elif isinstance(part, Nodes):
            pieces.append(page.joined(f"part{number}"))
        elif isinstance(part, Edges):
            pieces.append(page.joined(_edge(page, part, number)))
        else:
            pieces.append(page.info(part))
    return [*pieces, "}" if pieces else "{}"]


def reads_page(parts: Parts, page: PageWriter) -> bool:
    """Whether a part is an aggregate of the page's rows; else it must not be written as one."""
    return any(isinstance(part, Nodes | Edges) or page.reads(part) for _, part in parts)


def _edge(page: PageWriter, part: Edges, number: int) -> str:
    pieces: list[str | Json] = []
    for place, (key, member) in enumerate(part.members):
        pieces.append(("," if place else "{") + f'"{key}":')
        if isinstance(member, Cursor):
            pieces += ['"', Json(page.cursor()), '"']
        elif isinstance(member, TypeName):
            pieces.append(name_of_type(member.name))
        else:
            pieces.append(Json(f"part{number}_{place}"))
    return concatenated([*pieces, "}" if pieces else "{}"])
