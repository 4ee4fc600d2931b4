"""The start page: what this is, the city's figures as the graph answers them now, links, three queries to copy."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from hub.read_log import ReadRecorder
from hub.web.authentication import authenticator_of
from hub.web.graphql import Graphs
from hub.web.observed import observed_in
from hub.web.pages import page_around, template_of
from schema.policy import Identity

_LOG = structlog.stdlib.get_logger("hub.start")
_SCRIPT: Final = '<script src="/static/start.js" defer></script>\n'
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_PATIENCE = 5  # seconds
_YEARS_SHOWN: Final = 4
_EMPTY: Final = (
    '<p class="hint" role="status">There are no figures for you: your role has none, or the hub is empty. Fill it with '
    "the demo city: <code>hub seed</code>, then load this page again.</p>"
)
_STRANGER: Final = (
    '<p class="hint" role="status">The figures are shown to whoever is signed in: <a href="/login?next=/">sign in</a>.'
    " The first account is made by <code>hub user create NAME --role admin</code>.</p>"
)
_SIGN_IN: Final = '<a href="/login?next=/">Sign in</a>'
_SIGNED_IN: Final = (
    '<span>{name}</span> <form class="inline" method="post" action="/logout"><button>Sign out</button></form>'
)
FIGURES: Final = """{
  indicators {
    year studentCount teacherCount subjectCount
    lowGpax { count rate }
    overThreeZeros { outstanding schoolMeanEver }
    dropout { count rate }
  }
}"""

QUERIES: Final = (
    (
        "The city's indicators, school by school",
        """{
  indicators(years: [2558, 2559, 2560, 2561]) {
    year studentCount teacherCount subjectCount
    lowGpax { count denominator rate }
    overThreeZeros { ever outstanding }
    dropout { count rate }
    schools { school { name } lowGpax { count } }
  }
}""",
    ),
    (
        "Schools, their pupils, each pupil's grades",
        """{
  schools(first: 7) {
    nodes {
      code name
      students(first: 10) {
        totalCount
        nodes {
          studentNo
          grades(first: 20) {
            nodes {
              score code { label }
              subject { code name }
              term { number year { beYear } }
            }
          }
        }
      }
    }
  }
}""",
    ),
    (
        "Pupils with their grade point average",
        """{
  schools(first: 1) {
    nodes {
      name
      students(first: 20) {
        nodes { studentNo givenName familyName gpax homeroom { name } }
      }
    }
  }
}""",
    ),
)


@dataclass(frozen=True)
class _Figure:
    """A figure of the page: its label, where it stands in the answer, and what it means."""

    label: str
    path: tuple[str, ...]
    meaning: str
    style: str = "{:,}"


_SHOWN: Final = (
    _Figure("Students", ("studentCount",), "enrolled on 10 June"),
    _Figure("Teachers", ("teacherCount",), "with an assignment in the year"),
    _Figure("Subjects", ("subjectCount",), "taught in the year, counted by school"),
    _Figure("GPAX under 1.5", ("lowGpax", "count"), "students, over their stage so far"),
    _Figure("More than three zeros", ("overThreeZeros", "schoolMeanEver"), "students, mean of the schools", "{:,.1f}"),
    _Figure("Left school", ("dropout", "count"), "students who dropped out in the year"),
)


class StartPage:
    """Answers `/`."""

    def __init__(self, graphs: Graphs) -> None:
        """The figures are asked of the graph, as any client would."""
        self._graphs = graphs
        self._template = page_around(template_of("start.html"), title="Student grade hub", style="start", head=_SCRIPT)
        self._queries = "\n".join(_query(number, *query) for number, query in enumerate(QUERIES, start=1))

    async def get(self, request: Request) -> Response:
        """Answer the page; with the figures that its reader may see, if there are any."""
        identity = await authenticator_of(request).of_page(request)
        figures = _STRANGER
        if identity is not None:
            years = await self._figures(request, identity)
            figures = _cards(years) + _table(years) if years else _EMPTY
        html = self._template.substitute(
            figures=figures,
            queries=self._queries,
            identity=_SIGN_IN if identity is None else _SIGNED_IN.format(name=escape(identity.name)),
        )
        return HTMLResponse(html, headers={"content-security-policy": _POLICY, "cache-control": "no-store"})

    async def _figures(self, request: Request, identity: Identity) -> list[dict[str, Any]]:
        database = request.scope["state"]["database"]
        schema = self._graphs.of(identity)
        recorder = ReadRecorder(request.scope["state"]["read_log"], identity, observed_in(request.scope).request_id)
        try:
            async with asyncio.timeout(_PATIENCE), database.snapshot(identity=identity) as reader:
                result = await schema.execute(FIGURES, context_value=self._graphs.context(reader, identity, recorder))
        except TimeoutError:
            _LOG.warning("the start page has no figures", errors=["the database did not answer in time"])
            return []
        if result.errors or result.data is None:
            _LOG.warning("the start page has no figures", errors=[error.message for error in result.errors or ()])
            return []
        # The answer is JSON that the database wrote; only here is it read again.
        years: list[dict[str, Any]] = orjson.loads(orjson.dumps(result.data))["indicators"] or []
        known = sorted((year for year in years if year["studentCount"]), key=lambda year: int(year["year"]))
        return known[-_YEARS_SHOWN:]


def _value(year: Mapping[str, Any], figure: _Figure) -> Any:  # noqa: ANN401 -- a figure of the answer: a number or null
    value: Any = year
    for step in figure.path:
        value = None if value is None else value.get(step)
    return value


def _shown(year: Mapping[str, Any], figure: _Figure) -> str:
    value = _value(year, figure)
    return "n/a" if value is None else escape(figure.style.format(value))


def _cards(years: list[dict[str, Any]]) -> str:
    first, last = years[0], years[-1]
    cards = []
    for figure in _SHOWN:
        before, now = _value(first, figure), _value(last, figure)
        change = ""
        if len(years) > 1 and before and now is not None:
            change = f'<p class="change">{(now - before) / before:+.1%} since {first["year"]}</p>'
        cards.append(
            f"<li><h3>{figure.label}</h3><p><strong>{_shown(last, figure)}</strong></p>"
            f"<p>{figure.meaning}</p>{change}</li>"
        )
    return f'<h2>The city in {last["year"]}</h2>\n<ul class="cards">{"".join(cards)}</ul>'


def _table(years: list[dict[str, Any]]) -> str:
    head = "".join(f'<th scope="col">{figure.label}</th>' for figure in _SHOWN)
    rows = "".join(
        f'<tr><th scope="row">{int(year["year"])}</th>'
        + "".join(f"<td>{_shown(year, figure)}</td>" for figure in _SHOWN)
        + "</tr>"
        for year in reversed(years)
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Figures by year"><table>'
        "<caption>By academic year (B.E.), computed from the records just now</caption>"
        f'<thead><tr><th scope="col">Year</th>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _query(number: int, title: str, text: str) -> str:
    link = escape("/graphql?" + urlencode({"query": text}))
    return (
        f'<article><header><h3>{escape(title)}</h3><p><button type="button" data-copy="query-{number}" hidden>Copy'
        f'</button> <a href="{link}">Open in the IDE</a></p></header>'
        f'<pre tabindex="0" aria-label="{escape(title)}"><code id="query-{number}">{escape(text)}</code></pre>'
        "</article>"
    )
