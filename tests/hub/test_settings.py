import base64

import pytest

from hub.settings import Settings, SettingsError
from schema.policy import Role
from schema.rules.calendar import FIRST_YEAR, LAST_YEAR


def test_an_empty_environment_gives_the_embedded_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUB_DATABASE_URL", raising=False)
    settings = Settings.read()
    assert settings.database_url == "sqlite:///hub.sqlite3"
    assert settings.owner_url == settings.database_url


def test_the_owner_has_a_url_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_MIGRATE_URL", "postgresql://owner@localhost/hub")
    assert Settings.read().owner_url == "postgresql://owner@localhost/hub"


@pytest.mark.parametrize(
    ("name", "value"),
    [("HUB_PORT", "http"), ("HUB_PORT", "70000"), ("HUB_READERS", "0"), ("HUB_LOG_LEVEL", "loud")],
)
def test_a_value_that_does_not_fit_names_its_variable(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: .*{value}"):
        Settings.read()


@pytest.mark.parametrize("name", ["HUB_STATEMENT_TIMEOUT", "HUB_OPERATION_TIMEOUT"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "-inf", "1e9", "soon", "0.0001"])
def test_a_time_that_is_no_limit_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"^{name}: .*{value}"):
        Settings.read()


@pytest.mark.parametrize("year", [FIRST_YEAR, LAST_YEAR])
def test_any_year_that_the_hub_can_hold_may_be_current(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    monkeypatch.setenv("HUB_CURRENT_YEAR", str(year))
    assert Settings.read().current_year == year


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 2018])
def test_a_year_that_the_hub_cannot_hold_is_refused(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    monkeypatch.setenv("HUB_CURRENT_YEAR", str(year))
    with pytest.raises(SettingsError, match=r"^HUB_CURRENT_YEAR: "):
        Settings.read()


def test_two_values_that_do_not_fit_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_PORT", "x")
    monkeypatch.setenv("HUB_READERS", "x")
    with pytest.raises(SettingsError, match=r"(?s)HUB_PORT.*HUB_READERS"):
        Settings.read()


def test_a_database_url_that_does_not_fit_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_DATABASE_URL", "mysql://me:secret@host/db")
    with pytest.raises(SettingsError, match=r"HUB_DATABASE_URL: write sqlite:///FILE or postgresql") as refusal:
        Settings.read()
    assert "secret" not in str(refusal.value)


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_CURRENT_YEAR", "")
    assert Settings.read().current_year is None


def test_a_key_is_32_bytes_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_SECRET_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    settings = Settings.read()
    assert settings.sealing_keys == (bytes(range(32)),)
    assert "AAEC" not in repr(settings)
    monkeypatch.delenv("HUB_SECRET_KEY")
    assert Settings.read().sealing_keys == ()


def test_of_several_keys_the_first_is_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [base64.b64encode(bytes([number]) * 32).decode() for number in (2, 1)]
    monkeypatch.setenv("HUB_SECRET_KEY", ", ".join(keys))
    assert Settings.read().sealing_keys == (b"\x02" * 32, b"\x01" * 32)


@pytest.mark.parametrize("key", ["c2VjcmV0", "secret", "A" * 64, "กุญแจ", f"{'A' * 43}=,secret"])
def test_a_key_that_does_not_fit_says_how_to_make_one_and_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("HUB_SECRET_KEY", key)
    with pytest.raises(SettingsError, match=r"^HUB_SECRET_KEY: .*openssl rand -base64 32") as refusal:
        Settings.read()
    assert key not in str(refusal.value)


def test_the_roles_that_need_a_second_factor_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().roles_with_mfa == frozenset()
    monkeypatch.setenv("HUB_REQUIRE_MFA", " admin, head,")
    assert Settings.read().roles_with_mfa == {Role.ADMIN, Role.HEAD}
    for unknown in ("king", "integrator", "Admin"):
        monkeypatch.setenv("HUB_REQUIRE_MFA", f"admin,{unknown}")
        with pytest.raises(SettingsError, match=f"^HUB_REQUIRE_MFA: {unknown} is no role of a person"):
            Settings.read()
