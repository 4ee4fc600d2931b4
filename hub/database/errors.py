"""What can be wrong with the database, each with the command that mends it."""

from hub.errors import BadInputError, HubError, OutOfTimeError, UnavailableError


class DatabaseError(UnavailableError):
    """The database cannot be used as it is."""


class DatabaseMissingError(DatabaseError):
    """There is no database at the address."""

    def __init__(self, where: str) -> None:
        """`where` is the address without a password."""
        super().__init__(f"There is no database at {where}. Run `hub migrate`, then `hub seed`.")


class DatabaseUnreachableError(DatabaseError):
    """The database does not answer."""

    def __init__(self, where: str, reason: str) -> None:
        """`reason` is the driver's word."""
        super().__init__(f"The database at {where} does not answer ({reason}). Start it, or correct HUB_DATABASE_URL.")


class FileUnusableError(DatabaseError):
    """Something is at the path of the SQLite file, but not a database that this process can use."""


class DatabaseOlderError(DatabaseError):
    """The tables are older than this version of the hub."""

    def __init__(self, where: str, found: str | None, expected: str) -> None:
        """`found` is None when no migration has run at all."""
        have = f"is at revision {found}" if found else "has no tables yet"
        super().__init__(f"The database at {where} {have}; this hub needs {expected}. Run `hub migrate`.")


class DatabaseNewerError(DatabaseError):
    """The tables are of a revision this version of the hub does not know."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        """`found` is a revision that is in no file of this hub."""
        super().__init__(
            f"The database at {where} is at revision {found}, which this hub (at {expected}) does not know. "
            f"Install the newer hub, or take the database down with it: `hub migrate --down {expected}`."
        )


class PragmaError(DatabaseError):
    """SQLite did not take a setting the hub depends on."""

    def __init__(self, where: str, pragma: str, wanted: object, got: object) -> None:
        """`got` is what SQLite answers after it was told `wanted`."""
        super().__init__(
            f"SQLite keeps {pragma} = {got} for {where}, but the hub needs {wanted}. "
            "Put the file on a local disk that this process may write to."
        )


class StatementTimeoutError(OutOfTimeError):
    """The database stopped a statement that ran past its time."""

    def __init__(self, seconds: float) -> None:
        """`seconds` is what a statement may take."""
        super().__init__(
            f"The database ran this statement for longer than {seconds:g} s and stopped it. "
            "Ask for less at once: smaller pages, fewer levels, a narrower where."
        )


class DatabaseBusyError(DatabaseError):
    """Another process writes, and goes on writing."""

    def __init__(self, where: str) -> None:
        """`where` is the address without a password."""
        super().__init__(f"Another program has been writing to {where} for some seconds. Try again when it is done.")


class IntegrityError(HubError):
    """A constraint of the database refuses a write; the message is the database's."""


class TooDeepError(BadInputError):
    """A statement that the engine cannot parse, because the query behind it is nested too deeply."""


class InvalidParameterError(BadInputError):
    """A value that no column can hold: a NUL character, a lone surrogate, an integer over 64 bits."""
