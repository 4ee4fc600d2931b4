"""The secret numbers that make the noise of counts: see `schema.rules.noise`.

They are the database's own, made with it and never shown, written in no log and part of its backups: with others the
same groups would be told with other noise, and the two could be held against each other.
"""

from sqlmodel import SQLModel

from schema.tables import columns as c


class NoiseSecret(SQLModel, table=True):
    """One secret number, by its place; no role can ask the graph for it."""

    __tablename__ = "noise_secret"

    id: int | None = c.key()
    value: int = c.whole("The number.", "ค่าลับ", "ค่าตัวเลขที่เป็นความลับ", minimum=1, maximum=2**31 - 2)
