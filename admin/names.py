"""What tables are called, by the reader's language; in Thai a table's English name stands beside it.

Piccolo's page shows a table by the very name that it asks for it by. So the console gives it names for people, and
takes them back: `table_of` knows a table by what it is called in any language, and by its own name.
"""

from collections.abc import Iterable, Mapping

from admin.tables import ConsoleTable
from admin.titles import capitalised, title_of
from schema.checking import Language


class Names:
    """The names of the console's tables."""

    def __init__(self, tables: Iterable[ConsoleTable]) -> None:
        """`tables` are all there are."""
        self._tables = {table.name: table for table in tables}
        self._known = {
            called: table
            for table in self._tables.values()
            for called in (table.name, *(self.of(table, language) for language in Language))
        }

    def of(self, table: ConsoleTable, language: Language) -> str:
        """What a table is called."""
        english = capitalised(table.name.replace("_", " "))
        return f"{table.model.about.label_th} ({english})" if language is Language.THAI else english

    def table_of(self, called: str) -> ConsoleTable | None:
        """The table that is called so."""
        return self._known.get(called)

    def named(self, name: str, language: Language) -> str:
        """What the table of a name in the database is called."""
        return self.of(self._tables[name], language)

    def reference(self, one: Mapping[str, str], language: Language) -> dict[str, str]:
        """What a table that refers to another, and its column that does, are called."""
        column = self._tables[one["tableName"]].model.__table__.columns[one["columnName"]]
        return {"tableName": self.named(one["tableName"], language), "columnTitle": title_of(column, language)}

    def groups(self, language: Language) -> dict[str, list[str]]:
        """What the tables of each subject are called: reference data first, then records."""
        found: dict[str, list[str]] = {}
        inside = sorted(self._tables.values(), key=lambda one: (not one.is_editable, self.of(one, language)))
        for table in sorted(inside, key=lambda one: one.subject):
            subject = table.subject_th if language is Language.THAI else capitalised(table.subject)
            found.setdefault(subject, []).append(self.of(table, language))
        return found
