"""The console of one database: its tables, their rows, their names, and the page that shows them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import piccolo_admin

from admin.engine import ConsoleEngine
from admin.names import Names
from admin.rows import Rows
from admin.tables import ConsoleTable, console_tables
from schema.compiler.reading import Dialect
from schema.tables.declaration import Row

PAGE: Final = Path(piccolo_admin.__file__).parent / "dist"
"""Piccolo Admin's built page and its assets."""


class Console:
    """What is derived once from the declarations."""

    def __init__(self, dialect: Dialect, models: Iterable[type[Row]] | None = None) -> None:
        """`models` are the declared tables; all there are unless told otherwise. Raises ColumnNameError."""
        self.tables: tuple[ConsoleTable, ...] = console_tables(ConsoleEngine(dialect), models)
        known = {table.name: table.model for table in self.tables}
        self.rows = {table.name: Rows(table, dialect, known) for table in self.tables}
        self.names = Names(self.tables)
