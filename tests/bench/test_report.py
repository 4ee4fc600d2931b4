from bench.measure import Timing
from bench.report import Load, Report, markdown
from bench.servers import Kind
from schema.compiler.reading import Dialect

ENGINE = Dialect.SQLITE


def timing(workload: str, kind: Kind, median: float) -> Timing:
    return Timing(
        workload=workload,
        engine=ENGINE,
        server=kind,
        median_ms=median,
        p90_ms=median,
        repetitions=9,
        answer_bytes=100,
    )


def report(*, floor: float, hub: float, asked: float, dataloader: float, peak: int | None) -> Report:
    timings = [
        *(
            timing(name, kind, median)
            for name in ("W1", "W3", "W6")
            for kind, median in ((Kind.FLOOR, floor), (Kind.HUB, hub), (Kind.DATALOADER, dataloader))
        ),
        # The DataLoader server is not asked these.
        *(
            timing(name, kind, median)
            for name in ("W7", "W8", "W9")
            for kind, median in ((Kind.FLOOR, floor), (Kind.HUB, asked))
        ),
    ]
    return Report("a machine", timings, [Load(ENGINE, 1.0, peak, 20, 16, {Kind.HUB: 500.0})])


def test_all_targets_are_met_at_their_limits() -> None:
    found = list(report(floor=2, hub=3, asked=2.6, dataloader=120, peak=399 * 1024 * 1024).verdicts())
    assert len(found) == 8
    assert all(verdict.met for verdict in found)


def test_every_target_can_be_missed() -> None:
    found = list(report(floor=60, hub=101, asked=79, dataloader=102, peak=401 * 1024 * 1024).verdicts())
    assert len(found) == 8
    assert not any(verdict.met for verdict in found)


def test_memory_that_is_not_known_gives_no_verdict() -> None:
    found = list(report(floor=2, hub=3, asked=2.6, dataloader=120, peak=None).verdicts())
    assert [verdict.target for verdict in found if "memory" in verdict.target] == []


def test_the_table_shows_what_the_hub_adds_to_the_floor() -> None:
    text = markdown(report(floor=2, hub=3, asked=2.6, dataloader=120, peak=None), [])
    assert "| 1.50        | 1.00        |" in text
    assert "not known here" in text


def test_a_workload_that_a_server_is_not_asked_is_in_the_table_all_the_same() -> None:
    text = markdown(report(floor=2, hub=3, asked=2.6, dataloader=120, peak=None), [])
    row = next(line for line in text.splitlines() if line.startswith("| W7"))
    assert "| 1.30" in row
    assert "| not asked" in row
