from pathlib import Path

import pytest

from hub.database.address import Address, InvalidAddressError
from schema.compiler.reading import Dialect


def test_a_sqlite_url_names_a_file() -> None:
    assert Address.parse("sqlite:///hub.sqlite3").path == Path("hub.sqlite3")
    assert Address.parse("sqlite:////var/hub.sqlite3").path == Path("/var/hub.sqlite3")


def test_a_postgresql_url_is_kept_as_it_is() -> None:
    url = "postgresql://me:secret@db:5433/hub?sslmode=require"
    address = Address.parse(url)
    assert address.dialect is Dialect.POSTGRESQL
    assert address.target == url


def test_a_password_is_never_shown() -> None:
    assert Address.parse("postgresql://me:secret@db:5433/hub").shown == "db/hub"
    assert Address.parse("postgresql:///hub?host=/run/pg").shown == "host=/run/pg/hub"


@pytest.mark.parametrize("url", ["", "hub.db", "sqlite:///", "mysql://h/d", "postgresql://"])
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(InvalidAddressError, match="sqlite:///FILE"):
        Address.parse(url)
