"""Accounts and tokens outlive the records: those of schools and teachers find them again by code and staff number.

Both engines run the same statements, inside the transaction that replaces the records. A link whose school or teacher
is no longer there is gone: its account or token then reads less, never more.
"""

# ruff: noqa: S608 - the statements name the tables declared below alone

from typing import Final

_OF_SCHOOLS: Final = (("account_school", "account_id"), ("api_token_school", "api_token_id"))
_OF_TEACHERS: Final = ("account", "api_token")

_KEEP_SCHOOLS: Final = (
    "CREATE TEMPORARY TABLE kept_{table} AS"
    " SELECT l.{owner} AS owner, s.code AS known FROM {table} AS l JOIN school AS s ON s.id = l.school_id"
)
_KEEP_TEACHERS: Final = (
    "CREATE TEMPORARY TABLE kept_{table} AS"
    " SELECT l.id AS owner, t.staff_no AS known FROM {table} AS l JOIN teacher AS t ON t.id = l.teacher_id"
)
_GIVE_SCHOOLS: Final = (
    "INSERT INTO {table} ({owner}, school_id)"
    " SELECT k.owner, s.id FROM kept_{table} AS k JOIN school AS s ON s.code = k.known"
)
_GIVE_TEACHERS: Final = (
    "UPDATE {table} SET teacher_id = (SELECT t.id FROM kept_{table} AS k JOIN teacher AS t ON t.staff_no = k.known"
    " WHERE k.owner = {table}.id) WHERE teacher_id IS NOT NULL"
)

LOOSEN: Final = (
    *(_KEEP_SCHOOLS.format(table=table, owner=owner) for table, owner in _OF_SCHOOLS),
    *(f"DELETE FROM {table}" for table, _ in _OF_SCHOOLS),
    *(_KEEP_TEACHERS.format(table=table) for table in _OF_TEACHERS),
)
"""What is done before the records are deleted."""

FASTEN: Final = (
    *(_GIVE_SCHOOLS.format(table=table, owner=owner) for table, owner in _OF_SCHOOLS),
    *(_GIVE_TEACHERS.format(table=table) for table in _OF_TEACHERS),
    *(f"DROP TABLE kept_{table}" for table in (*(table for table, _ in _OF_SCHOOLS), *_OF_TEACHERS)),
)
"""What is done when the new records are there."""
