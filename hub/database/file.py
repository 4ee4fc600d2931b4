"""The SQLite file: what stands in the way of using it, in words that say how to mend it."""

import sqlite3
from typing import Final

from hub.database.address import Address
from hub.database.errors import DatabaseError, DatabaseMissingError, DatabaseUnreachableError, FileUnusableError

_PRIMARY: Final = 0xFF  # SQLite's extended codes keep the plain one in their last byte
_WRITE = "To read, too, the hub must be able to write the file and files beside it (SQLite's write-ahead log)"


def require_file(address: Address) -> None:
    """Raise a DatabaseError unless a file is there."""
    require_no_folder(address)
    if not address.path.is_file():
        raise DatabaseMissingError(address.shown)


def require_no_folder(address: Address) -> None:
    """Raise a DatabaseError when the path is a folder's."""
    if address.path.is_dir():
        raise FileUnusableError(
            f"{address.shown} is a folder. Name a file in it: HUB_DATABASE_URL=sqlite:///{address.target}/hub.sqlite3."
        )


def refusal_of(address: Address, error: sqlite3.Error) -> DatabaseError:
    """Give what to say of SQLite's own error when a file was opened."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code == sqlite3.SQLITE_NOTADB:
        return FileUnusableError(
            f"{address.shown} is not a database (SQLite: {error}). Name another file in HUB_DATABASE_URL, "
            "or move this one away and run `hub migrate`."
        )
    if code == sqlite3.SQLITE_CORRUPT:
        return FileUnusableError(
            f"{address.shown} is damaged (SQLite: {error}). Put a backup in its place, or move it away and run "
            "`hub migrate`, then `hub seed`."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return FileUnusableError(
            f"This process cannot use {address.shown} (SQLite: {error}). {_WRITE}: give its user the right to write "
            "both, on a local disk that has room."
        )
    return DatabaseUnreachableError(address.shown, str(error))
