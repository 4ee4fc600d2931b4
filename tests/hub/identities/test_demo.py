import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import seeds
from hub.database import Address, Database
from hub.errors import BadInputError
from hub.identities.demo import NotTheDemoError, make_identities
from hub.identities.tokens import Tokens
from schema.policy import Role
from seeds import world
from tests.conftest import Templates
from tests.seeds.small import TINY


@pytest.fixture(scope="module")
def demo_url(templates: Templates) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world, "SCHOOLS", TINY)
        url = templates.engine.create(templates.empty())
        seeds.load(url)
        yield url
        templates.engine.drop(url)


@pytest.fixture
async def demo(demo_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(Address.parse(demo_url), readers=1)
    yield opened
    await opened.close()


async def test_each_role_has_a_token_and_a_persons_role_an_account_made_once(demo: Database, tmp_path: Path) -> None:
    file = tmp_path / "identities.json"
    first = await make_identities(demo, file)
    assert {one.role for one in first} == {role.value for role in Role}
    assert all(one.token for one in first)
    assert {one.role for one in first if one.password} == {role.value for role in Role if role is not Role.INTEGRATOR}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert await make_identities(demo, file) == first

    await Tokens(demo).revoke(1)
    third = await make_identities(demo, file)
    assert [one.token != other.token for one, other in zip(first, third, strict=True)].count(True) == 1

    file.unlink()
    again = await make_identities(demo, file)
    assert [one.username for one in again] == [one.username for one in first]
    assert all(one.password != other.password for one, other in zip(first, again, strict=True) if one.password)


async def test_a_file_that_is_something_else_is_left_as_it_is(demo: Database, tmp_path: Path) -> None:
    file = tmp_path / "identities.json"
    file.write_text("notes")
    with pytest.raises(BadInputError, match="Move it away"):
        await make_identities(demo, file)
    assert file.read_text() == "notes"


async def test_records_that_are_not_the_demos_get_no_identities(hub: Database, tmp_path: Path) -> None:
    with pytest.raises(NotTheDemoError, match="hub user create"):
        await make_identities(hub, tmp_path / "identities.json")
    assert await hub.rows("SELECT 1 FROM account") == []
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - a test's own folder
