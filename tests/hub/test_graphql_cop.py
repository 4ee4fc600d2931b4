"""The checks of the auditing tool graphql-cop, each against a running hub; docs/security.md says what is accepted."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import Templates
from tests.hub.serving import served
from tests.hub.test_graph import SERVE
from tests.hub.tokens import bearing, token_of

pytestmark = pytest.mark.xdist_group("graphql-cop")


@pytest.fixture(scope="module")
def client(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    url = sqlite_templates.shared_city().url
    with (
        served(SERVE, tmp_path_factory.mktemp("cop"), {"HUB_DATABASE_URL": url}) as server,
        httpx.Client(base_url=server.base_url, headers=bearing(token_of(url))) as opened,
    ):
        yield opened


def ask(client: httpx.Client, query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.post("/graphql", json={"query": query}).json()
    return answer


@pytest.mark.parametrize(
    "query",
    [
        "query cop { " + " ".join(f"alias{n}: __typename" for n in range(101)) + " }",
        "query cop { " + "__typename \n" * 500 + "}",
        "query cop { __typename " + "@aa" * 10 + " }",
    ],
    ids=["alias overloading", "field duplication", "directive overloading"],
)
def test_a_document_that_overloads_is_refused_by_one_error(client: httpx.Client, query: str) -> None:
    answer = ask(client, query)
    assert "data" not in answer
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "COST_EXCEEDED"}


def test_a_circular_question_about_the_schema_is_refused(client: httpx.Client) -> None:
    circle = "fields { type { fields { type { fields { type { fields { type { name } } } } } } } }"
    assert "data" not in ask(client, f"query cop {{ __schema {{ types {{ {circle} }} }} }}")


def test_a_batch_is_refused(client: httpx.Client) -> None:
    response = client.post("/graphql", json=[{"query": "query cop { __typename }"}] * 10)
    assert response.status_code == 400
    assert "data" not in response.json()


def test_a_mutation_by_get_is_refused(client: httpx.Client) -> None:
    answer = client.get("/graphql", params={"query": "mutation cop { __typename }"}).json()
    assert "data" not in answer


def test_a_query_by_post_that_a_form_can_send_is_refused(client: httpx.Client) -> None:
    response = client.post("/graphql", data={"query": "query cop { __typename }"})
    assert response.status_code == 415
    assert "data" not in response.json()


@pytest.mark.parametrize("query", ["query cop { __typename }", "qwerty cop { abc }", "{ nothing }"])
def test_no_answer_has_traces_or_exceptions(client: httpx.Client, query: str) -> None:
    answer = ask(client, query)
    shown = [answer, *answer.get("errors", ())]
    assert all({"tracing", "exception", "stacktrace", "debug"}.isdisjoint(one.get("extensions", {})) for one in shown)


def test_a_query_by_get_brings_no_cookie_of_another_site(client: httpx.Client) -> None:
    # Accepted: a query changes nothing, and no page of another origin may read the answer.
    response = client.get("/graphql", params={"query": "{ __typename }"}, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in response.headers
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
