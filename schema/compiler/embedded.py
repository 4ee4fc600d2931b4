"""How SQL says objects and lists made in place."""

from typing import TYPE_CHECKING

from schema.compiler.dialects import Json
from schema.compiler.layout import nested, query
from schema.compiler.plan import Drawn, Listed

if TYPE_CHECKING:
    from schema.compiler.scribe import Scribe


def write(scribe: "Scribe", item: Drawn | Listed) -> Json:
    """The object or the list, as JSON text."""
    if isinstance(item, Drawn):
        rows = scribe.fill_dated(item.rows, item.year, row=item.origin)
        return Json(nested(query((scribe.text(item.node).sql,), (f"{nested(rows)} AS {item.alias}",))))
    tables = (scribe.fill_dated(item.tables, item.year, row=item.origin), *map(scribe.join, item.joins))
    order = ", ".join(scribe.fill(key, row=item.alias) for key in item.order)
    rows = query((f"{scribe.text(item.node).sql} AS node",), tables, order=order)
    listed = f"'[' || coalesce({scribe.writer.joined('node')}, '') || ']'"
    return Json(nested(query((listed,), (f"{nested(rows)} AS page",))))
