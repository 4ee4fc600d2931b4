"""Whether the history is whole: the chain, the digests, and what changes say of rows against the rows themselves.

What cannot be told: that the newest links were taken away together with the changes they seal, unless a head that was
kept elsewhere is asked for; and what somebody did who may change both the rows and the history, and did both alike.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from hub.database import Database
from hub.history import chain
from hub.history.comparing import complaints_of
from schema.history import Operation, recorded_tables

_PAGE: Final = 5_000
_COLUMNS: Final = ", ".join(f"c.{name}" for name in chain.COLUMNS)
_LINKS: Final = (
    f"SELECT s.id, s.change_id, s.salt, s.digest, s.chain, {_COLUMNS} FROM change_seal AS s"  # noqa: S608 - names declared
    f" LEFT JOIN change_log AS c ON c.id = s.change_id WHERE s.id > $1 ORDER BY s.id LIMIT {_PAGE}"
)
_UNSEALED: Final = (
    "SELECT count(*) FROM change_log WHERE NOT EXISTS"
    " (SELECT 1 FROM change_seal WHERE change_seal.change_id = change_log.id)"
)
_OWN: Final = 5
"""Columns of the link, before the change's."""


@dataclass(slots=True)
class Verdict:
    """What was found: the links, the last of them, the place of a head that was asked for, and what is wrong."""

    links: int = 0
    head: str = chain.FIRST
    known_at: int | None = None
    unsealed: int = 0
    rows: int = 0
    complaints: list[str] = field(default_factory=list)


async def verify(database: Database, head: str | None = None) -> Verdict:
    """Check everything, as the database's owner; `head` is one that was printed before. Raises DatabaseError."""
    verdict = Verdict()
    erased, told = set[int](), set[int]()
    async for link, change in _links(database):
        place, number, salt, _, sealed = link
        verdict.links += 1
        if place != verdict.links:
            verdict.complaints.append(f"link {verdict.links} is missing: the next that is there is {place}")
            verdict.links = place
        _check(verdict, link, change)
        if change is not None and salt is None:
            erased.add(number)
        if change is not None and change.facts[5] == Operation.ERASE and change.payload[2]:
            told.update(json.loads(change.payload[2]).get("changes", ()))
        verdict.head = sealed
        if head == sealed:
            verdict.known_at = place
    verdict.complaints += [
        f"change {number} has lost what it held, and no erasure says so" for number in sorted(erased - told)
    ]
    if head is not None and verdict.known_at is None:
        verdict.complaints.append(f"the head {head} is in no link: links were taken away or made anew since")
    ((verdict.unsealed,),) = await database.rows(_UNSEALED)
    for table in recorded_tables():
        rows, complaints = await complaints_of(database, table)
        verdict.rows += rows
        verdict.complaints += complaints
    return verdict


async def _links(
    database: Database,
) -> AsyncIterator[tuple[tuple[int, int, str | None, str, str], chain.Recorded | None]]:
    """Every link with its change, if that is there, in order."""
    last = 0
    while found := await database.rows(_LINKS, (last,)):
        for row in found:
            yield row[:_OWN], None if row[_OWN] is None else chain.Recorded.of(row[_OWN:])
        last = found[-1][0]


def _check(verdict: Verdict, link: tuple[int, int, str | None, str, str], change: chain.Recorded | None) -> None:
    place, number, salt, digest, sealed = link
    if change is None:
        verdict.complaints.append(f"change {number}, which link {place} seals, is missing")
        return
    if salt is not None and chain.digest_of(change, salt) != digest:
        verdict.complaints.append(f"change {number} does not hold what link {place} seals")
    if chain.link_of(change, digest, verdict.head) != sealed:
        verdict.complaints.append(f"link {place} does not follow from the link before and change {number}")
