"""What the history keeps of accounts and tokens that are changed in the console: who did it, and no secret."""

import re
from datetime import UTC, datetime

import pyotp

from schema.policy import Role
from tests.engines import Client
from tests.hub.console.signing import OWN, PASSWORD, signed_in
from tests.hub.tiny import tiny_app
from tests.small_city import SmallCity

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
WAT = "3083000001"
OTHER = "other words of mine"


async def test_what_is_changed_here_has_its_author_and_no_secret(own_city: SmallCity) -> None:
    async with signed_in(own_city.url, "root", Role.ADMIN, tiny_app(own_city.url, secret_key=KEY)) as client:
        client.headers.update({**OWN, "accept-language": "en"})
        async with Client.connect(own_city.url) as database:
            before = await database.value("SELECT coalesce(max(id), 0) FROM change_log")
        new = {"username": "somchai", "role": "head", "school": WAT, "password": PASSWORD}
        await client.post("/console/accounts/new", data=new)
        await client.post("/console/accounts/2/role", data={"role": "officer"})
        await client.post("/console/accounts/2/state", data={"active": "no"})
        made = await client.post("/console/accounts/2/password", data={"password": ""})
        token = await client.post(
            "/console/tokens/new", data={"role": "integrator", "school": WAT, "purpose": "library", "days": "30"}
        )
        await client.post("/console/tokens/1/revoke")
        await client.post("/console/me/password", data={"old": PASSWORD, "new": OTHER, "again": OTHER})
        await client.post("/console/me/second-factor/offer")
        page = await client.get("/console/me/second-factor")
        key = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.text)[0].replace(" ", "")
        code = pyotp.TOTP(key).at(datetime.now(UTC))
        done = await client.post("/console/me/second-factor", data={"code": code, "password": OTHER})
        codes = re.findall(r"<code>([a-z0-9-]+)</code>", done.text)
    async with Client.connect(own_city.url) as database:
        found = await database.rows(
            "SELECT table_name, operation, actor_key, actor_name, face, key, before, after FROM change_log WHERE id > $1"
            " ORDER BY id",
            before,
        )
        kept = [
            *await database.rows("SELECT password_hash FROM account"),
            *await database.rows("SELECT digest FROM api_token"),
            *await database.rows("SELECT sealed_secret FROM second_factor"),
            *await database.rows("SELECT digest FROM recovery_code"),
        ]
    assert {row[2:4] for row in found} == {("account:1", "root")}
    assert {row[4] for row in found} <= {"CONSOLE", "PAGE"}
    told = [row[:2] for row in found]
    for change in (
        ("account", "INSERT"),
        ("account_school", "INSERT"),
        ("account_school", "DELETE"),
        ("account", "UPDATE"),
        ("api_token", "INSERT"),
        ("api_token_school", "INSERT"),
        ("api_token", "UPDATE"),
    ):
        assert change in told
    assert any('"second_factor_at"' in str(row[7]) for row in found)
    secrets = [PASSWORD, OTHER, key, *codes, *(str(row[0]) for row in kept)]
    secrets += re.findall(r'<code class="secret">(.*?)</code>', made.text + token.text)
    assert len(secrets) == 3 + 10 + len(kept) + 2
    written = str(found)
    assert not [secret for secret in secrets if secret in written]
