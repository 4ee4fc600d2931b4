"""What every table of identities has, and which there are."""

from typing import ClassVar

from sqlalchemy import Table
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

from schema.tables import columns as c
from schema.tables.declaration import About, table_name


class IdentityRow(SQLModel):
    """A row of a table that no role can ask the graph for."""

    about: ClassVar[About]
    __table__: ClassVar[Table]

    id: int | None = c.key()

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands over the class
        """The class's name in snake case."""
        return table_name(cls.__name__)


def identity_tables() -> tuple[type[IdentityRow], ...]:
    """Every table of identities, in the order of declaration."""
    return tuple(model for model in IdentityRow.__subclasses__() if hasattr(model, "__table__"))
