"""Times that may not overlap: the terms of a year, and the enrollments of a pupil.

A term includes its last day; an enrollment does not include the day of its exit, and one that ends on the day it began
holds no day at all, so it overlaps nothing.
"""

from dataclasses import dataclass
from typing import Final

from schema.derived.trigger import Installation, postgresql_function, postgresql_trigger, sqlite_refusal


@dataclass(frozen=True, slots=True)
class _Rule:
    """`overlaps` compares the stored row `other` with the written row `{new}`."""

    table: str
    owner: str
    owner_table: str
    columns: tuple[str, ...]
    overlaps: str
    message: str


_RULES: Final = (
    _Rule(
        "term",
        "academic_year_id",
        "academic_year",
        ("academic_year_id", "starts_on", "ends_on"),
        "other.starts_on <= {new}.ends_on AND {new}.starts_on <= other.ends_on",
        "the terms of an academic year may not overlap: change the dates of this term or of the other",
    ),
    _Rule(
        "school_enrollment",
        "student_id",
        "student",
        ("student_id", "entry_on", "exit_on"),
        "other.entry_on < coalesce({new}.exit_on, '9999-12-31')"
        " AND {new}.entry_on < coalesce(other.exit_on, '9999-12-31')"
        " AND other.entry_on < coalesce(other.exit_on, '9999-12-31')"
        " AND {new}.entry_on < coalesce({new}.exit_on, '9999-12-31')",
        "the enrollments of a pupil may not overlap: set exit_on of the earlier one to the day of the later entry",
    ),
)


def on_sqlite() -> Installation:
    """Two triggers a rule."""
    return Installation.joined(
        sqlite_refusal(
            f"overlap_{rule.table}_{event.split()[0].lower()}",
            f"AFTER {event} ON {rule.table}",
            rule.message,
            when=f"EXISTS (SELECT 1 FROM {rule.table} AS other WHERE other.{rule.owner} = NEW.{rule.owner} "
            f"AND other.id <> NEW.id AND {rule.overlaps.format(new='NEW')})",
        )
        for rule in _RULES
        for event in ("INSERT", f"UPDATE OF {', '.join(rule.columns)}")
    )


def on_postgresql() -> Installation:
    """A function and two triggers a rule; what owns the times is locked, so that two writers cannot pass each other."""
    return Installation.joined(part for rule in _RULES for part in _postgresql_rule(rule))


def _postgresql_rule(rule: _Rule) -> tuple[Installation, ...]:
    name = f"overlap_{rule.table}"
    body = f"""\
PERFORM 1 FROM {rule.owner_table} WHERE id IN (SELECT {rule.owner} FROM written) ORDER BY id FOR NO KEY UPDATE;
IF EXISTS (
  SELECT 1 FROM written JOIN {rule.table} AS other ON other.{rule.owner} = written.{rule.owner}
  WHERE other.id <> written.id AND {rule.overlaps.format(new="written")}
) THEN
  RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'exclusion_violation', TABLE = '{rule.table}';
END IF;
RETURN NULL;"""
    return (
        postgresql_function(name, body),
        *(
            postgresql_trigger(
                f"{name}_{event.lower()}", f"AFTER {event} ON {rule.table}", name, tables="NEW TABLE AS written"
            )
            for event in ("INSERT", "UPDATE")
        ),
    )
