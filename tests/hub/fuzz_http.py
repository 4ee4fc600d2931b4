"""`python -m tests.hub.fuzz_http --seconds N --seed S`: random requests to a running hub, none of which may fail inside it.

Operations are drawn from the schema, some whole, some cut or changed, with variables and media types of all kinds, by
POST and GET; of each role in turn, by its own schema and its own token. A status of 500 or more, or an error with the code INTERNAL, is a finding: it is printed, made smaller.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from graphql import GraphQLSchema, build_schema
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries

from hub.identities.grant import Grant
from hub.settings import Settings
from schema.graph import Schemas, Sight
from schema.policy import REACHES, Role
from tests.conftest import Templates
from tests.engines import PostgresqlEngine, SqliteEngine
from tests.hub.serving import ROOT, served
from tests.hub.tokens import bearing, token_of
from tests.small_city import SmallCity

QUIET = {"HUB_LOG_LEVEL": "error", "HUB_RATE_LIMIT": "0"}
SERVE = ["-c", "import sys; from hub.cli import main; sys.argv[:] = ['hub', 'serve']; main()"]
ROUND = 25
_MEDIA = ("application/json", "application/json; charset=utf-8", "text/plain", "application/graphql", "")
_ACCEPTED = ("*/*", "application/json", "application/graphql-response+json", "image/png", "")
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


GRANTS = {
    Role.ADMIN: Grant(Role.ADMIN),
    Role.OFFICER: Grant(Role.OFFICER),
    Role.HEAD: Grant(Role.HEAD, schools=("3083000001",)),
    Role.TEACHER: Grant(Role.TEACHER, teacher="T001"),
    Role.ANALYST: Grant(Role.ANALYST),
    Role.INTEGRATOR: Grant(Role.INTEGRATOR, schools=("3083000001", "3083000002")),
}
"""Of each role what its token is given in the small city."""


class FailedInsideError(AssertionError):
    """A request that the hub could not answer: the request and the answer."""


@dataclass
class Tally:
    """What was answered, by status, or by code where there was one."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self.counts.total()


@dataclass(frozen=True)
class Request:
    """One HTTP request to the graph."""

    method: str
    headers: dict[str, str]
    params: dict[str, str] | None = None
    content: bytes | None = None


def requests(schema: GraphQLSchema) -> st.SearchStrategy[Request]:
    """Requests: four of five are an operation of the schema as it should be sent."""
    roots = sorted(schema.query_type.fields) if schema.query_type else []
    dates = st.dates().map(str) | st.text()
    documents = st.lists(st.sampled_from(roots), min_size=1, max_size=2, unique=True).flatmap(
        lambda chosen: queries(schema, fields=chosen, custom_scalars={"Date": dates.map(nodes.String)})
    )
    return st.composite(_request)(documents)


def _request(draw: st.DrawFn, documents: st.SearchStrategy[str]) -> Request:
    document = draw(documents)
    form = draw(st.integers(0, 9))
    headers = {"accept": draw(st.sampled_from(_ACCEPTED))}
    if form == 0:
        cut = draw(st.integers(0, len(document)))
        document = document[:cut] + draw(st.text(max_size=5)) + document[cut + draw(st.integers(0, 3)) :]
    if form == 1:
        return Request("GET", headers, params={"query": document[:4000], "variables": draw(st.text(max_size=20))})
    body: dict[str, Any] = {"query": document}
    if form in (2, 3):
        body["variables"] = draw(st.dictionaries(st.text(max_size=5), _VALUES) | _VALUES)
        body["operationName"] = draw(st.none() | st.text(max_size=5))
    # As Python writes it: with NaN, and half surrogate pairs.
    content = json.dumps(body, ensure_ascii=form == 3).encode()
    if form == 4:
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.binary(max_size=4)) + content[place:]
    return Request("POST", {**headers, "content-type": draw(_media(form))}, content=content)


def _media(form: int) -> st.SearchStrategy[str]:
    return st.sampled_from(_MEDIA) if form == 5 else st.just("application/json")


def send(client: httpx.Client, request: Request, tally: Tally) -> None:
    """Send one; FailedInsideError."""
    response = client.request(
        request.method, "/graphql", params=request.params, content=request.content, headers=request.headers
    )
    codes: set[str] = set()
    if "json" in response.headers.get("content-type", ""):
        codes = {error["extensions"]["code"] for error in response.json().get("errors", ())}
    tally.counts[", ".join([str(response.status_code), *sorted(codes)])] += 1
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or "INTERNAL" in codes:
        raise FailedInsideError(f"{request}\n{response.status_code} {response.text[:2000]}")


def schema_of(role: Role) -> GraphQLSchema:
    """The graph as a role sees it."""
    return build_schema(Schemas().of(Sight(role, REACHES[role])).as_str())


def fuzz(  # noqa: PLR0913, PLR0917 - whom, what and how long
    base_url: str, token: str, seconds: float, first: int, most: int, schema: GraphQLSchema | None = None
) -> Tally:
    """Send random requests of a schema until the time or the number is reached; FailedInsideError."""
    schema = schema or build_schema((ROOT / "schema.graphql").read_text())
    drawn = requests(schema)
    tally = Tally()
    until = time.monotonic() + seconds
    patience = Settings().operation_timeout + 10
    with httpx.Client(base_url=base_url, timeout=patience, headers=bearing(token)) as client:
        number = first
        while time.monotonic() < until and tally.requests < most:

            @seed(number)
            @settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
            @given(request=drawn)
            def ask(request: Request) -> None:
                if time.monotonic() < until:
                    send(client, request, tally)

            ask()
            number += 1
    return tally


@contextmanager
def small_hub(engine: str) -> Iterator[tuple[str, SmallCity]]:
    """The URL of a hub that serves the small city from a database of its own, and the city."""
    with tempfile.TemporaryDirectory() as folder:
        made = SqliteEngine(Path(folder)) if engine == "sqlite" else PostgresqlEngine()
        try:
            city = Templates(made).shared_city()
            with served(SERVE, Path(folder), {"HUB_DATABASE_URL": city.url, **QUIET}) as server:
                yield server.base_url, city
                sys.stdout.write(server.log.read_text())
        finally:
            made.stop()


def main() -> int:
    """Fuzz until done or until something is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="for all roles together")
    parser.add_argument("--role", action="append", choices=list(Role), help="else every role in turn")
    parser.add_argument("--requests", type=int, default=10**9, help="the most that are sent")
    parser.add_argument("--seed", type=int, default=0, help="of the first round; the next has the next")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    options = parser.parse_args()
    roles = [Role(one) for one in options.role or Role]
    with small_hub(options.engine) as (base_url, city):
        for role in roles:
            token, seconds = token_of(city.url, GRANTS[role]), options.seconds / len(roles)
            tally = fuzz(base_url, token, seconds, options.seed, options.requests, schema_of(role))
            told = dict(tally.counts.most_common())
            sys.stdout.write(f"{role}: {tally.requests} requests, none failed inside the hub: {told}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
