"""How often what tells a teacher's rows has changed: what is kept of a teacher's sets of keys holds while it has not.

Triggers count (`schema.derived.scope_change`). On PostgreSQL writers at the same time count in rows of their own, so
the number is the sum of all rows.
"""

from sqlmodel import SQLModel

from schema.tables import columns as c


class ScopeChange(SQLModel, table=True):
    """A count of changes; no role can ask the graph for it."""

    __tablename__ = "scope_change"

    id: int | None = c.key()
    number: int = c.whole(
        "Changes counted here.", "จำนวนการเปลี่ยนแปลง", "จำนวนการเปลี่ยนแปลงที่นับไว้ในแถวนี้", minimum=0, maximum=2**31 - 2
    )
