"""Who sends a request: tokens, cookies, and pages of others that would use a reader's cookie."""

from dataclasses import dataclass, field

import pytest
from starlette.requests import Request

from hub.errors import BadInputError, ForbiddenError, UnauthenticatedError
from hub.web.authentication import Authentication
from hub.web.cookies import SessionCookie
from hub.web.origin import path_within
from schema.policy import Identity, Reach, Role, Scope

OFFICER = Identity("account:1", "malee", Role.OFFICER, Scope(Reach.ALL), "interactive use")
PROGRAM = Identity("token:1", "token 1", Role.ANALYST, Scope(Reach.ALL), "nightly")
COOKIE = {"cookie": "hub_session=hubs_x"}
SAME = {"sec-fetch-site": "same-origin"}


@dataclass
class Known:
    """Identities of which one token and one session are known."""

    asked: list[str] = field(default_factory=list)

    async def by_token(self, secret: str) -> Identity:
        self.asked.append(secret)
        if secret[4:] != "x":
            raise UnauthenticatedError("no such token")
        return PROGRAM

    async def by_session(self, secret: str) -> Identity:
        if secret[5:] != "x":
            raise UnauthenticatedError("no such session")
        return OFFICER


def request(method: str = "POST", scheme: str = "http", **headers: str) -> Request:
    named = {"host": "hub.example.org", **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    return Request(
        {"type": "http", "method": method, "scheme": scheme, "path": "/graphql", "query_string": b"", "headers": raw}
    )


def authentication(public_origin: str = "") -> Authentication:
    return Authentication(Known(), SessionCookie(public_origin))  # type: ignore[arg-type] # the two lookups alone


async def test_nothing_given_is_refused_with_both_ways_to_say_who_asks() -> None:
    with pytest.raises(UnauthenticatedError, match=r"Bearer TOKEN.*hub token create.*/login") as refused:
        await authentication().authenticate(request())
    assert refused.value.headers == {"www-authenticate": 'Bearer realm="hub"'}


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_a_token_is_taken_from_anywhere(scheme: str) -> None:
    asked = request(authorization=f"{scheme} hub_x", origin="https://elsewhere.example.org")
    assert await authentication().authenticate(asked) == PROGRAM


@pytest.mark.parametrize("header", ["Basic aHViOng=", "hub_x", "", "Bearer", "Bearer hub_y"])
async def test_a_bad_header_is_refused_though_there_is_a_good_cookie(header: str) -> None:
    with pytest.raises(UnauthenticatedError) as refused:
        await authentication().authenticate(request(authorization=header, **COOKIE, sec_fetch_site="same-origin"))
    assert 'error="invalid_token"' in refused.value.headers["www-authenticate"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "origin": "http://hub.example.org"},
        {"origin": "https://evil.example.org"},
        {"origin": "https://hub.example.org"},
        {"origin": "http://hub.example.org:8000"},
        {"origin": "null"},
        {},
    ],
)
async def test_a_cookie_that_anothers_page_sends_along_is_refused(method: str, headers: dict[str, str]) -> None:
    with pytest.raises(ForbiddenError, match="HUB_PUBLIC_ORIGIN"):
        await authentication().authenticate(request(method, **COOKIE, **headers))


@pytest.mark.parametrize("headers", [{"sec_fetch_site": "same-origin"}, {"origin": "http://hub.example.org"}])
async def test_a_cookie_that_our_page_sends_along_is_taken(headers: dict[str, str]) -> None:
    assert await authentication().authenticate(request(**COOKIE, **headers)) == OFFICER


async def test_behind_a_proxy_the_setting_says_what_the_browser_calls_the_hub() -> None:
    behind = authentication("https://hub.example.org")
    cookie = {"cookie": "__Host-hub_session=hubs_x"}
    assert await behind.authenticate(request(origin="https://hub.example.org", **cookie)) == OFFICER
    with pytest.raises(ForbiddenError):
        await behind.authenticate(request(origin="http://hub.example.org", **cookie))
    with pytest.raises(UnauthenticatedError):
        await behind.authenticate(request(origin="https://hub.example.org", **COOKIE))


async def test_a_session_that_has_ended_is_refused() -> None:
    with pytest.raises(UnauthenticatedError, match="no such session"):
        await authentication().authenticate(request(cookie="hub_session=hubs_y", sec_fetch_site="same-origin"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("checking the year", "checking the year"),
        ("%E0%B8%95%E0%B8%A3%E0%B8%A7%E0%B8%88", "ตรวจ"),
        ("ตรวจ".encode().decode("latin-1"), "ตรวจ"),
        ("", "interactive use"),
    ],
)
async def test_an_account_says_what_it_reads_for(given: str, kept: str) -> None:
    identity = await authentication().authenticate(request(**COOKIE, sec_fetch_site="same-origin", x_purpose=given))
    assert identity.purpose == kept


async def test_a_token_keeps_the_purpose_it_was_made_for() -> None:
    asked = request(authorization="Bearer hub_x", x_purpose="something else")
    assert (await authentication().authenticate(asked)).purpose == "nightly"


@pytest.mark.parametrize("given", ["x" * 201, "%FF", "\xff", "a%0Ab", "%20"])
async def test_a_purpose_that_cannot_be_kept_is_refused(given: str) -> None:
    with pytest.raises(BadInputError, match="X-Purpose"):
        await authentication().authenticate(request(**COOKIE, sec_fetch_site="same-origin", x_purpose=given))


async def test_a_page_of_ours_knows_its_reader_wherever_the_link_was() -> None:
    asked = request("GET", **COOKIE, sec_fetch_site="cross-site")
    assert await authentication().of_page(asked) == OFFICER
    assert await authentication().of_page(request("GET")) is None
    assert await authentication().of_page(request("GET", cookie="hub_session=hubs_y")) is None


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "graphql",
        "//evil.example.org",
        "/\\evil.example.org",
        "https://evil.example.org",
        "/a\nb",
        "/\t/evil",
        "\\/x",
    ],
)
def test_no_target_leads_elsewhere(target: str | None) -> None:
    assert path_within(target) == "/"


@pytest.mark.parametrize("target", ["/", "/graphql?query=%7B%20me%20%7D", "/admin/#/table"])
def test_a_path_of_ours_is_gone_on_to(target: str) -> None:
    assert path_within(target) == target
