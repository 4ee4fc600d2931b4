import pytest

from hub.web.negotiation import MediaType, preferred


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", MediaType.JSON),
        ("*/*", MediaType.JSON),
        ("application/*", MediaType.JSON),
        ("image/png", MediaType.JSON),
        ("application/json", MediaType.JSON),
        ("application/graphql-response+json", MediaType.GRAPHQL),
        ("Application/GraphQL-Response+JSON; charset=utf-8", MediaType.GRAPHQL),
        ("application/graphql-response+json, application/json;q=0.9", MediaType.GRAPHQL),
        ("application/graphql-response+json;q=0.1, application/json", MediaType.JSON),
        ("application/json, application/graphql-response+json", MediaType.JSON),
        ("application/graphql-response+json, */*", MediaType.GRAPHQL),
        ("application/graphql-response+json;q=0, application/json;q=0.1", MediaType.JSON),
        ("application/graphql-response+json;q=high", MediaType.JSON),
    ],
)
def test_the_media_type_the_client_likes_best_is_chosen(accept: str, media: MediaType) -> None:
    assert preferred(accept, html=False) is media


def test_a_browser_gets_a_page() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert preferred(browser, html=True) is MediaType.HTML
    assert preferred(browser, html=False) is MediaType.JSON


def test_a_script_that_takes_anything_gets_no_page() -> None:
    assert preferred("*/*", html=True) is MediaType.JSON
