"""Where the database is: the one place that reads a database URL."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit, urlunsplit

from hub.errors import HubError
from schema.compiler.reading import Dialect

_SQLITE = "sqlite:///"


class InvalidAddressError(HubError):
    """The URL is of no engine the hub knows."""


@dataclass(frozen=True)
class Address:
    """A database: its engine and, by engine, its file or its server's URL as libpq reads it."""

    dialect: Dialect
    target: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://...`."""
        if url.startswith(_SQLITE) and len(url) > len(_SQLITE):
            return cls(Dialect.SQLITE, url.removeprefix(_SQLITE))
        parts = urlsplit(url)
        if not _has_port_or_none(parts):
            raise InvalidAddressError(
                "the port in the URL is not a number; a @ or / in a password is written %40 or %2F"
            )
        if parts.scheme in ("postgresql", "postgres") and (parts.path.strip("/") or parts.query):
            return cls(Dialect.POSTGRESQL, urlunsplit(parts))
        raise InvalidAddressError("write sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME")

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.target)

    @property
    def shown(self) -> str:
        """The address as a person may read it: without a password."""
        if self.dialect is Dialect.SQLITE:
            return self.target
        parts = urlsplit(self.target)
        return f"{parts.hostname or parts.query or 'local socket'}{parts.path}"


def _has_port_or_none(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False
