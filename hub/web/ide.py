"""The IDE's page: GraphiQL from our own origin when `make ide` has built it, else from a CDN under integrity hashes."""

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

STATIC: Final = Path(__file__).parent.parent / "static"
_MANIFEST: Final = STATIC / "ide" / ".vite" / "manifest.json"
_CDN: Final = "https://cdn.jsdelivr.net"


@dataclass(frozen=True)
class Asset:
    """A file the page loads; `integrity` only of one from another origin."""

    url: str
    integrity: str = ""


# The last GraphiQL that is published as one file a browser can run: see docs/decisions/0006-ide.md. The hashes are of
# the files in the npm packages, which this CDN serves as they are; a test computes them anew.
CDN_SCRIPTS: Final = (
    Asset(
        f"{_CDN}/npm/react@18.3.1/umd/react.production.min.js",
        "sha384-DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z",
    ),
    Asset(
        f"{_CDN}/npm/react-dom@18.3.1/umd/react-dom.production.min.js",
        "sha384-gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1",
    ),
    Asset(
        f"{_CDN}/npm/graphiql@4.1.2/graphiql.min.js",
        "sha384-9XdHu7ajgGJziD4J1zNBKQ842Q/+zZfDv+ib1eMhZWBH6hPAs806x+Jbcf0yNO6B",
    ),
)
CDN_STYLES: Final = (
    Asset(
        f"{_CDN}/npm/graphiql@4.1.2/graphiql.min.css",
        "sha384-1el1QShFBnnXTx9x/Cprg82hZWKt0ry29OAYIXt05swbi0KcZDFoj0CWguMpopJr",
    ),
)


@dataclass(frozen=True)
class Page:
    """The IDE's page and the policy it runs under."""

    html: str
    policy: str

    def respond(self, _: Request) -> Response:
        """Answer the page."""
        headers = {"content-security-policy": self.policy, "cache-control": "no-cache", "vary": "accept"}
        return HTMLResponse(self.html, headers=headers)


def ide_page(manifest: Path = _MANIFEST) -> Page:
    """Give the page of the built IDE when the build's manifest is there, else the page that uses the CDN."""
    return _own_page(manifest) if manifest.is_file() else _cdn_page()


@lru_cache(maxsize=4)
def _own_page(manifest: Path) -> Page:
    entry = json.loads(manifest.read_text("utf-8"))["main.js"]
    styles = [Asset(f"/static/ide/{path}") for path in entry.get("css", ())]
    script = f'<script type="module" src="/static/ide/{escape(entry["file"])}"></script>'
    return Page(_document(styles, script), _policy(""))


def _cdn_page() -> Page:
    scripts = "\n".join(
        f'<script defer crossorigin="anonymous" integrity="{asset.integrity}" src="{asset.url}"></script>'
        for asset in CDN_SCRIPTS
    )
    return Page(_document(CDN_STYLES, f'{scripts}\n<script defer src="/static/ide-cdn.js"></script>'), _policy(_CDN))


def _document(styles: "list[Asset] | tuple[Asset, ...]", scripts: str) -> str:
    links = "\n".join(
        f'<link rel="stylesheet" href="{escape(asset.url)}"'
        + (f' crossorigin="anonymous" integrity="{asset.integrity}"' if asset.integrity else "")
        + ">"
        for asset in styles
    )
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Student grade hub: GraphiQL</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
{links}
<link rel="stylesheet" href="/static/ide.css">
</head>
<body>
<header id="identity" aria-label="Who asks">
<p id="who" role="status">Who asks?</p>
<a id="sign-in" href="/login?next=/graphql" hidden>Sign in</a>
<form id="sign-out" method="post" action="/logout" hidden><button type="submit">Sign out</button></form>
<form id="use-token"><label for="token">Ask with a token</label>
<input id="token" type="password" autocomplete="off" placeholder="hub_..." required>
<button type="submit">Use it</button></form>
<button id="drop-token" type="button" hidden>Ask without the token</button>
</header>
<main id="graphiql"><p>The IDE is loading. It needs JavaScript.</p></main>
<script defer src="/static/identity.js"></script>
{scripts}
</body>
</html>
"""


def _policy(origin: str) -> str:
    # The editor writes style attributes and data: icons and starts its workers from blobs.
    also = f" {origin}" if origin else ""
    return (
        f"default-src 'none'; script-src 'self'{also}; style-src 'self' 'unsafe-inline'{also}; "
        f"font-src 'self' data:{also}; img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
