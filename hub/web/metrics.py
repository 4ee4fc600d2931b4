"""What Prometheus reads: requests and their time by operation kind, never by the text of a query; the pool."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hub.database import PoolUsage

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_METHODS: Final = frozenset({"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"})


class _Pool(Collector):
    def __init__(self, usage: Callable[[], PoolUsage]) -> None:
        self._usage = usage

    def collect(self) -> Iterable[GaugeMetricFamily]:
        usage = self._usage()
        yield GaugeMetricFamily("hub_database_connections", "Reading connections, at most.", value=usage.size)
        yield GaugeMetricFamily("hub_database_connections_busy", "Reading connections that are out.", value=usage.busy)


class Metrics:
    """One process's figures, in a registry of its own."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "hub_requests", "Answered requests.", ("route", "method", "status", "operation"), registry=self._registry
        )
        self._seconds = Histogram(
            "hub_request_seconds",
            "Time from a request's head to its answer's end.",
            ("route", "operation"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        # Looking a child up by its labels takes a lock; all labels are of bounded sets.
        self._counter = lru_cache(maxsize=512)(self._requests.labels)
        self._timer = lru_cache(maxsize=128)(self._seconds.labels)

    def watch_pool(self, usage: Callable[[], PoolUsage]) -> None:
        """Show a pool's usage, asked for whenever the metrics are read."""
        self._registry.register(_Pool(usage))

    def count(self, route: str, method: str, status: int, operation: str, seconds: float) -> None:
        """Count one request. `route` is a pattern, `operation` a kind or empty."""
        self._counter(route, method if method in _METHODS else "other", str(status), operation).inc()
        self._timer(route, operation).observe(seconds)

    def text(self) -> tuple[bytes, str]:
        """Give the exposition text and its content type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
