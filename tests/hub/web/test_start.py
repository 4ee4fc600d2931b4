import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import strawberry

from hub.app import compose
from hub.settings import Settings
from hub.web.start import QUERIES
from tests.hub.tiny import Anybody, client_of, graphs_of, tiny_app


@strawberry.type
class Share:
    count: int | None
    rate: float | None


@strawberry.type
class Zeros:
    outstanding: int | None
    school_mean_ever: float | None


@strawberry.type
class Indicators:
    year: int
    student_count: int | None
    teacher_count: int | None
    subject_count: int | None
    low_gpax: Share
    over_three_zeros: Zeros
    dropout: Share


def indicators(number: int, students: int) -> Indicators:
    return Indicators(
        year=number,
        student_count=students,
        teacher_count=658,
        subject_count=2729,
        low_gpax=Share(count=2600 - number, rate=0.01),
        over_three_zeros=Zeros(outstanding=None, school_mean_ever=12.25),
        dropout=Share(count=None, rate=None),
    )


@asynccontextmanager
async def city(url: str, years: list[Indicators]) -> AsyncIterator[httpx.AsyncClient]:
    @strawberry.type
    class Query:
        @strawberry.field
        def indicators(self) -> list[Indicators]:
            return years

    async with client_of(compose(Settings(database_url=url), graphs_of(strawberry.Schema(Query)), Anybody())) as client:
        yield client


async def test_the_start_page_shows_the_latest_four_years(sqlite_url: str) -> None:
    years = [indicators(number, 9000 + number) for number in (2561, 2557, 2558, 2559, 2560)]
    async with city(sqlite_url, years) as client:
        page = (await client.get("/")).text
    assert re.findall(r'<th scope="row">(\d+)</th>', page) == ["2561", "2560", "2559", "2558"]
    assert "The city in 2561" in page
    assert "<strong>11,561</strong>" in page
    assert "since 2558" in page
    assert "hub seed" not in page


async def test_a_figure_that_is_not_known_is_not_zero(sqlite_url: str) -> None:
    async with city(sqlite_url, [indicators(2561, 10)]) as client:
        page = (await client.get("/")).text
    assert "<td>n/a</td>" in page
    assert "since" not in page


@pytest.mark.parametrize("years", [[], [indicators(2561, 0)]])
async def test_an_empty_hub_hints_at_the_seed(sqlite_url: str, years: list[Indicators]) -> None:
    async with city(sqlite_url, years) as client:
        response = await client.get("/")
    assert response.status_code == 200
    assert "hub seed" in response.text


async def test_a_graph_that_fails_does_not_take_the_page_down(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        response = await client.get("/")
    assert response.status_code == 200
    assert "hub seed" in response.text


async def test_the_page_has_three_queries_to_copy_and_nothing_inline_or_foreign(sqlite_url: str) -> None:
    async with client_of(tiny_app(sqlite_url)) as client:
        response = await client.get("/")
        sources = re.findall(r'(?:src|href)="(/static/[^"]+)"', response.text)
        assert len(sources) >= 3
        for source in sources:
            assert (await client.get(source)).status_code == 200
    assert response.text.count("data-copy=") == len(QUERIES) == 3
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?://", response.text)
