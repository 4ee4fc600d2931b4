"""Where a request comes from: this hub's own pages, or someone else's that use a reader's cookie.

A cookie goes along with every request to its site, whoever's page sends it, so a request that is known by its cookie
alone must come from a page of the hub itself. Browsers say so in Sec-Fetch-Site, which no page can forge; where that is
missing (over plain http, and in old browsers) in Origin, which they send with every POST. A custom header would do for
the graph, but not for the forms of pages without JavaScript.
"""

from starlette.requests import Request


def own_origin(request: Request, public: str) -> str:
    """The hub's origin as browsers name it: the setting, or what the request says."""
    return public or f"{request.url.scheme}://{request.headers.get('host', '')}"


def is_own(request: Request, public: str) -> bool:
    """Whether the request comes from a page of this hub. What cannot be told does not."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("origin") == own_origin(request, public)


def path_within(target: str | None) -> str:
    """A path of this hub to go on to; `/` for what could lead elsewhere."""
    if not target or not target.startswith("/") or not target.isprintable():
        return "/"
    # Browsers take //host and /\host for another host.
    return "/" if target.startswith("//") or "\\" in target else target
