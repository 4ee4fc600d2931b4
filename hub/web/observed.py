"""What one request is known by: its id for the answer and the log, its operation for the metrics."""

import os
import re
from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_KEY = "hub.observed"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{8,128}", re.ASCII)


@dataclass
class Observed:
    """Filled in while a request is answered."""

    request_id: str
    kind: str = ""
    """`query` or `mutation`, when a document was read."""
    operation: str = ""
    """The kind, or `invalid` when nothing was executed; empty when the request was not GraphQL's."""
    identity: str = ""
    """The key of who asks; empty when nobody is known."""
    codes: list[str] = field(default_factory=list)
    """The code of each error in the answer."""


current: ContextVar[Observed | None] = ContextVar("hub_observed", default=None)
"""The request that is being answered; None outside of one."""


def observe(scope: MutableMapping[str, Any], given_id: str | None) -> Observed:
    """Start to observe a request; a given id is taken over when it is a plain one."""
    request_id = given_id if given_id and _REQUEST_ID.fullmatch(given_id) else os.urandom(16).hex()
    observed = scope[_KEY] = Observed(request_id)
    current.set(observed)
    return observed


def observed_in(scope: MutableMapping[str, Any]) -> Observed:
    """Give what is known of the request; outside the middleware (a test of one part) a fresh one."""
    observed = scope.get(_KEY)
    return observed if isinstance(observed, Observed) else observe(scope, None)
