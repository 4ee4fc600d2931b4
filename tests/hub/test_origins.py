import pytest

from hub.origins import read_origins
from hub.settings import Settings, SettingsError


def test_origins_are_separated_by_commas_and_taken_once() -> None:
    text = " https://a.example.org,http://localhost:5173 ,, https://a.example.org,http://[::1]:8080"
    assert read_origins(text) == ("https://a.example.org", "http://localhost:5173", "http://[::1]:8080")


def test_nothing_names_no_origin() -> None:
    assert read_origins("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "https://a.example.org, *",
        "null",
        "a.example.org",
        "https://a.example.org/",
        "https://a.example.org/path",
        "https://*.example.org",
        "https://me@a.example.org",
        "https://A.example.org",
        "ftp://a.example.org",
        "https://a.example.org:port",
        "https://a.example.org https://b.example.org",
    ],
)
def test_what_is_no_origin_is_refused_and_names_the_variable(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("HUB_CORS_ORIGINS", text)
    with pytest.raises(SettingsError, match=r"^HUB_CORS_ORIGINS: .*(name each origin|is no origin)"):
        Settings.read()
