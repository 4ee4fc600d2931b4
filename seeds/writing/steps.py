"""What both engines share: the tables in order, who is told of the progress, what came of it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from schema.history import Change
from schema.tables import metadata, tables
from seeds.city import Portion
from seeds.errors import NotMigrated, SeedRefused

Progress = Callable[[int, int, str], None]
"""Is told how much is done, of how much, and what is being done."""

_RECORDS = {model.__table__.name for model in tables()} - {Change.__table__.name}
TABLES = tuple(table.name for table in metadata.sorted_tables if table.name in _RECORDS)
"""Every declared table of records, parents first: accounts and tokens are nobody's demo, and the history stays."""

_FINISHING_SHARE = 1.0
"""Indexes and summaries take about as long as the rows."""


@dataclass(slots=True)
class Report:
    """Counts the rows and tells how far the work is."""

    progress: Progress | None
    cities: int
    rows: Counter[str] = field(default_factory=Counter)

    @property
    def _total(self) -> int:
        return round(1000 * self.cities * (1 + _FINISHING_SHARE))

    def wrote(self, portion: Portion) -> None:
        """Some rows are in the database."""
        for table, rows in portion.batch.items():
            self.rows[table] += len(rows)
        self._tell(portion.done, "records")

    def finishing(self, done: int, steps: int, what: str) -> None:
        """One of the steps after the rows begins."""
        rows = 1000 * self.cities
        self._tell(rows + round((self._total - rows) * done / steps), what)

    def finished(self) -> None:
        """All is committed."""
        self._tell(self._total, "done")

    def _tell(self, done: int, what: str) -> None:
        if self.progress is not None:
            self.progress(done, self._total, what)


def require_tables(present: set[str]) -> None:
    """NotMigrated where a declared table is missing."""
    for table in TABLES:
        if table not in present:
            raise NotMigrated(table)


def require_empty(filled: Iterator[str], *, force: bool) -> None:
    """SeedRefused where a table holds rows, unless they are to be replaced."""
    if force:
        return
    for table in filled:
        raise SeedRefused(
            f"The database holds records already (table {table}). "
            "To delete them all and load the demo city instead, run `hub seed --force`."
        )
