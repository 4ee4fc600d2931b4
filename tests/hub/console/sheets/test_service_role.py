"""An import over PostgreSQL as it is served: by a role that owns nothing, under row-level security."""

from pathlib import Path

from schema.policy import Role
from tests.hub.console.sheets.sending import commit, preview, sheet, subject
from tests.hub.console.signing import OWN, account
from tests.hub.editor import test_service_role as served
from tests.hub.tiny import client_of, tiny_app

owner_url = served.owner_url


async def test_an_administrator_imports_and_exports(owner_url: str, tmp_path: Path) -> None:
    await account(owner_url, "malee", Role.ADMIN)
    app = tiny_app(served.service_url(owner_url), import_folder=str(tmp_path / "imports"))
    async with client_of(app) as client:
        await client.post("/login", data={"username": "malee", "password": "four words of mine"}, headers=OWN)
        shown = await preview(client, sheet(subject("ท21102"), subject("ท21101", "Renamed")))
        assert shown.counts == {"refused": 0, "new": 1, "changed": 1, "unchanged": 0}
        done = await commit(client, shown)
        assert done.stage == "done", done.text
        rows = (await client.get("/console/export/subject.csv?code=ท2110")).text
        assert "ท21102" in rows
        assert "Renamed" in rows
        assert (await client.get("/console/import/template/subject.xlsx")).status_code == 200
